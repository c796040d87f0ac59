"""What of a sentence is worth saying: the clause that answers, without what hangs on before and after it.

Only whole parts that a comma, dash or semicolon sets off go, and only such as leave a sentence behind, so that what
stays is the article's English. Cutting goes on until nothing can go without taking the answer along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.language.negation import cues
from rag.language.speech import VERBS
from rag.types import Span

_OPENING = re.compile(
    r"^(?:(?:But|And|So|Yet|Now|Then|Also|However|Meanwhile|Moreover|Furthermore|Additionally|Indeed|Instead|Still|Nevertheless|Therefore"
    r"|Thus|In\s+addition|In\s+fact|For\s+example|For\s+instance|As\s+a\s+result|Of\s+course|On\s+the\s+other\s+hand"
    r"|(?:In|On|At|By|After|Before|During|Since|Over|With|As|When|While|Although|Though|Despite|Because|If)\s[^,;:“”\"]{3,90}?),\s+|(?:But|And|So|Yet)\s+)"
)
# A first clause, where the second one answers.
_CLAUSE = re.compile(
    r"^[^“”\"]{12,240}?(?:;\s(?:however,\s)?|,\s(?:but|and|so|yet|while|whereas)\s)"
    r"(?=(?:the|a|an|this|that|these|those|his|her|its|their|he|she|it|they|there|some|many|most|all|no)\s)",
    re.I,
)
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|\s[–—-]\s[^–—“”\"]{3,90}?\s[–—-](?=\s))")
_RELATIVE = re.compile(r",\s(?:which|who|whose|where|when)\s[^,;:“”\"]{3,120},(?=\s)")
_APPOSITION = re.compile(
    r",\s(?:an?|the)\s[^,;:“”\"]{3,80},(?=\s(?:is|are|was|were|has|have|had|said|says|can|could|will|would|did|does)\b)"
)
_TAIL = re.compile(
    r"(?:\s*;\s|\s[–—-]\s|:\s|,\s(?:which|who|whose|where|when|while|whereas|although|though|but|because|as|since|after|before|with|without|including|such\s+as"
    r"|following|despite|making|leading|leaving|causing|allowing|giving|adding|using|having|being|thus|so|rather\s+than|unlike|like|especially"
    r"|particularly|[a-z]{3,}ing|if|unless|until|in|on|at|from|during)\s"
    r"|,\s(?:and|or|yet)\s(?:he|she|it|they|we|there|this|that|these|the|a|an|his|her|its|their|in|is|are|was|were|has|had|have)\s).*$"
)
# Who says what follows ("Police said that …"), and who said what went before ("…, she said", "…, according to her").
_FORETOLD = re.compile(rf"\b(?:{VERBS}|according\s+to)\b", re.I)
_ASCRIBED = re.compile(rf"\baccording\s+to\b|[,”\"]\s+(?:[\w’'-]+\s+){{1,4}}(?:{VERBS})\b|[,”\"]\s+(?:{VERBS})\s", re.I)
# The comma was one of a list: "Since Japanese, American and Swiss firms took part, …".
_LISTED = re.compile(r"[\w-]+(?:\s[\w-]+)?,?\s(?:and|or)\s|[\w-]+(?:\s[\w-]+)?,\s[\w-]+\s(?:and|or)\s")
_AT_FIRST = re.compile(r"(?:In|On|At|By|After|Before|During|Since|Over|With|As|For|From|Under|Among)\s")
_SHORTEST = 5  # words that a sentence keeps
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|should|must|may|might|sa(?:id|ys?)|\w{3,}(?:ed|es)|[a-z]{3,}s"
    r"|became|began|built|came|chose|cut|fell|felt|found|gave|got|grew|held|kept|knew|led|left|lost|made|met|paid|put|ran|rose|saw|sent|set|sold|spent|took|told|went|won|wrote)\b|n['’]t\b"
)


def shorten(sentence: str, kept: Span) -> str:
    """A sentence without what may go, as long as `sentence[kept.start:kept.end]` stays, with a full stop."""
    text, (start, end) = sentence.strip(), (kept.start, kept.end)
    lead = len(sentence) - len(sentence.lstrip())
    start, end = max(0, start - lead), min(len(text), end - lead)
    denials = len(cues(text))
    while cut := next(_cuts(text, start, end, denials), None):
        a, b = cut
        text = text[:a] + text[b:]
        if b <= start:
            start, end = start - (b - a), end - (b - a)
    text = text.strip().rstrip(",;: –—-")
    if not text.endswith((".", "!", "?", "”", '"')):
        text += "."
    return text[0].upper() + text[1:]


def _cuts(text: str, start: int, end: int, denials: int) -> Iterator[tuple[int, int]]:
    """Ranges that can go, the outermost first."""
    for pattern in (_ASIDE, _RELATIVE, _APPOSITION, _CLAUSE, _OPENING, _TAIL):
        for match in pattern.finditer(text):
            a, b = match.span()
            if a < end and start < b:
                # A tail may begin later within the one that is needed.
                if pattern is not _TAIL or not (later := _TAIL.search(text, max(end, a + 1))):
                    continue
                a, b = later.span()
            if pattern is _RELATIVE and _AT_FIRST.match(text) and not _VERB.search(text[:a]):
                b -= 1  # "In old mills, which are few, …" keeps the comma of its opening
            if (_FORETOLD if b <= start else _ASCRIBED).search(text[a:b]):
                continue  # what somebody said would be told as a fact
            rest = text[:a] + text[b:]
            if pattern is _OPENING and not _is_clause(rest[a:]):
                continue
            if a and text[a - 1 : a].isalnum() and text[b : b + 1].isalnum():
                continue  # nothing would be left between two words
            if _stands(rest, text) and len(cues(rest)) == denials:
                yield a, b


def _is_clause(rest: str) -> bool:
    """Whether what followed a comma is the sentence itself, not the rest of a date, a title or a list."""
    first = rest.split(",", 1)[0]
    return not rest[:1].isdigit() and not _LISTED.match(rest) and _VERB.search(first) is not None


def _stands(rest: str, before: str) -> bool:
    """Whether what is left is still a sentence, and every quotation and bracket is closed."""
    balanced = all(rest.count(o) == rest.count(c) for o, c in ("“”", "()", "[]")) and rest.count('"') % 2 == 0
    halved = any(before.count(dash) > 1 and rest.count(dash) == 1 for dash in (" – ", " — ", " - ", " -- "))
    return (
        balanced and not halved and len(rest.split()) >= _SHORTEST and _VERB.search(rest) is not None and rest != before
    )
