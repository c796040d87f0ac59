"""Mail (`.eml`): all text that its window shows, who wrote it to whom and when included; its subject is the title."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from email.utils import parseaddr

from rag.errors import ArticleUnreadable
from rag.reading.content import Content, headed, tidy
from rag.reading.mail_parts import PEOPLE, Parts, head, parts
from rag.types import Note

_CURE = "Save its text as .txt."
_NAMED = 3  # attachments that a note names


def read_mail(data: bytes) -> Content:
    """A mail's text; of its attachments it is said that they were not read.

    Raises:
        ArticleUnreadable: it has no body of text.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise ArticleUnreadable("It is not a mail.", _CURE)
    found = parts(message)
    if not any(c.isalnum() for text in found.texts for c in text):
        raise ArticleUnreadable(f"The mail has no text{_only(found)}.", _CURE)
    title = tidy(message.get("subject"))
    name, address = parseaddr(str(message.get("from", "")))
    above = head(message, (*PEOPLE, "Date"))
    text = headed(title, "\n\n".join(text.strip("\n") for text in (above, *found.texts) if text))
    return Content(
        text, title, _date(message), tidy(name or address), (*found.notes, *_unread(found)), tidy(name or address)
    )


def _date(message: EmailMessage) -> str | None:
    moment = getattr(message.get("date"), "datetime", None)
    return moment.date().isoformat() if moment else None


def _only(found: Parts) -> str:
    return f", only attachments: {_names(found)}" if found.unread else ""


def _unread(found: Parts) -> tuple[Note, ...]:
    number = len(found.unread)
    if not number:
        return ()
    told = "1 attachment was" if number == 1 else f"{number:,} attachments were"
    return (Note(f"{told} not read: {_names(found)}.", gap=True),)


def _names(found: Parts) -> str:
    return ", ".join(found.unread[:_NAMED]) + (" …" if len(found.unread) > _NAMED else "")
