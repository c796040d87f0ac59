"""PDF files: what opens everywhere is read; what can't be read is said; tables keep their rows."""

from __future__ import annotations

from models.ocr import INSTALL


def test_what_needs_no_password_is_read(case):
    files = case("pdf-aes")
    for name in ("AES-128_no_password.pdf", "AES-256_no_password.pdf"):
        assert "forty of the jobs there were at risk" in files.text(name)
    skipped = {path.rpartition("/")[2]: reason for path, reason in files.report.skipped}
    assert skipped == dict.fromkeys(("AES-128_locked.pdf", "AES-256_locked.pdf"), "It is locked with a password.")


def test_typed_notes_and_filled_in_fields_are_read(case):
    files = case("pdf-comments-and-forms")
    assert "name: Ruth Oster" in files.text("acroform.pdf")
    assert "Note: sanctions were refused by Denmark." in files.text("annot_freetext.pdf")


def test_a_stamped_scan_is_said_to_be_one(case):
    files = case("pdf-stamped-scan")
    told = [note for note in files.report.notes if INSTALL not in note[1]]
    # Their pictures show nothing, so that whoever looks at them finds no more.
    assert dict(told) == {
        "bates_stamp.pdf": "3 of its 3 pages are pictures with hardly any text.",
        "camscanner.pdf": "3 of its 3 pages are pictures with hardly any text.",
        "mixed_one_text_page.pdf": "4 of its 5 pages are pictures with hardly any text.",
    }
    absent = files.ask("Was the zebra mentioned?")
    assert absent.absence is not None and absent.absence.searched.skipped == 3


def test_rows_of_a_table_are_lines(case):
    files = case("table-pdf")
    assert files.text("table.pdf").splitlines() == [
        "| Town | Budget 2023 | Budget 2024 |",
        "|---|---|---|",
        "| Marwick | 3.1 million | 4.2 million |",
        "| Belcombe | 7.5 million | 6.9 million |",
    ]
    answer = files.ask("What was the budget of Belcombe in 2023?")
    assert "Belcombe was Marwick" not in answer.text
    assert "7.5 million" in answer.citations[0].quote
