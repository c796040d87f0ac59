"""Documents, mail, e-books and saved pages: their text, title, date and outlet, and what of them is not read."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import EVERY, LONG, docx, epub, html, mail, mhtml, page, pdf

from models.ocr import is_installed
from rag.errors import ArticleUnreadable
from rag.reading import SUFFIXES, Article, read


def article(folder: Path, name: str, data: bytes) -> Article:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def refused(folder: Path, name: str, data: bytes) -> str:
    with pytest.raises(ArticleUnreadable) as error:
        article(folder, name, data)
    assert error.value.cure
    return error.value.problem


def notes(found: Article) -> list[str]:
    return [note.text for note in found.notes]


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_every_suffix_is_read_in_any_case(tmp_path, suffix):
    assert LONG in article(tmp_path, f"a{suffix.upper()}", EVERY[suffix]).text


# ── saved pages ─────────────────────────────────────────────────────────────────────────────
HEAD = (
    '<title>Growth slows – The Daily</title><meta property="og:title" content="Growth slows">'
    '<meta property="og:site_name" content="The Daily"><meta property="article:published_time" content="2024-03-02T10:00:00Z">'
)


@pytest.mark.parametrize(("name", "wrap"), [("a.html", bytes), ("a.mhtml", mhtml)])
def test_a_saved_page_gives_title_date_and_outlet(tmp_path, name, wrap):
    found = article(tmp_path, name, wrap(html(head=HEAD)))
    assert (found.title, found.date, found.outlet) == ("Growth slows", "2024-03-02", "The Daily")
    assert found.text.startswith("Growth slows\n")  # so that it can be searched and quoted
    assert found.text.count("Growth slows") == 1


def test_a_title_that_the_text_begins_with_is_not_said_twice(tmp_path):
    found = article(tmp_path, "a.html", html(f"<h1>Growth slows</h1><p>{LONG}</p>", HEAD))
    assert found.text.count("Growth slows") == 1


def test_a_page_in_another_encoding_than_it_names_is_guessed_and_said(tmp_path):
    data = html(f"<p>caf\N{LATIN SMALL LETTER E WITH ACUTE} {LONG}</p>").decode().encode("cp1252")
    found = article(tmp_path, "a.html", data)
    assert "café" in found.text
    assert notes(found) == ["It was read as Windows-1252, which is a guess."]


# ── mail ────────────────────────────────────────────────────────────────────────────────────
def test_a_mail_gives_subject_date_and_sender(tmp_path):
    found = article(tmp_path, "a.eml", mail(Date="Tue, 05 Mar 2024 10:00:00 +0100"))
    assert (found.title, found.date, found.outlet) == ("Growth", "2024-03-05", "The Daily")
    head = "From: The Daily <news@daily.example>\nDate: Tue, 05 Mar 2024 10:00:00 +0100"
    assert found.text.strip() == f"Growth\n\n{head}\n\n{LONG}"


def test_a_mail_of_html_is_read_as_a_page_shows_it(tmp_path):
    found = article(tmp_path, "a.eml", mail("", f"<p>{LONG}</p><p hidden>SECRET</p><p>It was cold.</p>"))
    assert found.text == f"Growth\n\nFrom: The Daily <news@daily.example>\n\n{LONG}\n\nIt was cold."


def test_attachments_are_not_read_and_said(tmp_path):
    found = article(tmp_path, "a.eml", mail(attached=("report.pdf", "b.pdf")))
    assert notes(found) == ["2 attachments were not read: report.pdf, b.pdf."]
    assert found.notes[0].gap


def test_what_is_no_mail_is_refused(tmp_path):
    assert refused(tmp_path, "a.eml", b"\n\nno headers")
    assert "no text" in refused(tmp_path, "a.eml", mail("", attached=("a.pdf",)))


# ── Word ────────────────────────────────────────────────────────────────────────────────────
def test_a_document_gives_paragraphs_tables_and_title(tmp_path):
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a cell.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    found = article(tmp_path, "a.docx", docx(LONG, "It was cold.", title="Growth slows", xml=table))
    assert found.text == f"Growth slows\n\n{LONG}\n\nIt was cold.\n\nIn a cell."
    assert found.title == "Growth slows"


def test_a_document_as_it_reads_with_all_changes_accepted(tmp_path):
    xml = (
        "<w:p><w:r><w:t xml:space='preserve'>They </w:t></w:r><w:ins><w:r><w:t>signed</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>refused</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>SECRET</w:t></w:r>"
        "<w:r><w:tab/><w:t>it.</w:t></w:r></w:p>"
    )
    assert article(tmp_path, "a.docx", docx(xml=xml)).text == "They signed\tit."


# ── e-books ─────────────────────────────────────────────────────────────────────────────────
def test_a_book_gives_its_chapters_in_order(tmp_path):
    book = epub(
        f"<h1>One</h1><p>{LONG}</p>", "<p>It was&#160;<i>cold</i>.<br/>It rained.</p><p hidden='hidden'>SECRET</p>",
        date="2021-05-06T00:00:00Z", publisher="North Press",
    )  # fmt: skip
    found = article(tmp_path, "a.epub", book)
    assert found.text == f"Growth\n\nOne\n\n{LONG}\n\nIt was cold.\n\nIt rained."
    assert (found.title, found.date, found.outlet) == ("Growth", "2021-05-06", "North Press")


def test_a_missing_chapter_is_said_and_a_locked_book_refused(tmp_path):
    import zipfile

    path = tmp_path / "a.epub"
    path.write_bytes(epub(f"<p>{LONG}</p>", "<p>Two.</p>"))
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(tmp_path / "b.epub", "w") as part:
        for item in whole.infolist():
            if item.filename != "OEBPS/text/c 1.xhtml":
                part.writestr(item, whole.read(item))
    assert notes(read(tmp_path / "b.epub")) == ["1 of its 2 chapters could not be read."]
    lock = b'<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherReference URI="OEBPS/text/c%200.xhtml"/></encryption>'
    assert "locked" in refused(tmp_path, "c.epub", epub("<p>x</p>", extra={"META-INF/encryption.xml": lock}))


# ── PDF ─────────────────────────────────────────────────────────────────────────────────────
def test_pages_become_paragraphs(tmp_path):
    head = "The Daily, 2 March 2024"
    pages = [
        page(
            head, f"Officials in {city} said on Tuesday that the recog-", "nition of a well-known state had been left open, and that",
            "the talks would go on.", "They met in a second round after a long break which was", "called well-", f"known. {city} begins and its last sentence runs on to the",
            f"- {n} -",
        )
        for n, city in enumerate(("Riyadh", "Geneva", "Vienna"), start=1)
    ]  # fmt: skip
    found = article(tmp_path, "a.pdf", pdf(*pages, title="Growth slows"))
    assert found.title == "Growth slows"
    assert found.text.count(head) == 1
    assert "recognition of a well-known state" in found.text
    assert "called well-known" in found.text
    assert "left open, and that the talks would go on.\n\nThey met" in found.text
    assert "runs on to the Officials in Vienna" in found.text  # over the page's end
    assert "- 2 -" not in found.text


@pytest.mark.parametrize("before", ["3 Tr", "1 g", "1 1 1 rg", "0 0 0 0 k"])
def test_invisible_text_is_left_out(tmp_path, before):
    operators = f"q {page('SECRET', before=before)} Q {page(LONG)}"
    assert article(tmp_path, "a.pdf", pdf(operators)).text == LONG


def test_text_recognised_in_a_scan_and_white_text_on_a_ground_stay(tmp_path):
    scan = pdf("q 612 0 0 792 0 0 cm /Im1 Do Q " + page(LONG, before="3 Tr"), picture=True)
    assert article(tmp_path, "a.pdf", scan).text == LONG
    ground = pdf("0 g 0 700 612 92 re f " + page(LONG, before="1 g"))
    assert article(tmp_path, "b.pdf", ground).text == LONG


def test_a_scan_is_refused_and_a_part_of_one_said(tmp_path):
    drawn = "q 612 0 0 792 0 0 cm /Im1 Do Q"
    said = "no text was found" if is_installed() else "its 2 pages are pictures"
    assert said in refused(tmp_path, "a.pdf", pdf(drawn, drawn, picture=True))
    found = article(tmp_path, "b.pdf", pdf(page(LONG), drawn, "", picture=True))
    assert notes(found)[0].startswith("Page 2 was read from a picture" if is_installed() else "1 of its 3 pages")
    assert found.notes[0].gap
    assert refused(tmp_path, "c.pdf", pdf("")) == "It holds no text."


def test_a_locked_document_is_refused(tmp_path):
    from pypdf import PdfReader, PdfWriter

    (tmp_path / "plain.pdf").write_bytes(pdf(page(LONG)))
    writer = PdfWriter(PdfReader(tmp_path / "plain.pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(ArticleUnreadable, match="password"):
        read(tmp_path / "locked.pdf")


# ── encodings and languages ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("The “deal” wasn’t signed – it cost £5, the café’s owner said.", "cp1252", "Windows-1252"),
        ("The “deal” wasn’t signed – it cost £5, the café’s owner said.", "mac_roman", "Mac Roman"),
        ("Кремль сообщил во вторник, что переговоры продолжатся на следующей неделе.", "cp1251", "Windows-1251"),
        ("Кремль сообщил во вторник, что переговоры продолжатся на следующей неделе.", "koi8_r", "KOI8-R"),
        ("Prezydent powiedział, że rozmowy będą kontynuowane w przyszłym tygodniu.", "cp1250", "Windows-1250"),
        ("Le président a déclaré mardi que les négociations étaient terminées.", "cp1252", "Windows-1252"),
        ("他们在北京会面，讨论了制裁问题。双方没有达成一致。", "gb18030", "GB18030"),
        ("Officials said on Tuesday – it was cold.", "utf-16", "UTF-16"),
    ],
)
def test_encodings_are_guessed_and_said(tmp_path, text, encoding, said):
    found = article(tmp_path, "a.txt", text.encode(encoding))
    assert found.text.removeprefix("\ufeff") == text
    assert said in notes(found)[0]


def test_news_in_the_old_encoding_is_read_right(news_folder, tmp_path):
    wrong = []
    for path in sorted(news_folder.glob("*.txt"))[::20]:
        text = path.read_text("utf-8")
        try:
            data = text.encode("cp1252")
        except UnicodeEncodeError:
            continue
        if article(tmp_path, "a.txt", data).text != data.decode("cp1252"):
            wrong.append(path.name)
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Präsident sagte am Dienstag, dass die Gespräche fortgesetzt werden. " * 3, "German"),
        ("El presidente dijo el martes que las conversaciones continuarían la semana próxima. " * 3, "Spanish"),
        ("Кремль сообщил о переговорах.", "Russian"),
        ("他们在北京会面，讨论了制裁问题。", "Chinese"),
    ],
)
def test_another_language_is_said(tmp_path, text, language):
    found = article(tmp_path, "a.txt", text.encode())
    assert found.text == text
    assert language in notes(found)[0]
    assert found.notes[0].gap


def test_english_is_not_taken_for_another_language(tmp_path, news_folder):
    for path in sorted(news_folder.glob("*.txt")):
        assert read(path).notes == ()
    for text in ("One story.", "Alpha met Beta.", "Xi Jinping, Wang Yi, Li Qiang: Zhongnanhai."):
        assert article(tmp_path, "a.txt", text.encode()).notes == ()
