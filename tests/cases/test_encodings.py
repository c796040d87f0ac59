"""Text that isn't clean UTF-8 is read rightly, or as far as it can be, and said."""

from __future__ import annotations


def test_text_of_dos_is_read_in_its_code_page(case):
    text = case("dos-codepage").text("cp850.txt")
    for word in ("café", "Zoë Müller", "façade", "naïve", "señor", "coöperation", "Malmö"):
        assert word in text


def test_one_stray_byte_costs_one_character(case):
    files = case("utf8-with-one-stray-byte")
    assert "naïve. The council’s plan costs €3 million. A stray byte: \ufffd stands here." in files.text("onebad.txt")
    assert files.text("trunc_utf8.txt").endswith("costs €3 million \ufffd")
    assert files.text("utf16nobom.txt") == "The council of Marwick voted on Monday to close the harbour.\n"
    assert {source for source, _ in files.report.notes} == {"onebad.txt", "trunc_utf8.txt", "utf16nobom.txt"}


def test_a_saved_page_says_its_charset_beside_its_part(case):
    files = case("mhtml-charset")
    for name in ("cp1250.mht", "iso2.mht"):
        assert "The mayor Žofie Černá of Plzeň said" in files.text(name)
