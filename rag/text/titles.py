"""What a document calls itself: its subject, its heading, or the line that stands alone at its head.

A label ("Press release"), a letterhead's address, a date, a page's number and a remark in brackets are no titles.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.text.dates import days
from rag.text.head import Head, Line
from rag.text.marks import is_capitals
from rag.text.mastheads import masthead_at
from rag.text.shape import is_finished
from rag.types import Span

LONGEST = 160  # characters
_MOST_WORDS = 24
_SUBJECT = ("subject", "re", "betreff", "objet", "asunto", "oggetto", "onderwerp", "assunto")
_SENDER = frozenset(("from", "to", "von", "an", "de", "à", "da", "van", "aan", "para", "cc", "copy", "sent", "date"))
RELEASES = "pressemitteilung|communiqué de presse|comunicado de prensa|comunicato stampa|persbericht"
_LABEL = re.compile(
    rf"(?:(?:press|news|media)[ ]release|{RELEASES}"
    r"|(?:for|not for)[ ](?:immediate[ ])?(?:use|release|publication)|embargo(?:ed)?\b.{0,80}"
    r"|memo(?:randum)?(?:[ ](?:no\.?|number|nr\.?)?[ ]?[\w./-]{0,12}\d)?|memo[ ]to[ ].{1,60}|minutes|agenda|letters?"
    r"|(?:your[ ])?letters?(?:[ ]to[ ]the[ ]editors?)?(?:,.{0,60})?|notice|invoice(?:[ ]no.{0,20})?|report"
    r"|abstract|draft|confidential|restricted|private|internal|public|final|copy|extract|interview|transcript|article"
    r"|opinion|notes?"
    r"|page[ ]\d{1,4}(?:[ ]of[ ]\d{1,4})?|\d{1,4})",
    re.I,
)
_PARTS = re.compile(r"[ \t][-–—/·|]{1,3}[ \t]")
_NAMED = re.compile(
    r"(?:(?:draft|approved|confirmed|unconfirmed|final)[ ])?(?:minutes|notes|records?|reports?|summary"
    r"|transcript|agenda)"
    r"[ ](?:of|on|for|from|to)\b",
    re.I,
)
_TO = re.compile(r"(?:to|an|att(?:n|ention)?)\b:?[ ]|(?:by|from|written by|von)[ ][A-Z]", re.I)
_POST = re.compile(
    r"\d{1,5}[a-z]?,?[ ](?:[A-Z][\w’'-]+[ ]?){1,4},?|.{0,60}\b[A-Z]{1,2}\d{1,2}[A-Z]?[ ]\d[A-Z]{2}", re.S
)
_PRICE = re.compile(r"[\d.,:/ %€£$+()-]+")
_RELEASE = re.compile(
    rf"(?:{RELEASES})\b"
    r"|(?:press|news|media) release\b|for immediate (?:use|release)\b|memo(?:randum)?\b(?! of)",
    re.I,
)
_GO_ON = Span(-1, -1)  # a letter that is headed like other documents
_NO_DAY = re.compile(  # what else stands in a line that is a day
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|[\s,.()]+",
    re.I,
)
_UNENDED = re.compile(r"[.;:,][\"”’'*_]{0,4}$")
_PAPER = re.compile(
    r"\b(?:pages?|pp?\.|vol(?:ume)?\.?|issue|no\.|paper|series|number)[ ]?\d|^(?:published|posted|printed"
    r"|updated|proceedings)\b",
    re.I,
)  # a journal's or a newspaper's own head


def title_at(text: str, head: Head) -> Span | None:
    """Where the title stands; None if the document gives itself none."""
    lines, paper = _lines(head), outlet_at(head)
    if paper:
        below = [line for line in lines if line.span.start > paper.start]
        lines = [line for line in below if not days(line.text) and not _PAPER.search(line.text)] or below
    said = head.field("title", "titel", "titre", "titolo", "título") if head.matter else None
    if said and said in head.matter:
        return said.value
    subject = head.field(*_SUBJECT)
    if subject and (subject.key != "subject" or head.keys & _SENDER):
        return _fitting(text, subject.value)
    release = [n for n, line in enumerate(head.lines) if _RELEASE.match(line.text)]
    marked = next((n for n in head.lines if n.heading and not _is_label(n.text) and n.span != paper), None)
    if marked and not any(
        is_finished(line.text) and not line.strong for line in head.lines[: head.lines.index(marked)]
    ):
        return _fitting(text, marked.span)
    if head.salutation and not release and (of_letter := _of_letter(text, head, lines)) is not _GO_ON:
        return of_letter
    if not lines or not _is_set_off(text, head, lines[0]):
        return None
    below = [line for line in lines if release and head.lines.index(line) > release[0] and line.gap]
    if below:
        return _fitting(text, below[0].span)
    named = next((line for line in lines[1:5] if _NAMED.match(line.text)), None)
    return _fitting(text, (named or _not_a_paper(lines)).span)


def outlet_at(head: Head) -> Span | None:
    """Where the name of the newspaper stands that an article is from, above its title."""
    line = masthead_at(head, _lines(head))
    return line.span if line else None


def _lines(head: Head) -> list[Line]:
    """Those of a head's lines that may be titles."""
    return [line for line in head.lines if _may_be(line) or line is head.lines[0] and _may_be(replace(line, key=""))]


def _fitting(text: str, span: Span | None) -> Span | None:
    if span is None or span.end - span.start > LONGEST:
        return None
    bare = text[span.start : span.end].rstrip(" \t*_")
    return Span(span.start, span.start + len(bare)) if any(c.isalnum() for c in bare) else None


def _is_label(shown: str) -> bool:
    """Whether a line is made of labels alone: "PRESS RELEASE – for immediate use"."""
    return all(_LABEL.fullmatch(part.strip(" .:!")) for part in _PARTS.split(shown))


def _may_be(line: Line) -> bool:
    shown = line.text
    plain = shown.lstrip("\"“‘'«„¿¡")
    if line.key or not plain or len(shown) > LONGEST or len(shown.split()) > _MOST_WORDS:
        return False
    if shown[0] in "[(" or _is_label(shown) or _TO.match(shown) or _POST.fullmatch(shown) or _PRICE.fullmatch(shown):
        return False
    if not (plain[0].isupper() or plain[0] == "#" or plain[0].isdigit() and is_capitals(shown)):
        return False
    if any(not _NO_DAY.sub("", shown[: day.span.start] + shown[day.span.end :]) for day in days(shown)):
        return False
    return not _UNENDED.search(shown[-6:]) and sum(c.isalpha() for c in shown) > 2


def _is_set_off(text: str, head: Head, line: Line) -> bool:
    """Whether a line stands above the text rather than in it: capitals, bold, or a blank line after its block."""
    if not line.gap and not line.strong:
        return False
    if head.body >= len(text.rstrip()):  # nothing follows: all there is are short lines
        return line.after and line.span.end < len(text.rstrip()) and len(line.text.split()) > 1
    if is_capitals(line.text) or line.strong:
        return True
    if len(line.text.split()) < 2:
        return False
    block = head.lines[head.lines.index(line) :]
    ends = next((number for number, each in enumerate(block, start=1) if each.after), 0)
    return 0 < ends <= 5


def _of_letter(text: str, head: Head, lines: list[Line]) -> Span | None:
    """What a letter is headed with, as newspapers do: the line between the letterhead and "Sir,"."""
    alone = [line for line in lines if line.gap and line.after and not line.text.isupper() or line.heading]
    alone = [line for line in alone if line is not head.lines[0] and "," not in line.text]
    if alone and head.lines[-1] is alone[-1]:
        return _fitting(text, alone[-1].span)
    return None if any(map(_is_letterhead, head.lines)) else _GO_ON


def _is_letterhead(line: Line) -> bool:
    """Whether a line is an address, a number to ring, or nothing but a date."""
    shown = line.text
    alone = any(day.span.end - day.span.start > len(shown) - 14 for day in days(shown))
    return alone or _POST.fullmatch(shown) is not None or "@" in shown or shown.lower().startswith(("tel", "to the "))


def _not_a_paper(lines: list[Line]) -> Line:
    """The first line, or the one below it where that is a newspaper's or a journal's head."""
    if len(lines) > 1 and _PAPER.search(lines[0].text) and lines[0].after and lines[1].gap and lines[1].after:
        return lines[1]
    return lines[0]
