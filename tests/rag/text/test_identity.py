"""What a document is, by its own words; each place is where the text says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.reading import read
from rag.text.identity import identity

SHARED = Path(__file__).parents[4] / "shared"
GOLD = Path(__file__).with_name("what_it_is.tsv")
FOLDERS = {"desk": SHARED / "train" / "desk", "news": SHARED / "corpora" / "news"}
FIELDS = ("title", "date", "author", "kind")


def words(text: str, place) -> str | None:
    return " ".join(text[place.start : place.end].split()) if place else None


@pytest.mark.skipif(not FOLDERS["desk"].is_dir(), reason="needs ../shared/train/desk")
def test_sixty_documents_are_told_as_a_person_tells_them():
    """The shares that docs/formats.md names. A wrong date is worse than none."""
    rows = [line.split("\t") for line in GOLD.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(rows) == 60
    right = dict.fromkeys(FIELDS, 0)
    wrong_dates = []
    for name, *gold in rows:
        folder, _, file = name.partition("/")
        found = read(FOLDERS[folder] / file)
        for field, accepted in zip(FIELDS, gold, strict=True):
            right[field] += (getattr(found, field) or "-") in accepted.split("|")
        if found.date and found.date not in gold[1].split("|"):
            wrong_dates.append((name, found.date))
        for field in ("title", "author"):
            place = getattr(found.places, field)
            assert place is None or words(found.text, place) == getattr(found, field)
    assert wrong_dates == []
    assert min(right.values()) >= 0.95 * len(rows), right


LETTER = "Pear Tree House\nLower Amblecote\n14th February 1986\n\nMy dear Christopher,\n\nYour letter came on 3 May.\n\nLove,\nDorothea\n"
MEMO = "MEMORANDUM\n\nTo: all\nFrom: Ida Roth\nDate: 11 January 2024\nRe: Night shift\n\nHall 2 goes to three shifts from 1 February 2024.\n"
MINUTES = "FERNHOLLOW PLC\nMinutes of the meeting of the board\nheld on Tuesday, 3rd June 2023\n\nPresent: A. Brandt\n\n1. The accounts were approved.\n"
WIRE = "Ferry runs aground\n\nBy Ana Ruiz and Tom Katz\n\nLISBON, 4 March 2024 (Reuters) — A ferry ran aground on Monday with 80 people.\n"
INSPECTED = "# Larch House\n\nInspected on 11 and 12 June 2025 by Dawn Pettifer and Samuel Okoro of the county's own office for homes. Report published on 4 August 2025.\n"
QUOTING = "# The weir\n\nThe council has read a report published on 4 August 2025 on the weir and on the fish that no longer come up the river to it.\n"
PROSE = "On 4 March 2024 the bridge was closed by the council, and the ferry took its place until the summer of that year.\n"


@pytest.mark.parametrize(
    ("text", "suffix", "title", "date", "author", "kind"),
    [
        (LETTER, ".txt", None, "1986-02-14", "Dorothea", "letter"),
        (MEMO, ".txt", "Night shift", "2024-01-11", "Ida Roth", "memo"),
        (MINUTES, ".txt", "Minutes of the meeting of the board", "2023-06-03", None, "minutes"),
        (WIRE, ".txt", "Ferry runs aground", "2024-03-04", "Ana Ruiz and Tom Katz", "article"),
        (PROSE, ".txt", None, None, None, "document"),
        (INSPECTED, ".md", "Larch House", "2025-08-04", None, "document"),
        (QUOTING, ".md", "The weir", None, None, "document"),
        ("---\ntitle: 'The weir'\nauthor: Ida Roth\ndate: 2024-03-02\n---\n\nIt rained.\n", ".md", "The weir", "2024-03-02", "Ida Roth", "document"),
        ("# The weir\n\n*Last updated 3 January 2024 by Lorna*\n\nIt rained.\n", ".md", "The weir", "2024-01-03", None, "document"),
        ("Compte rendu\n\nLyon, le 3 mars 2024\n\nIl a plu toute la nuit et le pont a été fermé.\n", ".txt", "Compte rendu", "2024-03-03", None, "document"),
        ("# Swimming at Holt\n\nLetter of 4 May 2023 from Mara Quill, warden\n\nIt rained all day.\n", ".md", "Swimming at Holt", None, "Mara Quill", "document"),
        ("a,b\n1,2\n3,4\n", ".csv", None, None, None, "table"),
    ],
)  # fmt: skip
def test_titles_dates_authors_and_kinds(text, suffix, title, date, author, kind):
    found = identity(text, suffix)
    assert (found.title, found.date, found.author, found.kind) == (title, date, author, kind)
    assert words(text, found.places.title) == title
    assert words(text, found.places.author) == author


@pytest.mark.parametrize(
    "line",
    [
        "Valid from 1 September 2023",
        "Closing date: 9 December 2022",
        "Next review: 4 May 2024",
        "EMBARGOED until 00:01, Wednesday 3 March 2021",
        "Born Vessby, 9 April 1931",
        "Note on the year to 30 June 2023",
        "From 2 May 2023 to 31 July 2023",
        "Reply by Monday, 4 March 2024",
        "Judgment of 14 June 2023",
        "Meeting on 06/07/2022",
    ],
)
def test_a_day_of_something_else_is_no_date_of_the_document(line):
    found = identity(
        f"HARBOUR WORKS\n{line}\n\nThe harbour is to be dredged, and the quay is to be built anew.\n", ".txt"
    )
    assert found.date is None


def test_a_date_without_a_year_is_kept_as_it_stands():
    text = "# Halvane: third quarter\n\n**Brackwater Research, 4 November. Rating: Hold.**\n\nIt had a decent summer.\n"
    found = identity(text, ".md")
    assert (found.date, words(text, found.places.date)) == (None, "4 November")


def test_datelines_of_several_days_date_nothing():
    told = "\n\n".join(
        f"LISBON, {day} March 2024 – The ferry has not sailed again since it ran aground." for day in (4, 5)
    )
    assert identity(f"[pasted from the wire]\n\n{told}\n", ".txt").date is None


@pytest.mark.parametrize(
    "heading",
    [
        "Twenty minutes of fame",
        "Prison terms for two brothers",
        "Climate agreement angers farmers",
        "Foreign policy in the 1930s",
        "Manual labour and the city",
        "Speech therapy for children",
        "Address: 12 High Street",
        "Part 3 of 5",
        "A new timeline for the bridge",
        "Invoice fraud is on the rise",
        "Memo reveals plan to close school",
    ],
)
def test_a_word_of_a_headline_makes_no_kind(heading):
    assert identity(f"# {heading}\n\nThe council met and talked about it for an hour.\n", ".md").kind == "document"


def test_numbers_of_institutes_are_no_part_of_a_name():
    paper = "# Frost and pears\n\n**A. Lund¹, J. Tarn² and M. Quill¹**\n\n¹ Torby Institute\n\nIt froze in May.\n"
    assert identity(paper, ".md").author == "A. Lund, J. Tarn and M. Quill"


@pytest.mark.parametrize("line", ["By the end of the week", "By Monday", "By order of the council", "By Jove"])
def test_by_is_no_byline(line):
    assert identity(f"# Harbour\n\n{line}\n\nThe harbour is to be dredged next week.\n", ".md").author is None


def test_the_parties_of_a_contract_have_not_written_it():
    text = "# Lease of Flat 3\n\nLandlord: I. Roth\n\n1. The rent is 500 euros.\n\n*Signed:* I. Roth, L. Beck – 19 August 2022\n"
    found = identity(text, ".md")
    assert (found.kind, found.date, found.author) == ("contract", "2022-08-19", None)


@pytest.mark.parametrize(
    ("name", "author"),
    [("Jana Roth", "Jana Roth"), ("Administrator", None), ("LibreOffice 7", None), ("openpyxl", None)],
)
def test_a_name_in_the_properties_is_the_last_resort(name, author):
    found = identity("It rained.\n", ".docx", saved_by=name)
    assert (found.author, found.author_from, found.places.author) == (author, "properties" if author else None, None)
    told = identity("# Weir\n\nBy Ida Roth\n\nIt rained all night.\n", ".docx", saved_by=name)
    assert (told.author, told.author_from) == ("Ida Roth", "text")
