"""A newspaper's name above an article is its outlet, and the headline below its title."""

from __future__ import annotations

import pytest

from rag.reading.article import read
from rag.text.identity import identity
from rag.text.mastheads import is_masthead

BODY = (
    "The wall along the Marl will be raised by a metre, the council decided on Tuesday evening after a long debate.\n"
)
HEADLINE = "Flood wall to be raised by a metre"


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (f"THE OTTERY COURIER\n\n{HEADLINE}\n\n", "THE OTTERY COURIER"),
        (f"THE OTTERY COURIER\n\nFriday 3 May 2024\n\n{HEADLINE}\n\nBy Ada Lund\n\n", "THE OTTERY COURIER"),
        (f"The Ottery Times\n\n{HEADLINE}\nBy Ada Lund\n\n", "The Ottery Times"),
        (f"# Ottery Herald\n\n## {HEADLINE}\n\n", "Ottery Herald"),
        (f"Neue Otterauer Zeitung\n\n{HEADLINE}\n\n", "Neue Otterauer Zeitung"),
        (f"Gazette de l'Ottre\n\nNo. 412 – 3 May 2024\n\n{HEADLINE}\n\n", "Gazette de l'Ottre"),
        (f"Corriere della Lontra\n\n{HEADLINE}\n\n", "Corriere della Lontra"),
    ],
)
def test_the_headline_is_the_title(head, outlet):
    found = identity(head + BODY, ".txt")
    assert found.outlet == outlet
    assert found.title == HEADLINE


@pytest.mark.parametrize(
    "head",
    [
        f"{HEADLINE}\n\n",
        "The Ottery Times\n\n",  # nothing else may be the title
        "The Herald of Spring Has Come Early This Year\n\nA walk along the Marl\n\n",
        "Annual Review\n\nWhat the club did in its first year\n\n",
        "Performance review\n\nWhat was said in the spring talk\n\n",
        "Good news from the pond\n\nMore frogs than ever before\n\n",
        "Press release\n\nOttery opens its new quay\n\n",
    ],
)
def test_what_is_no_newspaper(head):
    assert identity(head + BODY, ".txt").outlet is None


def test_a_paper_alone_stays_the_title():
    assert identity(f"The Ottery Times\n\n{BODY}", ".txt").title == "The Ottery Times"


@pytest.mark.parametrize(
    "name", ["Daily Echo", "The Star", "WESTERN MORNING NEWS GAZETTE", "Die Otterpost Rundschau", "El País"]
)
def test_names_of_papers(name):
    assert is_masthead(name)


@pytest.mark.parametrize(
    "name", ["The gazette was closed", "Star", "News", "Our courier came late", "The Times They Are A-Changin"]
)
def test_other_names(name):
    assert not is_masthead(name)


def test_a_file_shows_its_outlet(tmp_path):
    path = tmp_path / "wall.txt"
    path.write_text(f"THE OTTERY COURIER\n\n3 May 2024\n\n{HEADLINE}\n\n{BODY}", "utf-8")
    article = read(path)
    assert (article.outlet, article.title, article.date) == ("THE OTTERY COURIER", HEADLINE, "2024-05-03")
