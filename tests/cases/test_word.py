"""Word files as Word shows them: what hangs at the text is read or said, and nothing twice."""

from __future__ import annotations

import pytest

COUNCIL = "The council of Marwick voted to close the harbour in June."


@pytest.mark.parametrize("name", ["missing_image.docx", "null_rel.docx", "top_anchor.docx"])
def test_a_relation_to_nothing_costs_nothing(case, name):
    files = case("docx-dangling-relation")
    assert files.report.skipped == ()
    assert files.text(name) == COUNCIL


def test_equations_heads_comments_and_changes_are_read(case):
    files = case("docx-equation-header-comment")
    assert "The yield is 42 percent of the total." in files.text("omml.docx")
    assert "Comment by Ada Finch: Sanctions are not in the final text." in files.text("comment.docx")
    assert "Confidential draft of 6 May 2024" in files.text("headfoot.docx")
    assert "Reference number HX-4471" in files.text("headfoot.docx")
    assert files.text("ruby.docx").endswith("\n\nharbour closes in June.")
    assert files.text("tracked_para.docx").endswith("\n\nThe union rejected the plan on Monday.")


def test_a_text_box_is_read_once(case):
    files = case("docx-textbox-twice")
    assert files.text("textbox.docx").count("the strike begins") == 1
    assert files.assistant.mentions("strike").sentences == 1
