"""Word files of every make: strict, damaged at the edges, with notes, boxes, tables, equations and changes."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import docx, zipped

from rag.errors import ArticleUnreadable
from rag.reading.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def made(body: str, relations: str = "", parts: dict[str, str] | None = None, strict: bool = False) -> bytes:
    """A file of the few parts that Word needs."""
    space, kind = (STRICT, "http://purl.oclc.org/ooxml/officeDocument/relationships") if strict else (W, RELATIONS)
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    main = f'<Relationship Id="r" Type="{kind}/officeDocument" Target="word/document.xml"/>'
    document = (
        f'<w:document xmlns:w="{space}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<w:body>{body}</w:body></w:document>"
    )
    inner = "".join(
        f'<Relationship Id="r{i}" Type="{kind}/{relation}" Target="{target}"/>'
        for i, (relation, target) in enumerate(pair.split("=") for pair in relations.split())
    )
    named = {f"word/{n}": f'<w:{n.split(".")[0].rstrip("0123456789")} xmlns:w="{space}">{x}</w:{n.split(".")[0].rstrip("0123456789")}>' for n, x in (parts or {}).items()}  # fmt: skip
    return zipped(
        {
            key: value.encode()
            for key, value in {
                "_rels/.rels": rels.format(main),
                "word/document.xml": document,
                "word/_rels/document.xml.rels": rels.format(inner),
                **named,
            }.items()
        }
    )


def p(*runs: str, mark: str = "") -> str:
    return f"<w:p>{f'<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>' if mark else ''}{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def text(*args, **kwargs) -> str:
    return read_docx(made(*args, **kwargs)).text


RAISED = '<w:vertAlign w:val="superscript"/>'


def test_a_strict_file_is_read_with_its_notes():
    note = {"footnotes.xml": f"<w:footnote>{p(r('Denmark abstained.'))}</w:footnote>"}
    assert text(
        p(r("The vote was 25"), r("3", RAISED), r(" to 12.")), "footnotes=footnotes.xml", note, strict=True
    ) == ("The vote was 25³ to 12.\n\nDenmark abstained.")


@pytest.mark.parametrize("target", ["NULL", "media/gone.png", "#_Toc", "../../x", "file:///c:/x", "http://x/", " "])
def test_relations_to_nothing_are_passed_over(target):
    found = read_docx(
        made(p(r("The sea was calm.")), f"image={target.strip() or 'x'} hyperlink={target.strip() or 'y'}")
    )
    assert found.text == "The sea was calm."
    assert found.notes == ()


def test_a_missing_part_with_text_is_said():
    found = read_docx(made(p(r("The sea was calm.")), "footnotes=footnotes.xml"))
    assert [note.text for note in found.notes] == ["Its footnotes could not be read: the file lacks them."]
    assert found.notes[0].gap


def test_heads_feet_and_comments_stand_at_the_end_once():
    parts = {
        "header1.xml": p(r("Draft of May")), "header2.xml": p(r("Draft of May")), "footer1.xml": p(r("Ref. 17")),
        "comments.xml": f'<w:comment w:author="Ida">{p(r("Not so."))}</w:comment>',
    }  # fmt: skip
    relations = "header=header1.xml header=header2.xml footer=footer1.xml comments=comments.xml"
    assert text(p(r("The sea was calm.")), relations, parts).split("\n\n") == [
        "The sea was calm.", "Comment by Ida: Not so.", "Draft of May", "Ref. 17",
    ]  # fmt: skip


def test_changes_are_taken_as_accepted():
    assert (
        text(p(r("The crew "), mark="<w:del/>") + p(r("refused "), mark="<w:del/>") + p(r("it.")))
        == "The crew refused it."
    )
    moved = f"<w:moveFrom>{r('Gone.')}</w:moveFrom><w:moveTo>{r('Here.')}</w:moveTo>"
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('Gone.'))}</w:tc></w:tr>"
    assert text(p(moved) + f"<w:tbl>{row}</w:tbl>") == "Here."


@pytest.mark.parametrize(
    ("equation", "said"),
    [
        ("<m:r><m:t>x=42</m:t></m:r>", "x=42"),
        ("<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "(a+b)/2"),
        ("<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup>", "10⁶"),
        ("<m:sSup><m:e><m:r><m:t>e</m:t></m:r></m:e><m:sup><m:r><m:t>x</m:t></m:r></m:sup></m:sSup>", "e^x"),
        ("<m:rad><m:deg/><m:e><m:r><m:t>9</m:t></m:r></m:e></m:rad>", "√(9)"),
        ("<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr><m:e><m:r><m:t>0</m:t></m:r></m:e><m:e><m:r><m:t>1</m:t></m:r></m:e></m:d>", "[0, 1]"),
    ],
)  # fmt: skip
def test_equations_are_read_on_the_line(equation, said):
    body = f"<w:p>{r('Let ')}<m:oMath>{equation}</m:oMath>{r(' be.')}</w:p>"
    assert text(body) == f"Let {said} be."


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ((r("25"), r("3", RAISED), r(" to 12")), "25³ to 12"),
        ((r("embargo"), r("1,2", RAISED), r(" is")), "embargo¹,² is"),
        ((r("the 5"), r("th", RAISED), r(" of May")), "the 5th of May"),
        ((r("CO"), r("2", '<w:vertAlign w:val="subscript"/>')), "CO2"),
        ((r("1010"), r("2", '<w:vertAlign w:val="subscript"/>')), "1010₂"),
    ],
)
def test_raised_figures_keep_apart(runs, said):
    assert text(p(*runs)) == said


def test_a_style_can_raise_and_hide_and_name_the_title():
    styles = {
        "styles.xml": '<w:style w:styleId="Base"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:styleId="Ref"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Weg"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    }
    body = '<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr>' + r("The sea") + "</w:p>"
    body += p(r("25"), r("3", '<w:rStyle w:val="Ref"/>'), r("SECRET", '<w:rStyle w:val="Weg"/>'))
    found = read_docx(made(body, "styles=styles.xml", styles))
    assert (found.text, found.title) == ("The sea\n\n25³", "The sea")


def tc(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(p(r(x)) for x in paragraphs)}</w:tc>"


def test_a_row_is_a_line_and_a_page_in_columns_is_not():
    table = f"<w:tbl><w:tr>{tc('Town')}{tc('Budget')}</w:tr><w:tr>{tc('Marwick')}{tc('3 million')}</w:tr></w:tbl>"
    shown = "| Town | Budget |\n|---|---|\n| Marwick | 3 million |"
    assert text(table) == shown
    columns = f"<w:tbl><w:tr>{tc('One.', 'Two.')}{tc('Three.')}</w:tr></w:tbl>"
    assert text(columns) == "One.\n\nTwo.\n\nThree."
    nested = f"<w:tbl><w:tr><w:tc>{table}{p(r('Under it.'))}</w:tc></w:tr></w:tbl>"
    assert text(nested) == f"{shown}\n\nUnder it."


def test_boxes_controls_and_ruby():
    box = f"<w:drawing><a:graphic><a:graphicData uri='x'><w:txbxContent>{p(r('In the box.'))}</w:txbxContent></a:graphicData></a:graphic></w:drawing>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    old = f"<w:pict><v:textbox><w:txbxContent>{p(r('In an old box.'))}</w:txbxContent></v:textbox></w:pict>"
    control = f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{p(r('Chosen.'))}</w:sdtContent></w:sdt>"
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>over</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>under</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    body = p(r("Before."), f"<w:r>{both}</w:r>") + p(f"<w:r>{old}</w:r>") + control + p(ruby)
    assert text(body).split("\n\n") == ["Before.", "In the box.", "In an old box.", "Chosen.", "under"]


def test_charts_and_sheets_are_said():
    chart = "<w:drawing><a:graphic><a:graphicData uri='http://x/chart'/></a:graphic></w:drawing>"
    found = read_docx(made(p(r("See:"), f"<w:r>{chart}</w:r><w:r><w:object/></w:r>")))
    assert found.text == "See:"
    assert [note.text for note in found.notes] == ["2 objects in it (charts, sheets or the like) were not read."]


def test_what_is_no_word_file_is_refused():
    with pytest.raises(ArticleUnreadable, match="no Word document"):
        read_docx(zipped({"a.txt": b"x"}))
    broken = io.BytesIO(docx("x"))
    with zipfile.ZipFile(broken) as whole:
        parts = {n: whole.read(n) for n in whole.namelist()}
    with pytest.raises(ArticleUnreadable, match="damaged"):
        read_docx(zipped({**parts, "word/document.xml": b"<w:document"}))


NODE = st.recursive(
    st.sampled_from(["word", "next"]).map(r),
    lambda node: st.tuples(
        st.sampled_from(["w:p", "w:ins", "w:sdt", "w:tbl", "w:tr", "w:tc", "w:txbxContent", "w:hyperlink", "w:r"]),
        st.lists(node, max_size=4),
    ).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NODE, max_size=4))
def test_any_tree_is_read_and_no_paragraph_twice(nodes):
    body = "".join(f"<w:p>{r(f'mark{i} ')}{node}</w:p>" for i, node in enumerate(nodes))
    found = text(body)
    assert all(found.count(f"mark{i} ") <= 1 and f"mark{i}" in found for i in range(len(nodes)))


def test_the_title_that_one_sees_comes_before_the_files_property():
    title = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Harbour plan</w:t></w:r></w:p>'
    assert read_docx(docx("It was cold.", title="Template", xml=title)).title == "Harbour plan"
    assert read_docx(docx("It was cold.", title="Template")).title == "Template"
