"""Mails as programs make them: alternatives, mixed parts, mails within mails, flowed text, wrong charsets."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ArticleUnreadable
from rag.reading.mail import read_mail
from rag.reading.replies import unwrapped

NEWS = "<h1>Ferry</h1><p>The ferry to Tarnholm will stop in May.</p><p>Ida Brandt gave 12 reasons for it.</p>"
PLAIN = "Ferry\n\nThe ferry to Tarnholm will stop in May.\n\nIda Brandt gave 12 reasons for it."


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {"From": "The Letter <a@b.example>", "Subject": "Ferry", **headers}.items():
        message[name] = value
    return message


def text(message: EmailMessage | bytes) -> str:
    return read_mail(message if isinstance(message, bytes) else message.as_bytes()).text


def notes(message: EmailMessage) -> list[str]:
    return [note.text for note in read_mail(message.as_bytes()).notes]


def alternative(plain: str, page: str) -> EmailMessage:
    message = mail()
    message.set_content(plain)
    message.add_alternative(page, subtype="html")
    return message


@pytest.mark.parametrize(
    "stub",
    [
        "Please open this message in a browser: https://x.example/1",
        "Your reader can’t display HTML.",
        "\xa0\u200c",
        "-",
        "Ferry",
    ],
)
def test_a_stub_gives_way_to_the_page(stub):
    assert "12 reasons" in text(alternative(stub, NEWS))


def test_a_plain_version_that_says_all_is_read():
    assert text(alternative(PLAIN, NEWS)).strip() == f"From: The Letter <a@b.example>\n\n{PLAIN}"


def test_a_page_that_says_nothing_gives_way_to_the_plain_version():
    assert "12 reasons" in text(alternative(PLAIN, "<img src='x'><p>Unsubscribe here</p>"))


def test_texts_around_an_attachment_are_read():
    message = mail()
    message.set_content("Before it.")
    message.add_attachment(b"%PDF", "application", "pdf", filename="plan.pdf", disposition="inline")
    part = EmailMessage()
    part.set_content("After it, Ida wrote this.")
    message.attach(part)
    assert text(message) == "Ferry\n\nFrom: The Letter <a@b.example>\n\nBefore it.\n\nAfter it, Ida wrote this."
    assert notes(message) == ["1 attachment was not read: plan.pdf."]


def test_a_forwarded_mail_is_read_with_its_headers():
    inner = mail(Subject="Strike", Date="Mon, 06 May 2024 08:00:00 +0200")
    inner.replace_header("From", "Ida Brandt <ida@b.example>")
    inner.set_content("The crew will strike.")
    message = mail()
    message.set_content("See below.")
    message.add_attachment(inner)
    found = text(message)
    assert "See below." in found and "Subject: Strike" in found and "Ida Brandt" in found
    assert found.endswith("The crew will strike.")


def forwarded() -> EmailMessage:
    inner = mail(Subject="Strike", Date="Mon, 06 May 2024 08:00:00 +0200")
    inner.set_content("The crew will strike.")
    return inner


def test_a_mail_that_is_attached_as_a_file_is_read():
    message = mail()
    message.set_content("See below.")
    message.add_attachment(forwarded().as_bytes(), "application", "octet-stream", filename="Strike.EML")
    message.add_attachment(b"no mail at all", "application", "octet-stream", filename="other.eml")
    found = text(message)
    assert "Subject: Strike" in found and "The crew will strike." in found
    assert notes(message) == ["1 attachment was not read: other.eml."]


def test_a_forwarded_mail_in_base64_is_read():
    import base64

    packed = base64.encodebytes(forwarded().as_bytes())
    head = b'From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="QQ"\n\n--QQ\n'
    part = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + packed + b"\n--QQ--\n"
    found = text(head + b"Content-Type: text/plain\n\nSee below.\n--QQ\n" + part)
    assert "See below." in found and "Subject: Strike" in found and found.endswith("The crew will strike.")


def test_mails_within_mails_end_somewhere():
    inner = forwarded()
    for _ in range(12):
        outer = mail()
        outer.set_content("See below.")
        outer.add_attachment(inner.as_bytes(), "application", "octet-stream", filename="a.eml")
        inner = outer
    assert "nested too deeply" in notes(inner)[0]
    assert "See below." in text(inner)


def test_a_page_with_its_pictures_names_no_attachment():
    message = mail()
    message.set_content(NEWS, subtype="html")
    message.add_related(b"\x89PNG", "image", "png", cid="<logo@x>")
    assert notes(message) == []
    assert "12 reasons" in text(message)
    message.add_attachment(b"x", "text", "csv", filename="crew.csv")
    assert notes(message) == ["1 attachment was not read: crew.csv."]


def test_a_mail_whose_parts_never_begin_is_read():
    head = b'From: a@b.example\nContent-Type: multipart/mixed; boundary="QQ"\n\n'
    assert "The crew will strike." in text(head + b"The crew will strike.\n")


def test_a_mail_of_attachments_names_them():
    message = mail()
    message.add_attachment(b"x", "application", "pkcs7-mime", filename="smime.p7m")
    with pytest.raises(ArticleUnreadable, match=r"no text, only attachments: smime\.p7m"):
        text(message)


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize(
    ("said", "real"),
    [("iso-8859-1", "utf-8"), ("us-ascii", "cp1252"), ("x-unknown", "utf-8"), ("iso-8859-1", "cp1252")],
)
def test_a_wrong_charset_doesnt_garble(kind, said, real):
    words = "The café “Zoë” cost £5."
    head = f'From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/{kind}; charset="{said}"\nContent-Transfer-Encoding: '
    import quopri

    assert words in text(head.encode() + b"8bit\n\n" + words.encode(real))
    assert words in text(head.encode() + b"quoted-printable\n\n" + quopri.encodestring(words.encode(real)))


def test_flowed_text_flows():
    wrapped = "The ferry to Tarnholm will \nstop in May. \n\n> Is it \n> true?\n>> No.\n-- \nIda"
    assert (
        unwrapped(wrapped, flowed=True) == "The ferry to Tarnholm will stop in May. \n> Is it true?\n>> No.\n-- \nIda"
    )
    assert unwrapped("Tarn \nholm", flowed=True, joins=True) == "Tarnholm"


TEXT = st.lists(
    st.sampled_from(["> ", ">", ">> ", "a long line of words that goes on and ", "b", " ", "-- ", "\n", "\n"])
).map("".join)


@given(TEXT, st.booleans(), st.booleans())
def test_unwrapping_loses_no_letter(wrapped, flowed, joins):
    found = unwrapped(wrapped, flowed=flowed, joins=joins)
    assert [c for c in found if c.isalnum()] == [c for c in wrapped if c.isalnum()]


LEAF = st.sampled_from(["plain", "html", "file"]).map(lambda kind: (kind, ()))
PART = st.recursive(
    LEAF,
    lambda part: st.tuples(
        st.sampled_from(["mixed", "alternative", "related"]), st.lists(part, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=30, deadline=None)
@given(PART)
def test_any_tree_of_parts_is_read_or_refused(tree):
    counter = iter(range(1_000))

    def built(node) -> EmailMessage:
        kind, children = node
        part = EmailMessage()
        number = next(counter)
        if kind in ("plain", "html"):
            part.set_content(f"word{number} stands here", subtype=kind)
        elif kind == "file":
            part.set_content(b"x", "application", "pdf", filename=f"f{number}.pdf", disposition="attachment")
        else:
            part["Content-Type"] = f"multipart/{kind}"
            part.set_payload([built(child) for child in children])
        return part

    part = built(tree)
    part["From"] = "a@b.example"
    data = part.as_bytes()
    try:
        found = read_mail(data)
    except ArticleUnreadable:
        assert b"stands here" not in data
        return
    if b"multipart/alternative" not in data and b"multipart/related" not in data:
        assert found.text.count("stands here") == data.count(b"stands here")
