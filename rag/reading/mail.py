"""Mail (`.eml`): its body, with the subject as title and the sender as outlet."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from rag.errors import ArticleUnreadable
from rag.reading.content import Content, headed, tidy
from rag.reading.encoding import decode_or_guess
from rag.reading.html import decode_markup
from rag.reading.shown import blocks, parsed
from rag.types import Note

_CURE = "Save its text as .txt."


def read_mail(data: bytes) -> Content:
    """A mail's body; of its attachments it is said that they were not read.

    Raises:
        ArticleUnreadable: it has no body of text.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise ArticleUnreadable("It is not a mail.", _CURE)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise ArticleUnreadable("The mail has no text.", _CURE)
    text, notes = _text(body)
    if not text.strip() and body.get_content_type() == "text/plain":
        body = message.get_body(preferencelist=("html",))
        text, notes = _text(body) if body is not None else (text, notes)
    title = tidy(message.get("subject"))
    name, address = parseaddr(str(message.get("from", "")))
    return Content(headed(title, text), title, _date(message), tidy(name or address), (*notes, *_attached(message)))


def _text(body: MIMEPart) -> tuple[str, tuple[Note, ...]]:
    payload = body.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    said = body.get_content_charset()
    if body.get_content_type() == "text/html":
        markup, notes = decode_markup(raw, said)
        return blocks(parsed(markup)) if markup.strip() else "", notes
    text, notes = decode_or_guess(raw, said or "utf-8")
    return text.replace("\r\n", "\n"), notes


def _date(message: EmailMessage) -> str | None:
    moment = getattr(message.get("date"), "datetime", None)
    return moment.date().isoformat() if moment else None


def _attached(message: EmailMessage) -> tuple[Note, ...]:
    names = [tidy(part.get_filename(), 80) or "without a name" for part in message.iter_attachments()]
    if not names:
        return ()
    number = "1 attachment was" if len(names) == 1 else f"{len(names):,} attachments were"
    return (Note(f"{number} not read: {', '.join(names[:3])}{' …' if len(names) > 3 else ''}.", gap=True),)
