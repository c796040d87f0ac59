"""Lines that break off above the clauses that end them: "The tenant shall not" above "5.1 keep a dog".

Such a clause is half a sentence. It says the contrary of what it seems to say alone, so it is read as one sentence with
the line above. A line breaks off where its last word wants a verb: an auxiliary, "not", "agrees to"; an adverb or an
aside between commas may follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.text.marks import ITEM, indent_of, style_of

_LINE = 300  # characters of a line that are looked at, from its end
_NUMBER = re.compile(r"[ \t>]*(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})[.)]?[ \t]+(?=[A-Za-z])")
_ADVERB = r"(?: (?:also|always|only|never|further|therefore|at all times|in addition)){0,2}"
_ASIDE = rf"{_ADVERB}(?:,[^,.;:!?\n]{{1,80}}(?=[,:—–]))?"
_END = r"[ \t]*[,:—–-]{0,2}[ \t*_]{0,6}"
# "may" and "will" in small letters: the month and the name are none; nor is "the will" or "a can".
_VERB = (
    r"(?:(?<!\bthe )(?<!\ba )(?<!\bhis )(?<!\bher )(?<!\btheir )\b(?:shall|must|may|will|can|should)(?: not| never)?"
    r"|\bcannot|\b(?:do|does|is|are|has|have) not|\b(?:do|does|is|are|has|have|must|ca|wo|should)n['’]t"
    r"|\b(?:agrees?|agreed|undertakes?|promises?|promised|covenants?|resolved|required|entitled|allowed|permitted"
    r"|asked|requested|expected|obliged|forbidden|bound|free|has|have|ought|is|are)(?: not)? to)"
)
_CAPITALS = r"SHALL|MUST|(?:SHALL|MUST|MAY|WILL|CAN|DO|DOES) NOT|CANNOT|(?:AGREES?|UNDERTAKES?|HAS|HAVE) TO"
_BREAKS_OFF = re.compile(rf"(?:{_VERB}{_ASIDE}|\b(?:Do not|Never|{_CAPITALS})){_END}$")


def breaks_off(line: str) -> bool:
    """Whether a line's last word wants a verb: "Members shall not, without consent," or "The guest agrees to:"."""
    return _BREAKS_OFF.search(line.rstrip()[-_LINE:]) is not None


def unmarked(line: str) -> str:
    """A line without the number, letter or bullet of its item."""
    return line[mark_length(line) :]


def mark_length(line: str) -> int:
    """How many characters the mark of an item takes, "5.1 " without a stop included; 0 for a line without one."""
    match = ITEM.match(line) or _NUMBER.match(line)
    return match.end() if match else 0


def depth_of(item: str) -> int:
    """How many numbers the mark of an item has: 2 for "5.1"; 0 where it has none."""
    match = _NUMBER.match(item)
    return match["number"].count(".") + 1 if match else 0


def marked_alike(one: str, other: str) -> bool:
    """Whether two items are marked as those of one list are, as deeply numbered and as far in."""
    return (style_of(one), depth_of(one), indent_of(one)) == (style_of(other), depth_of(other), indent_of(other))


def clauses(text: str, lines: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Where clauses with numbers of two and more parts begin: "5.1 keep a dog" below "5. The tenant shall not".

    They count from 1, below a line that breaks off and has the number before; without one there are two at least.

    Args:
        text: a document's.
        lines: the places of its lines that aren't blank.
    """
    found, run = set[int](), list[int]()
    wanted, above = "", ""
    for start, end in lines:
        line = text[start:end]
        number, below = _number_of(line), _number_of(above)
        prefix, _, last = number.rpartition(".")
        begins = bool(prefix) and last == "1" and below in ("", prefix) and breaks_off(above)
        if begins or prefix and number == wanted:
            is_sure = bool(below) if begins else True
            run = [start] if begins else [*run, start]
            wanted = f"{prefix}.{int(last) + 1}"
            if is_sure:
                found.update(run)
                run = []
        above = line
    return frozenset(found)


def _number_of(line: str) -> str:
    match = _NUMBER.match(line[:_LINE])
    return match["number"] if match else ""
