"""Files of every kind, filled at random: every sentence that is found stands where it is said to stand."""

from __future__ import annotations

import tempfile
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import docx, epub, page, pdf

from rag.assistant import Assistant
from rag.index.build import build_index

WORD = "harbour"
SENTENCE = st.sampled_from(
    [
        f"The {WORD} of Žofín closes on 5\u00a0May.", f"Is the {WORD} open?", f"“No {WORD},” she said, “is free.”",
        f"10³ ships left the {WORD}\u00ad — all of them; nobody stayed.", f"the {WORD}", f"{WORD.upper()} NEWS", f"A ﬁne {WORD}’s café 😀.",
    ]
)  # fmt: skip
BLOCK = st.lists(SENTENCE, min_size=1, max_size=4)
NESTED = st.recursive(BLOCK.map(lambda b: ("p", b)), lambda n: st.tuples(st.sampled_from(["div", "table", "quote"]), st.lists(n, min_size=1, max_size=3)), max_leaves=5)  # fmt: skip


def html(node) -> str:
    kind, inner = node
    if kind == "p":
        return f"<p>{'<br>'.join(escape(s) for s in inner)}<sup>2</sup></p>"
    parts = [html(n) for n in inner]
    if kind == "table":
        return f"<table><tr>{''.join(f'<td>{p}</td>' for p in parts)}</tr></table>"
    return (
        f"<{'blockquote' if kind == 'quote' else 'div'}>{''.join(parts)}</{'blockquote' if kind == 'quote' else 'div'}>"
    )


def plain(node, before: str = "") -> str:
    kind, inner = node
    if kind == "p":
        return "".join(f"{before}{s}\r\n" for s in inner) + before + "\r\n"
    return "".join(plain(n, before + ("> " if kind == "quote" else "")) for n in inner)


def word(node) -> str:
    kind, inner = node
    if kind == "p":
        return "".join(f"<w:p><w:r><w:t>{escape(s)}</w:t></w:r></w:p>" for s in inner)
    if kind == "table":
        return f"<w:tbl><w:tr>{''.join(f'<w:tc>{word(n)}</w:tc>' for n in inner)}</w:tr></w:tbl>"
    return "".join(word(n) for n in inner)


def mail(node) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "News"
    message.set_content(plain(node).replace("\r\n", "\n"))
    message.add_alternative(f"<body>{html(node)}<p>And the {WORD} beyond.</p></body>", subtype="html")
    return message.as_bytes()


def printed(node) -> bytes:
    lines = [line.encode("cp1252", "ignore").decode("cp1252") for line in plain(node).split("\r\n")]
    return pdf(page(*lines))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(NESTED)
def test_every_sentence_stands_where_it_is_said_to(embedder, node):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "files")
        folder.mkdir()
        files = {
            "a.txt": plain(node).encode(), "b.txt": plain(node).encode("utf-16"), "c.md": f"---\ntitle: x\n---\n<!-- {WORD} -->{plain(node)}".encode(),
            "d.html": f"<meta charset=utf-8><body><article>{html(node)}</article></body>".encode(), "e.docx": docx(xml=word(node)),
            "f.epub": epub(html(node)), "g.eml": mail(node), "h.pdf": printed(node),
        }  # fmt: skip
        for name, data in files.items():
            (folder / name).write_bytes(data)
        report = build_index([folder], index=Path(place, "index"), embedder=embedder)
        assert report.skipped == ()
        assistant = Assistant(index=Path(place, "index"), embedder=embedder)
        found = assistant.mentions(WORD)
        assert set(found.sources) == set(files)
        for article in found.articles:
            text = assistant.document(article.source).text
            for sentence in article.sentences:
                assert text[sentence.start : sentence.end] == sentence.quote
                assert WORD in sentence.quote.lower().replace("\u00ad", "")
        assert assistant.document("a.txt").text.encode() == files["a.txt"]
