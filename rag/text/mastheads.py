"""The name of a newspaper or a magazine above an article: who publishes it, and not what the article is called."""

from __future__ import annotations

import re

from rag.text.head import Head, Line

# Words that nothing but a paper is called by, and words that need an article or "Daily" before them.
_PAPERS = (
    "gazette|herald|tribune|courier|chronicle|telegraph|advertiser|argus|examiner|messenger|sentinel|zeitung|tageblatt"
    "|anzeiger|kurier|rundschau|allgemeine|wochenblatt|morgenpost|abendpost|gazeta|krant|dagblad|courant|courrier|dépêche"
    "|diario|gaceta|periódico|corriere|gazzetta|giornale|diário|jornal|correio|folha|dispatch|enquirer|newspaper"
)
_OTHERS = (
    "times|news|post|mail|echo|star|sun|mirror|globe|journal|observer|standard|mercury|express|independent|guardian"
    "|bulletin|review|press|record|recorder|reporter|weekly|monitor|inquirer|bote|nachrichten|figaro|monde|stampa"
    "|repubblica|país|mundo|público|volkskrant|telegraaf"
)
_BEFORE = r"the|daily|weekly|sunday|evening|morning|die|der|das|le|la|les|el|il|lo|o|a|de|het|neue|neuer"
_PLACE = r"(?:[\w’'.-]{1,20}[ -]){0,4}"
_NAME = re.compile(
    rf"(?:(?:{_BEFORE})[ ]){{0,2}}{_PLACE}(?:{_PAPERS})(?:[ ](?:{_PLACE})?[\w’'.-]{{1,20}}){{0,1}}"
    rf"|(?:{_BEFORE})[ ]{_PLACE}(?:{_OTHERS})",
    re.I,
)
_SMALL = frozenset("of and the di da de do la le les des del della dei der die das van het für und et y e i".split())
_MOST_WORDS = 6
_LINES = 3  # of a head, among which a masthead stands
_HEADLINE_WORDS = 3  # at least, of what stands below one


def masthead_at(head: Head, titles: list[Line]) -> Line | None:
    """The line that names the paper; None where none does, or where nothing follows that may be the article's title.

    Args:
        head: the document's.
        titles: those of its lines that may be titles.
    """
    for line in titles[:_LINES]:
        below = [other for other in titles[titles.index(line) + 1 :] if other.gap or other.heading]
        if line in head.lines[:_LINES] and is_masthead(line.text) and line.after:
            return line if below and len(below[0].text.split()) >= _HEADLINE_WORDS else None
    return None


def is_masthead(shown: str) -> bool:
    """Whether a line is nothing but the name of a paper: "THE MARLOW GAZETTE", "Neue Altenrieder Zeitung"."""
    words = shown.split()
    capital = all(word.removeprefix("l'").removeprefix("l’")[:1].isupper() or word.lower() in _SMALL for word in words)
    return len(words) <= _MOST_WORDS and capital and _NAME.fullmatch(shown) is not None
