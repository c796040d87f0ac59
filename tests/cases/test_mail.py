"""All of a mail's text is read; what is not is named."""

from __future__ import annotations


def test_all_parts_of_a_mail_are_read_in_order(case):
    files = case("mail-mixed-parts")
    assert files.text("apple_alt.eml").split("\n\n")[1:] == [
        "From: The Marwick Letter <news@marwick.example>\nTo: reader@example.org\nDate: Mon, 06 May 2024 08:00:00 +0200",
        "The council voted to close the harbour in June. The contract is attached.",
        "Regards, Ruth Oster.",
    ]
    assert files.text("apple_alt_html.eml").endswith("in June.\n\nSanctions were not discussed.")
    assert "40 jobs were at risk. Sanctions were not discussed." in files.text("apple_interleaved.eml")
    mixed = files.text("mixed_plain_html.eml")
    assert mixed.index("see the article below") < mixed.index("The mayor, Ruth Oster")
    unread = {source: note for source, note in files.report.notes}
    assert unread == {
        "apple_alt.eml": "1 attachment was not read: contract.pdf.",
        "apple_alt_html.eml": "1 attachment was not read: contract.pdf.",
        "apple_interleaved.eml": "1 attachment was not read: crane.png.",
    }
    assert files.ask("Does any article mention Ruth Oster?").status == "answered"


def test_a_plain_part_that_says_nothing_doesnt_hide_the_page(case):
    files = case("mail-plain-stub")
    for name in ("nbsp_plain.eml", "stub_plain.eml", "stub_plain2.eml"):
        assert "Mayor Ruth Oster said that 40 jobs were at risk." in files.text(name)
    assert "40 jobs" in files.ask("How many jobs are at risk?").text


def test_whom_a_mail_is_from_and_to_stands_in_its_text(case):
    files = case("mail-mixed-parts")
    assert files.ask("Is The Marwick Letter mentioned?", "apple_alt.eml").status == "answered"
