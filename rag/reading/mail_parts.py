"""The parts of a mail (RFC 2045 to 2049): which of them are its text, in the order in which its window shows them."""

from __future__ import annotations

import base64
import email
import email.policy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.message import Message

from rag.errors import ArticleUnreadable
from rag.language.words import words
from rag.reading.content import tidy
from rag.reading.encoding import decode_or_guess
from rag.reading.html import decode_markup
from rag.reading.replies import unwrapped
from rag.reading.shown import blocks, parsed
from rag.types import Note

_TEXTS = ("text/plain", "text/html", "text/markdown", "text/x-markdown")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
PEOPLE = ("From", "To", "Cc")  # of a mail: who wrote it, and to whom
_LONGEST = 10_000  # characters of a line of the head
_HEADERS = (*PEOPLE, "Date", "Subject")  # of a mail inside another
_MAIL = ".eml"
_DEPTH = 20  # of parts within parts; none that a person sends is deeper
_SAME = 0.8  # of a paragraph's words must stand in the other version of a text, if that holds it


@dataclass(frozen=True)
class Parts:
    """What a mail holds: texts in their order, remarks on them, and the names of what is not read."""

    texts: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def said(self) -> list[str]:
        """The words of the texts."""
        return [word.lower for text in self.texts for word in words(text)]


def parts(part: Message, depth: int = 0) -> Parts:
    """What a part of a mail holds, with all within it."""
    kind = part.get_content_type()
    inner = part.get_payload() if part.is_multipart() else []
    children = [child for child in inner if isinstance(child, Message)] if isinstance(inner, list) else []
    if depth > _DEPTH:
        return Parts(unread=("parts nested too deeply",))
    attached = _attached_mail(part, children)
    if attached is not None:
        return _joined([_headers(attached), parts(attached, depth + 1)])
    if children and part.get_content_maintype() == "message":
        return _joined([_headers(children[0]), *(parts(child, depth + 1) for child in children)])
    if children:
        read = [parts(child, depth + 1) for child in children]
        if kind == "multipart/alternative":
            return _richest(read)
        return _rooted(part, children, read) if kind == "multipart/related" else _joined(read)
    is_broken = part.get_content_maintype() == "multipart"  # its boundary never comes
    if is_broken or kind in _TEXTS and part.get_content_disposition() != "attachment":
        return _text(part)
    if kind in _SIGNATURES:
        return Parts()
    return Parts(unread=(tidy(part.get_filename(), 80) or "without a name",))


def _attached_mail(part: Message, children: list[Message]) -> Message | None:
    """A mail that is attached as a file, or packed as only files may be; None if a part is no such thing."""
    is_packed = bool(children) and part.get_content_type() == "message/rfc822" and not children[0].keys()
    if is_packed:
        raw = _unpacked(str(children[0].get_payload()))
    elif not children and str(part.get_filename() or "").lower().endswith(_MAIL):
        payload = part.get_payload(decode=True)
        raw = payload if isinstance(payload, bytes) else b""
    else:
        return None
    found = email.message_from_bytes(raw, policy=email.policy.default)
    return found if any(found.get(name) for name in _HEADERS) else None


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        return b""


def _joined(read: Iterable[Parts]) -> Parts:
    found = list(read)
    return Parts(
        tuple(text for p in found for text in p.texts),
        tuple(dict.fromkeys(note for p in found for note in p.notes)),
        tuple(name for p in found for name in p.unread),
    )


def _headers(message: Message) -> Parts:
    """Who wrote a forwarded mail, to whom, when and on what, above its text."""
    lines = head(message, _HEADERS)
    return Parts((lines,) if lines else ())


def head(message: Message, names: Sequence[str]) -> str:
    """These lines of a mail's head, as far as it has them."""
    found = ((name, tidy(message.get(name), _LONGEST)) for name in names)
    return "\n".join(f"{name}: {line}" for name, line in found if line)


def _richest(versions: list[Parts]) -> Parts:
    """One version of a text: the plainest that leaves nothing out that another has; else the fullest.

    Some mails' plain version only says that the mail can't be shown, and some programs put what follows an attachment
    into the other version alone.
    """
    with_text = [v for v in versions if v.said]
    if not with_text:
        return _joined(versions)
    whole = (v for v in with_text if all(_holds(v, other) for other in with_text if other is not v))
    chosen = next(whole, None) or _fuller(with_text)
    unread = dict.fromkeys(name for v in versions for name in v.unread)
    return Parts(chosen.texts, chosen.notes, tuple(unread))


def _fuller(versions: list[Parts]) -> Parts:
    """The last, as the standard has it, unless an earlier one says more than twice as much."""
    best = versions[-1]
    for version in reversed(versions[:-1]):
        if len(version.said) > 2 * len(best.said):
            best = version
    return best


def _holds(version: Parts, other: Parts) -> bool:
    """Whether a version has every paragraph of another, by its words."""
    own = set(version.said)
    for text in other.texts:
        for paragraph in text.split("\n\n"):
            found = [word.lower for word in words(paragraph)]
            if len(found) > 1 and sum(word in own for word in found) < _SAME * len(found):
                return False
    return True


def _rooted(part: Message, children: list[Message], read: list[Parts]) -> Parts:
    """A page with what belongs to it: pictures that it shows are part of its looks, all else is attached."""
    start = part.get_param("start")
    root = next((i for i, c in enumerate(children) if start and c.get("Content-ID") == start), 0)
    if not read[root].said:
        return _joined(read)
    others = [
        Parts(unread=found.unread or (("another page",) if found.texts else ()))
        for i, (child, found) in enumerate(zip(children, read, strict=True))
        if i != root and not (child.get_content_maintype() == "image" and child.get("Content-ID"))
    ]
    return _joined([read[root], *others])


def _text(part: Message) -> Parts:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(part.preamble or "").encode("utf-8", "surrogateescape")
    if not raw.strip():
        return Parts()
    said = part.get_content_charset()
    try:
        if part.get_content_type() == "text/html":
            markup, notes = decode_markup(raw, said)
            return Parts((blocks(parsed(markup)),) if markup.strip() else (), notes)
        text, notes = decode_or_guess(raw, said or "utf-8")
    except ArticleUnreadable as problem:
        return Parts(notes=(Note(f"A part of it was not read. {problem.problem}", gap=True),))
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    joins = str(part.get_param("delsp") or "").lower() == "yes"
    return Parts((unwrapped(text.replace("\r\n", "\n"), flowed=flowed, joins=joins),), notes)
