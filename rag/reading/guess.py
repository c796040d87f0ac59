"""Which encoding some bytes are in, told by what each makes of the characters beyond ASCII.

In the right one they are letters of one script that keep to the case of their word, quotation marks at its edges, and
signs beside figures. In a wrong one they are "cafÇ", "MÅller" and "se§or". That tells the code pages of DOS, Windows
and the Mac from each other even where a text has three such characters, for which statistics of bytes are too few.
East Asian encodings are charset-normalizer's to tell.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice

from rag.language.which import identify

_SAMPLE = 200_000  # bytes that a guess looks at
_PLACES = 4_000  # characters beyond ASCII that are looked at: more would tell the same
# What articles were saved in before UTF-8, the likelier first; the rest of Python's hundred encodings only invite
# wrong guesses.
_SINGLE = (
    *("cp1252", "cp1250", "mac_roman", "cp850", "cp437", "cp852", "iso8859_2", "cp1254"),
    *("cp1255", "cp1256", "cp1251", "koi8_r", "cp866", "cp1253"),
)
_LATIN = frozenset(_SINGLE) - {"cp1251", "koi8_r", "cp866", "cp1253", "cp1255", "cp1256"}
_MOSTLY = 0.5  # of the letters: no language in Latin letters has so many beyond ASCII
_CASELESS = 0.95  # letters without case, as Hebrew and Arabic ones, fit anywhere
_EAST_ASIAN = ["gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
_CENTRAL = dict.fromkeys(("cp1250", "cp852", "iso8859_2"), "pl cs sk hu sl hr bs ro".split())
_CYRILLIC = dict.fromkeys(("cp1251", "koi8_r", "cp866"), "ru uk be bg sr mk kk".split())
_OTHERS = {"cp1253": ["el"], "cp1254": ["tr"], "cp1255": ["he", "yi"], "cp1256": ["ar", "fa", "ur", "ug"]}
_LETTERS_OF = {**_CENTRAL, **_CYRILLIC, **_OTHERS}
_SURE = 0.9  # of the characters beyond ASCII stand where a writer puts them
_LIKELY = 0.6
_QUOTES = frozenset("“”‘’–—…•«»„‚")
_AFTER_WORDS = frozenset("°²³®™©†‡·¹")
_OPENERS = frozenset("¿¡")
_SIGNS = frozenset("£€¥¢§±×½¼¾") | _AFTER_WORDS
_BEYOND = re.compile(r"[^\x00-\x7f]")
_BLANKS = frozenset("\t\n\r\f\v")
_END = "\x1a"  # ended files under DOS


def guess(data: bytes) -> str | None:
    """The likeliest encoding other than UTF-8; None if there is none in which the bytes look like text."""
    if b"\0" in data:
        return _utf16(data)
    rated = [(share, name) for name in _SINGLE if (share := _fit(data[:_SAMPLE], name)) is not None]
    best = max((share for share, _ in rated), default=0.0)
    if best < _SURE:
        from charset_normalizer import from_bytes

        found = from_bytes(data[:_SAMPLE], cp_isolation=_EAST_ASIAN).best()
        if found is not None:
            return str(found.encoding)
    if best < _LIKELY:
        return None
    return _settled(data[:_SAMPLE], {name: share for share, name in rated if share >= _CASELESS * best})


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: one byte order makes the blanks between words, the other Chinese."""
    for name in ("utf-16-le", "utf-16-be"):
        text = _decoded(data[: _SAMPLE // 2 * 2], name)
        if text and not is_odd(text) and has_blanks(text):
            return name
    return None


def has_blanks(text: str) -> bool:
    """Whether a text has as many blanks as text of words has; bytes that are read in pairs by mistake make none."""
    return (text.count(" ") + text.count("\n")) * 40 > len(text)


def _settled(data: bytes, shares: dict[str, float]) -> str:
    """Of encodings that fit nearly alike, the one whose quotation marks and whose language fit, too."""

    def rank(name: str) -> tuple[int, bool, float, int]:
        text = data.decode(name, "replace")
        language, of = _language(text), _LETTERS_OF.get(name)
        beyond = [m.group() for m in islice(_BEYOND.finditer(text), _PLACES)]
        is_its = language in of if of else not any(language in others for others in _LETTERS_OF.values())
        return sum(c in _QUOTES for c in beyond), is_its, shares[name], -sum(c.isupper() for c in beyond)

    return max(shares, key=rank) if len(shares) > 1 else next(iter(shares))


@lru_cache(maxsize=16)
def _language(text: str) -> str | None:
    return identify(text[:20_000])


def _fit(data: bytes, name: str) -> float | None:
    """The share of the characters beyond ASCII that stand where a writer puts them; None if it can't be this one."""
    text = _decoded(data, name)
    if text is None or is_odd(text):
        return None
    places = [m.start() for m in islice(_BEYOND.finditer(text), _PLACES)]
    if not places:
        return None
    letters = sum(c.isalpha() for c in text[: places[-1] + 1])
    is_other_script = sum(text[at].isalpha() for at in places) > _MOSTLY * letters
    if is_other_script and name in _LATIN:
        return 0.0
    has_case = any(text[at].isupper() for at in places) and any(text[at].islower() for at in places)
    weight = _CASELESS if is_other_script and not has_case else 1.0
    return weight * sum(_at_home(text, at) for at in places) / len(places)


def _at_home(text: str, at: int) -> bool:
    """Whether a character beyond ASCII stands where a writer would put it."""
    char, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if char.isalpha() and char not in "ªºƒ":
        return _is_in_its_word(char, text[max(0, at - 2) : at], text[at + 1 : at + 3])
    if char in _QUOTES or char == "\xa0":
        return char in "’–—…" or not (before.isalpha() and after.isalpha())
    if char in _OPENERS:
        return after.isalpha() and not before.isalnum()
    if char in _AFTER_WORDS:
        return not after.isalpha() or char == "°"
    return char in _SIGNS and not before.isalpha() and not after.isalpha()


def _is_in_its_word(char: str, before: str, after: str) -> bool:
    """Whether a letter keeps to the script and the case of the two letters on each side of it."""
    left, right = before[-1:], after[:1]
    if left.isdigit() or right.isdigit() or any(c.isalpha() and _script(c) != _script(char) for c in (left, right)):
        return False
    if char.isupper():  # a word's first letter, or one of a word in capitals
        return not left.islower() and not (left.isupper() and after.islower())
    if char.islower():  # not the last letter of a word in capitals, nor one amid them
        return not (right.isupper() or len(before) > 1 and before.isupper() and before.isalpha())
    return True


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "?").split()[0]


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def is_odd(text: str) -> bool:
    """Whether a text holds what no text holds: control characters and places of Unicode that are no characters."""
    return any(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in _BLANKS for c in set(text.rstrip(_END)))
