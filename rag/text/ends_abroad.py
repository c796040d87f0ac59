"""Where sentences end, and where they don't, in other languages than English.

The rules look at signs that English doesn't have, so that they need not be told a text's language: full stops of
Chinese and Japanese, German ordinals after an article ("am 12. April"), abbreviations that are no English words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_STOP = re.compile("[。！？｡]+[」』”’）)】》]*")
_GOES_ON = re.compile("\\s*(?:と|って|という|などと|、|，|・|的)")  # 「…。」と: what is said belongs to who says it
_CLOSERS = frozenset("」』”’）)】》")
_ORDINAL = re.compile(
    r"\b(?:[Aa]m|[Vv]om|[Zz]um|[Zz]ur|[Bb]eim|[Ii]m|[Aa]b|[Bb]is|[Dd]e[rmns]|[Dd]ie|[Dd]as|[Ss]eit|[Ee]ine[rmn]?|[Uu]nd"
    r"|[Mm]ontag|[Dd]ienstag|[Mm]ittwoch|[Dd]onnerstag|[Ff]reitag|[Ss]amstag|[Ss]onntag),?\s\d{1,3}\.$"
)
_ABBREVIATIONS = frozenset(
    """bspw. bzw. ca. dgl. dipl. evtl. ggf. hrsg. inkl. jh. mio. mrd. nr. sog. str. usf. vgl. zzgl.
    mme. mlle. mlles. mmes. tél. aprox. avda. d.ª dña. dra. ej. excmo. ilmo. máx. mín. núm. pág. págs.
    sra. sras. srta. dott. dott.ssa dr.ssa egr. escl. pagg. prof.ssa sig. sig.na sig.ra sigg. spett.
    blz. bijv. dhr. drs. evt. mevr. nº. srs. exma. exmo.""".split()
)
_LAST = 16  # characters that are looked at
_OPENERS = "(\"'“„«‚‘["


def goes_on(before: str) -> bool:
    """Whether a sentence can't end where a text does: after an ordinal's or an abbreviation's full stop."""
    if not before.endswith((".", "ssa", "na", "ra", "ª")):
        return False
    last = before[-_LAST:]
    word = last.split()[-1].lstrip(_OPENERS).lower() if last.split() else ""
    return word in _ABBREVIATIONS or _ORDINAL.search(last) is not None


def stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span cut after full stops that no blank follows.

    Args:
        text: whatever it stands in.
        start: of the span.
        end: of the span.
    """
    for match in _STOP.finditer(text, start, end):
        closed = text[match.end() - 1] in _CLOSERS
        if match.end() < end and not (closed and _GOES_ON.match(text, match.end(), end)):
            yield start, match.end()
            start = match.end()
    yield start, end
