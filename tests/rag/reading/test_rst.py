"""reStructuredText as its pages show it: no markup, tables in rows, nothing fetched and no day made up."""

from __future__ import annotations

import socket
import textwrap

import pytest

from rag.reading.rst import read_rst


def read(source: str):
    return read_rst(textwrap.dedent(source).encode())


def test_title_date_headings_and_inline_markup():
    found = read("""\
        =======
        Harbour
        =======

        :Author: Ida Brandt
        :Date: 2024-03-02

        Sanctions were *not* **discussed** [1]_, and
        25\\ :sup:`3` tonnes stay.

        Costs
        -----

        See :ref:`the report <report>` and `a page <http://x.example>`_.

        .. [1] As of May.
        .. a remark that nobody sees
        """)
    assert (found.title, found.date) == ("Harbour", "2024-03-02")
    assert found.text == (
        "Harbour\n\nAuthor: Ida Brandt\n\nDate: 2024-03-02\n\nSanctions were not discussed¹, and 25³ tonnes stay.\n\nCosts\n\n"
        "See the report and a page.\n\n[1] As of May."
    )


SIMPLE = """\
    ======  ====
    Town    2023
    ======  ====
    Astrey  1
    ======  ====
    """
GRID = """\
    +--------+------+
    | Town   | 2023 |
    +========+======+
    | Astrey | 1    |
    +--------+------+
    """
LIST = """\
    .. list-table::
       :header-rows: 1

       * - Town
         - 2023
       * - Astrey
         - 1
    """
VALUES = """\
    .. csv-table::
       :header: Town, 2023

       Astrey, 1
    """


@pytest.mark.parametrize("source", [SIMPLE, GRID, LIST, VALUES])
def test_tables_of_every_kind_come_out_alike(source):
    assert read(source).text == "| Town | 2023 |\n|---|---|\n| Astrey | 1 |"


def test_cells_over_several_rows_stand_in_each():
    found = read("""\
        +-------+------+------+
        | Coast | Town | Ships|
        +=======+======+======+
        | North | A    | 1    |
        |       +------+------+
        |       | B    | 2    |
        +-------+------+------+
        | over both    | 3    |
        +--------------+------+
        """)
    assert found.text.splitlines()[2:] == ["| North | A | 1 |", "| North | B | 2 |", "| over both | over both | 3 |"]


def test_lists_remarks_code_and_verse():
    found = read("""\
        - one
        - two

          - deep

        3. third
        4. fourth

        mole
          what holds the sea off

        .. note:: Prices are net.

        .. code-block:: python

           x = 1

        | a verse
        | of two
        """)
    assert found.text == (
        "- one\n- two\n  - deep\n\n3. third\n4. fourth\n\nmole: what holds the sea off\n\nNote: Prices are net.\n\nx = 1\n\n"
        "a verse\nof two"
    )


def test_what_only_sphinx_knows_keeps_its_words():
    found = read("""\
        .. versionadded:: 2.0
           The crane was added.

        .. tabs::
           :class: wide

           Sanctions were not discussed.
        """)
    assert "The crane was added." in found.text and "Sanctions were not discussed." in found.text
    assert "tabs" not in found.text and "wide" not in found.text


def test_nothing_is_put_in_from_elsewhere(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was made")

    (tmp_path / "other.rst").write_text("From another file.")
    (tmp_path / "docutils.conf").write_text("[general]\nfile_insertion_enabled: yes\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    found = read("""\
        Today is |today|.

        .. |today| date::

        .. include:: other.rst

        .. csv-table::
           :url: http://127.0.0.1:9/x.csv

        .. raw:: html

           <b>bold</b>
        """)
    assert found.text == "Today is ."
    assert [(note.text, note.gap) for note in found.notes] == [("2 files that it includes were not read.", True)]


def test_text_without_any_markup_stays_in_its_paragraphs():
    assert read("They met\nin May.\n\nNo deal was made.\n").text == "They met in May.\n\nNo deal was made."


def test_what_is_too_long_to_be_parsed_stays_as_it_stands():
    source = "They met.\n\n" * 100_000
    found = read_rst(source.encode())
    assert found.text == source
    assert "too long" in found.notes[0].text
