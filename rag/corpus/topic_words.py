"""Which words of a sentence can be what a document is about: none of a mail's head, greeting or name beneath, no days.

Everything here is about topics that are suggested; what is searched for, counted or quoted is not narrowed by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.language.words import Word
from rag.text.dates import MONTH_NAMES

_LINE = 400  # characters of a line that can be a field, a greeting or a name
# Who and when, not what: of mails, memos and minutes. A subject line is left in.
_FIELD = re.compile(
    r"[>*_# \t]{0,8}(?:from|to|cc|bcc|date|sent|received|reply-to|sender|recipients?|attendees|present|in[ ]attendance"
    r"|apologies|distribution|copies(?:[ ]to)?|von|an|datum|gesendet|de|à|envoyé|fecha|para|da|data|inviato|van|aan"
    r"|verzonden|enviado)[*_]{0,2}[ \t]{0,4}:",
    re.I,
)
_WROTE = re.compile(
    r"[>* \t]{0,8}(?:-{2,}|(?:on|am|le|el|il|op)[ ].{4,200}[ ](?:wrote|schrieb|écrit|escribió|scritto|schreef)[ ]?:)",
    re.I,
)
_GREETING = re.compile(
    r"[>* \t]{0,8}(?:my[ ])?(?:dear(?:est)?|hi|hello|hallo|good[ ](?:morning|afternoon|evening)|sehr[ ]geehrte[rs]?"
    r"|liebe[rs]?|cher|chère|bonjour|estimad[oa]s?|querid[oa]|hola|gentile|caro|cara|geachte|beste|prezad[oa])\b",
    re.I,
)
_CLOSING = re.compile(
    r"[>* \t]{0,8}(?:(?:(?:kind|best|warm|many|with)[ ]){0,3}(?:regards|wishes|thanks)"
    r"|yours(?:[ ](?:sincerely|faithfully|truly|ever))?|sincerely|cheers|thanks|thank[ ]you|best|love"
    r"|mit[ ](?:freundlichen|besten)[ ]grüßen|(?:viele|liebe|herzliche)[ ]grüße|cordialement|atentamente|saludos"
    r"|cordiali[ ]saluti|met[ ]vriendelijke[ ]groet)[ ]?[,.!–-]?",
    re.I,
)
_GREETED = 8  # words of a line that is no more than a greeting
_BENEATH = 4  # lines beneath a closing: who it is, and where to be found
_CALENDAR = frozenset(
    f"""{" ".join(MONTH_NAMES)} mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday
    saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi
    samedi dimanche lunes martes miércoles jueves viernes sábado domingo spring summer autumn winter gmt utc bst cet est
    today tomorrow yesterday""".split()
)
# Words that are written with a capital for what they are in a document, not for whom or what they name.
_PARTS = frozenset(
    """chair chairman chairwoman chairperson chancellor general councillor cllr judge justice sergeant inspector
    constable captain colonel major governor mayor senator ambassador director secretary treasurer manager officer clerk
    editor coach reverend rev bishop commissioner chief mother father sister brother board committee council court
    company department ministry parliament government agreement minutes agenda item annex appendix schedule section
    clause article table figure page note part chapter version paragraph question answer reply subject attachment draft
    final report letter memo email mail phone tel fax office ltd plc inc gmbh sir madam""".split()
)
_EDGES = re.compile(r"[> *_#\t-]*")
_TO_NUMBER = re.compile(r"[ \u00a0.\-/]{0,3}\d")
_FROM_NUMBER = re.compile(r"\d[ \u00a0.\-/]{0,3}$")


def telling(sentences: Sequence[str]) -> Iterator[str]:
    """Of a document's sentences what can say what it is about, in order.

    Args:
        sentences: all of them, in order.
    """
    beneath = 0
    for text in sentences:
        lines = text.splitlines() if _FIELD.match(text) else [text]
        for line in lines:
            short = line[:_LINE]
            if _CLOSING.fullmatch(short.strip()):
                beneath = _BENEATH
                continue
            words = short.split()
            if beneath and len(words) <= _GREETED and not short.rstrip().endswith((".", "!", "?")):
                beneath -= 1
                continue
            beneath = 0
            greeted = len(words) <= _GREETED and _GREETING.match(short)
            if not (greeted or _FIELD.match(short) or _WROTE.match(short)):
                yield line


def can_be_topic(run: Sequence[Word], text: str) -> bool:
    """Whether names in a row can be a topic where they stand.

    Not a day, a unit or a number's label ("14 Nov", "EUR 200", "Table 3"), not who speaks ("CHAIR: …"), not a letter.
    """
    first, last = run[0], run[-1]
    start, end = first.start, last.start + len(last.lower)
    if all(w.lower in _CALENDAR for w in run):
        return False
    if _EDGES.fullmatch(text, 0, start) and text[end : end + 3].lstrip("*_")[:1] == ":":
        return False
    if len(run) > 1:
        return not all(w.surface.isupper() for w in run) and not any(
            "’" in w.surface or "'" in w.surface for w in run[:1]
        )
    if len(first.lower) < 3 or first.lower in _PARTS:
        return False
    return not (_TO_NUMBER.match(text, end) or _FROM_NUMBER.search(text[max(0, start - 5) : start]))
