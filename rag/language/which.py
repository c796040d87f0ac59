"""Which language a text is in: Unsaid's models read English, and other languages are searched in their own ways.

English shows by its grammar words; only a text with few of them is shown to py3langid (Lui & Baldwin 2012,
"langid.py: An off-the-shelf language identification tool", ACL demo, p. 25), whose model takes a second to load.
On 378 news articles neither was ever wrong; on cuts of 150 characters py3langid errs once in 3,500.
Tables, lists of fields and lines of figures have hardly any grammar words in any language, so those are not judged by
their words: of them only a script that is not Latin tells.
"""

from __future__ import annotations

import re
import unicodedata

from rag.language.tongue import ENGLISH, written_in
from rag.language.words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 20_000  # characters: an article's language shows sooner
_ENGLISH_SHARE = 0.25  # news has 0.35 to 0.55 grammar words; the languages around it share a few short ones
_ENOUGH = 150  # characters without which a guess on Latin letters errs too often
_FOREIGN_SCRIPT = 0.5  # of the letters; so many say enough, however short the text

_ROW = re.compile(r"\||\t|,\S*,|;\S*;| {3,}")  # cells that something parts
_FIELD = re.compile(r"\s*[-*•]?\s?[^\s:][^:.!?]{0,40}: ")  # "Port of registry: Astrey"
_FIELD_WORDS = 8  # a field with more of them may be a sentence
_TOKEN = re.compile(r"\S+")
_WORDS_SHARE = 0.6  # of a line's parts; a line with fewer is one of figures

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip


def foreign_language(text: str) -> str | None:
    """The name of the language that a text is in, None if it is English or too short to tell."""
    code = language_of(text)
    return name_of(code) if code and code != ENGLISH else None


def name_of(code: str) -> str:
    """The English name of a language."""
    return _NAMES.get(code, "a language other than English")


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language that a text is in, "und" for one that isn't known, None if it doesn't tell."""
    sample = text[:_SAMPLE]
    prose = "\n".join(line for line in sample.splitlines() if _is_prose(line))
    letters = [c for c in sample if c.isalpha()]
    count = sum(not unicodedata.name(c, "").startswith(("LATIN", "MODIFIER", "FEMININE", "MASCULINE")) for c in letters)
    if count > _FOREIGN_SCRIPT * len(letters):
        return identify(sample) or "und"
    words = [w.lower() for w in _WORD.findall(prose)]
    is_english = sum(w in STOP_WORDS for w in words) >= _ENGLISH_SHARE * len(words)
    if len(prose.strip()) >= _ENOUGH:
        return ENGLISH if is_english else identify(prose) or "und"
    short = written_in(prose)
    return None if is_english and short != ENGLISH else short


def _is_prose(line: str) -> bool:
    """Whether a line may be judged by its words: it is no row of a table, no short field, and no line of figures."""
    parts = _TOKEN.findall(line)
    if _ROW.search(line.strip()) or (len(parts) <= _FIELD_WORDS and _FIELD.match(line)):
        return False
    words: int = sum(part[:1].isalpha() or part[1:2].isalpha() for part in parts)
    return words >= _WORDS_SHARE * len(parts)


def identify(text: str) -> str | None:
    """The likeliest language of a text as an ISO 639-1 code, English included; None if that can't be found out."""
    import py3langid

    try:
        code: str = py3langid.classify(text)[0]
    except OSError:  # the library unpacks its model into a temporary file, for which a full disk has no room
        return None
    return code
