"""What kind of document a text is, by the words of its head, its blocks and its file's format; "document" when unsure.

Precision goes before recall: a word counts where a document names itself, and a form where all of it shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.text.blocks import Block, Kind
from rag.text.head import Head
from rag.text.marks import ASKS
from rag.text.titles import RELEASES
from rag.types import Span

DOCUMENT = "document"
_FORMATS = {
    **dict.fromkeys((".csv", ".tsv", ".xlsx", ".xlsm", ".ods"), "table"),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".odp"), "slides"),
    **dict.fromkeys((".srt", ".vtt"), "transcript"),
    ".eml": "mail",
}
_POLICIES = (
    "volunteer|privacy|retention|data|travel|expenses?|gifts?|hospitality|security|leave|complaints?|safeguarding|health"
    "|safety|refunds?|returns?|cookies?|conduct|equality|environmental|procurement|working|media|attendance|insurance"
)
# What a document calls itself in a line of its head: a label, or the end of a title. The first that is found counts.
_DASH = "[–—:(|/-]"
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, *patterns in (
        (
            "press release",
            r"^(?:press|news|media) release\b",
            r"^for immediate (?:use|release)\b",
            rf"^(?:{RELEASES})\b",
        ),
        ("memo", rf"^memo(?:randum)?(?:$| (?:no\b|to\b|nr\b|\d)| ?{_DASH})"),
        ("minutes", rf"(?:^|{_DASH} |\b(?:draft|approved) )minutes(?:$| of (?:the|a|our|meeting)\b| no\b| ?{_DASH})"),
        ("minutes", r"^(?:protokoll der|procès-verbal|verbale|acta de|notulen)\b", r"\bmeeting minutes\b"),
        (
            "contract",
            rf"^(?:\w+ ){{0,3}}(?:agreement|contract)(?:$| for\b| ?{_DASH})",
            r"^memorandum of agreement\b",
            r"^(?:lease|tenancy)(?:$| (?:of|for)\b)",
        ),
        ("contract", rf"(?:^|{_DASH} )terms (?:of|for|and)\b", r"\bterms (?:and|&) conditions$"),
        ("interview", rf"^interview(?:$| with\b| ?{_DASH})", r"^interview(?:ee|er):"),
        ("transcript", r"\btranscript\b", r"\bverbatim\b", r"\bshorthand record\b"),
        (
            "FAQ",
            r"\bfaqs?\b",
            r"\bfrequently asked\b",
            r"\bquestions and answers\b",
            r"\bwhat people ask\b",
            r"\byour questions\b",
        ),
        (
            "speech",
            r"^(?:speech|words spoken|remarks|address|lecture) (?:by|of|at|given)\b",
            rf"^speech(?:$| ?{_DASH})",
        ),
        ("speech", r"\bas delivered\b", r"\bcheck against delivery\b"),
        ("timeline", rf"(?:^|{_DASH} )(?:(?:a|working) )?(?:timeline|chronology)\b", r"\bwhat happened when\b"),
        ("log", r"\bchangelog\b", r"\b(?:handover|ops|operations|duty|shift|action|incident) log\b", r"\blogbook\b"),
        ("manual", r"\b(?:quick|user|owner|service|operating|instruction) manual\b", r"\buser['’]?s? guide\b"),
        ("manual", r"\b(?:operating instructions|start-up guide)\b"),
        ("invoice", r"^(?:invoice|rechnung|facture|factura|fattura)(?:$| (?:no\b|nr\b|#|\d))"),
        ("recipe", r"^recipe(?:$|:| for\b)", r"\brecipe card\b"),
        ("notes", r"\b(?:field|research|travel|trip|phone|lecture|rough|reading) notes\b", r", notebook(?: \d+)?$"),
        ("notes", r"^(?:\w+ )?notes (?:of|from|on)\b"),
        ("diary", r"^(?:\w+ )?diary(?:$| of\b|,| \d{4})"),
        (
            "policy",
            rf"\b(?:{_POLICIES})\b[\w ,&]* policy(?:$| ?{_DASH})",
            rf"\b(?:{_POLICIES}) policy(?:$| ?{_DASH})",
            "^policy wording",
        ),
        (
            "report",
            r"\b(?:final|annual|audit|inspection|progress|interim|incident) report\b",
            r"^report (?:on|of|to|by)\b",
        ),
        ("report", rf"^post-mortem(?:$| ?{_DASH})", r"^(?:building )?survey:", rf"{_DASH} report$"),
        ("notice", r"^(?:public |legal )?notice (?:of|to)\b", r"\bprivacy notice\b", r"^notice$"),
        (
            "review",
            "★",
            r"^(?:review|tested):",
            r"\breview: ",
            r"\b\d(?:\.\d)? out of (?:5|10)\b",
            r"\b\d\.\d (?:of|/) (?:5|10)\b",
        ),
        ("obituary", r"^obituary\b", r"^born\b.*\bdied\b"),
    )
    for pattern in patterns
)
_TITLED = ("policy", "manual", "notes", "diary", "report", "log", "timeline", "FAQ")  # … only in the first lines
_CHAT = re.compile(
    r"^[ \t]{0,8}\[?(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? )?\d{1,2}[:.]\d\d(?::\d\d)?\]?[ -]{1,4}[\w.@’'+ -]{1,30}:[ ]\S",
    re.M,
)
_MAIL = (frozenset(("from", "subject")), frozenset(("von", "betreff")), frozenset(("de", "objet")))
_PRESENT = frozenset(("present", "apologies", "in attendance", "attending", "there", "not there", "absent"))
_TAKEN = re.compile(r"\bminutes(?: taken)?(?: by)?:[*_ ]{1,4}[^\W\d_]", re.I)
_DEAR = re.compile(r"(?:my )?dear\b|sirs?\b", re.I)
_FIRST = 6  # lines of a head that say what a document is
_READ = 30_000  # characters whose form is looked at
_SHARE = 0.6  # of the blocks that are turns
_ASKED = 0.2  # … that are questions
_OPENING = 600  # characters in which an interview says who is asked
_TALKS = re.compile(
    r"\b(?:sp(?:oke|eaks) (?:to|with)|talk(?:s|ed)? (?:to|with)|interview|in conversation with|questions to)\b",
    re.I,
)
_CLOSING = re.compile(
    r"^(?:yours? (?:\w+ )?(?:sincerely|faithfully|truly)|(?:kind|best|warm) regards|mit freundlichen|with love)\b",
    re.I | re.M,
)


def kind_of(text: str, head: Head, blocks: Sequence[Block], suffix: str, *, dateline: bool) -> tuple[str, Span | None]:
    """The kind of a document, and where it says so if it does.

    Args:
        text: the document's.
        head: its head.
        blocks: what it is made of.
        suffix: of its file, in lower case.
        dateline: whether it begins with a place and a date, as news do.
    """
    if suffix in _FORMATS:
        return _FORMATS[suffix], None
    if len(_CHAT.findall(text[:_READ])) >= 5:
        return "chat", None
    mail = next((line for line in head.lines if any(keys <= head.keys for keys in _MAIL) and line.key), None)
    if mail:
        return "mail", mail.span
    if found := _named(head):
        return found
    if len(head.keys & _PRESENT) > 1:
        return "minutes", next(line.span for line in head.lines if line.key in _PRESENT)
    if head.salutation and (_closes(text) or _DEAR.match(text, head.salutation.start)):
        return "letter", head.salutation
    return _by_form(text, blocks) or ("article" if dateline else DOCUMENT), None


def _named(head: Head) -> tuple[str, Span] | None:
    lines = [line for line in head.lines if line.key not in ("subject", "re")][:_FIRST]
    for kind, pattern in _WORDS:
        for number, line in enumerate(lines):
            if kind in _TITLED and number > 1 and not line.heading:
                continue
            if pattern.search(line.text):
                return kind, line.span
    taken = next((line for line in head.lines if _TAKEN.search(line.text)), None)
    return ("minutes", taken.span) if taken else None


def _closes(text: str) -> bool:
    """Whether a letter's formula stands near its end."""
    return _CLOSING.search(text[-900:]) is not None


def _by_form(text: str, blocks: Sequence[Block]) -> str | None:
    """By what the text is made of: turns, questions, rows."""
    kinds = Counter(block.kind for block in blocks)
    total = sum(kinds.values()) or 1
    labels = {block.label for block in blocks if block.kind is Kind.TURN}
    if kinds[Kind.TURN] >= 6 and kinds[Kind.TURN] > _SHARE * total and labels:
        return "interview" if _asks_and_answers(text, blocks) else "transcript"
    if kinds[Kind.ASKED] >= 4 and kinds[Kind.ASKED] > _ASKED * total and _TALKS.search(text[:_OPENING]):
        return "interview"
    rows = kinds[Kind.ROW] + kinds[Kind.HEAD]
    return "table" if rows >= 4 and rows > 0.9 * total else None


def _asks_and_answers(text: str, blocks: Sequence[Block]) -> bool:
    """Whether turns are marked Q and A."""
    names = {text[b.label.start : b.label.end].lower() for b in blocks if b.label}
    return bool(names & ASKS)
