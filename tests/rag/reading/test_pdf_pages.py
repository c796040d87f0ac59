"""PDF pages of other makes: locks, notes, forms, stamps, pictures, tables in several orders, raised figures."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject
from samples import page, pdf

from rag.errors import ArticleUnreadable
from rag.reading.pdf import read_pdf

FERRY = "The ferry to Tarnholm will stop in May because its engine is too old, said Captain Ida Brandt."
SCAN = "q 612 0 0 792 0 0 cm /Im1 Do Q"
BOX = (10, 10, 200, 60)


def changed(data: bytes, change) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def notes(data: bytes) -> list[str]:
    return [note.text for note in read_pdf(data).notes]


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256", "AES-256-R5"])
def test_a_file_locked_against_changes_alone_is_read(algorithm):
    data = pdf(page(FERRY))
    free = changed(data, lambda w: w.encrypt("", "owner", algorithm=algorithm))
    assert read_pdf(free).text == FERRY
    with pytest.raises(ArticleUnreadable, match="password"):
        read_pdf(changed(data, lambda w: w.encrypt("user", "owner", algorithm=algorithm)))


def widget(kind: str, value=None, **more) -> DictionaryObject:
    entries = {
        "/Type": NameObject("/Annot"), "/Subtype": NameObject("/Widget"), "/FT": NameObject(kind),
        "/Rect": ArrayObject(map(FloatObject, BOX)), **({"/V": value} if value is not None else {}), **{f"/{k}": v for k, v in more.items()},
    }  # fmt: skip
    return DictionaryObject({NameObject(k): v for k, v in entries.items()})


def with_widgets(*widgets: DictionaryObject) -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Annots")] = ArrayObject(writer._add_object(w) for w in widgets)

    return changed(pdf(page(FERRY)), change)


def test_filled_in_fields_are_read_with_their_labels():
    s = TextStringObject
    parent = DictionaryObject(
        {NameObject("/T"): s("Port"), NameObject("/V"): s("Tarnholm"), NameObject("/FT"): NameObject("/Tx")}
    )
    data = with_widgets(
        widget("/Tx", s("Ida Brandt"), T=s("n1"), TU=s("Captain")),
        widget("/Ch", ArrayObject([s("Monday"), s("Friday")]), T=s("Days")),
        widget("/Btn", NameObject("/1"), T=s("Agreed"), AS=NameObject("/1")),
        widget("/Btn", NameObject("/Off"), T=s("Refused"), AS=NameObject("/Off")),
        widget("/Tx", s("secret"), T=s("Word"), Ff=NumberObject(1 << 13)),
        widget("/Tx", s("hidden"), T=s("Trap"), F=NumberObject(2)),
        widget("/Tx", None, T=s("Empty")),
        DictionaryObject({NameObject("/Subtype"): NameObject("/Widget"), NameObject("/Parent"): parent}),
    )
    assert read_pdf(data).text.split("\n\n") == [
        FERRY, "Captain: Ida Brandt", "Days: Monday, Friday", "Agreed: ticked", "Port: Tarnholm",
    ]  # fmt: skip


def test_notes_and_comments_are_read_and_told_apart():
    def change(writer: PdfWriter) -> None:
        writer.add_annotation(0, FreeText(text="Typed here.", rect=BOX))
        comment = Text(text="Not so.", rect=BOX)
        comment[NameObject("/T")] = TextStringObject("Ada")
        writer.add_annotation(0, comment)

    assert read_pdf(changed(pdf(page(FERRY)), change)).text.split("\n\n")[1:] == [
        "Typed here.",
        "Comment by Ada: Not so.",
    ]


def test_attached_files_are_named():
    data = changed(pdf(page(FERRY)), lambda w: w.add_attachment("crew.xlsx", b"x"))
    assert notes(data) == ["1 attached file was not read: crew.xlsx."]


@pytest.mark.parametrize("stamp", ["", "RECEIVED 5 May 2024", "Page 7 of 9 / AB-00017 / confidential"])
def test_a_scan_with_a_stamp_is_said_to_be_one(stamp):
    found = pdf(page(FERRY), f"{SCAN} {page(stamp)}", picture=True)
    assert notes(found)[0].startswith("1 of its 2 pages is a picture with")
    nested = pdf(page(FERRY), f"q .5 0 0 .5 0 0 cm q 1224 0 0 1584 0 0 cm /Im1 Do Q Q {page(stamp)}", picture=True)
    assert len(notes(nested)) == 1


def test_a_scan_with_its_text_and_a_page_with_a_logo_are_no_gaps():
    read = pdf(
        f"{SCAN} {page(FERRY, FERRY, before='3 Tr')}",
        f"q 90 0 0 40 20 700 cm /Im1 Do Q {page('Yours, Ida')}",
        picture=True,
    )
    assert notes(read) == []


def test_letters_drawn_as_shapes_are_said():
    shapes = "1 0 0 RG " + "10 10 m 20 20 l S " * 150
    assert notes(pdf(page(FERRY), shapes)) == ["1 of its 2 pages is a picture without text."]


CELLS = [["Port", "Ships 2023", "Ships 2024"], ["Tarnholm", "31", "29"], ["Old Quay", "7", "12"]]
X = (72, 222, 372)


def one_by_one() -> str:
    return "".join(
        f"BT /F1 11 Tf {X[i]} {700 - 20 * n} Td ({c}) Tj ET " for n, row in enumerate(CELLS) for i, c in enumerate(row)
    )


def by_matrix() -> str:
    return "BT /F1 11 Tf " + "".join(
        f"1 0 0 1 {X[i]} {700 - 20 * n} Tm ({c}) Tj " for n, row in enumerate(CELLS) for i, c in enumerate(row)
    ) + "ET"  # fmt: skip


def by_moves() -> str:
    rows = "".join(f"({a}) Tj 150 0 Td ({b}) Tj 150 0 Td ({c}) Tj -300 -20 Td " for a, b, c in CELLS)
    return f"BT /F1 11 Tf 72 700 Td {rows}ET"


def with_boxes() -> str:
    return "".join(
        f"q 1 0 0 1 {X[i]} {700 - 20 * n} cm BT /F1 11 Tf 0 0 Td ({c}) Tj ET Q "
        for n, row in enumerate(CELLS)
        for i, c in enumerate(row)
    )


@pytest.mark.parametrize("drawn", [one_by_one, by_matrix, by_moves, with_boxes])
def test_rows_of_a_table_are_lines_however_they_are_drawn(drawn):
    text = read_pdf(pdf(page(FERRY) + " " + drawn().replace("700", "500"))).text
    head, *rows = [f"| {' | '.join(row)} |" for row in CELLS]
    assert text.split("\n\n") == [FERRY, "\n".join([head, "|---|---|---|", *rows])]


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ("(voted 25) Tj 5 Ts /F1 6 Tf (3) Tj 0 Ts /F1 11 Tf ( to 12) Tj", "voted 25³ to 12"),
        ("(voted 25) Tj 5 Ts (3) Tj 0 Ts ( to 12) Tj", "voted 25 to 12"),
        ("(voted 25) Tj /F1 6 Tf 43 4 Td (3) Tj /F1 11 Tf 4 -4 Td ( to 12) Tj", "voted 25³ to 12"),
        ("(the embargo) Tj /F1 6 Tf 1 0 0 1 130 704 Tm (12) Tj /F1 11 Tf 1 0 0 1 140 700 Tm (is unlawful) Tj", "the embargo¹² is unlawful"),
        ("(CO) Tj -2 Ts /F1 7 Tf (2) Tj 0 Ts /F1 11 Tf ( is a gas) Tj", "CO2 is a gas"),
        ("(It was 25) Tj /F1 8 Tf (000) Tj /F1 11 Tf ( in all) Tj", "It was 25000 in all"),
    ],
)  # fmt: skip
def test_raised_figures_keep_apart(raised, said):
    found = read_pdf(pdf(f"BT /F1 11 Tf 72 700 Td {raised} ET")).text
    if said == "voted 25 to 12":  # raised at full size
        assert "253" not in found
    else:
        assert found == said


def test_a_note_at_the_foot_begins_with_its_mark():
    foot = "BT /F1 6 Tf 72 104 Td (3) Tj ET BT /F1 9 Tf 76 100 Td (Denmark abstained.) Tj ET"
    assert read_pdf(pdf(f"{page(FERRY)} {foot}")).text.split("\n\n")[-1].endswith("³ Denmark abstained.")


WORDS = st.lists(st.sampled_from(["alpha", "beta", "Gamma.", "7", "delta-", "(x)"]), min_size=1, max_size=6).map(
    " ".join
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(WORDS, st.sampled_from([40, 72, 300]), st.integers(50, 760), st.sampled_from([6, 11, 14])), max_size=8
    )
)
def test_no_word_is_lost_wherever_it_stands(runs):
    def escaped(text: str) -> str:
        return text.replace("(", r"\(").replace(")", r"\)")

    operators = " ".join(f"BT /F1 {size} Tf {x} {y} Td ({escaped(text)}) Tj ET" for text, x, y, size in runs)
    shown = "".join(c for text, *_ in runs for c in text if c.isalnum())
    try:
        found = read_pdf(pdf(operators)).text
    except ArticleUnreadable:
        found = ""
    assert sorted(c for c in found if c.isalpha()) == sorted(c for c in shown if c.isalpha())
