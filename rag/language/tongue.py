"""Which language a question or a short text is in, by its script and by the function words of seven languages.

A language identifier made for long texts errs on "Wer zahlt?"; a question has few words, but most of them are
function words. Names decide nothing: they are of every language. Where a question doesn't tell, the documents do, and
where these are in several languages, it is taken for English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from rag.language.function_words import FUNCTION_WORDS, HAN, HANGUL, KANA
from rag.language.inflection import tags
from rag.text.seen import seen

ENGLISH = "en"
# Languages whose words are reduced to stems; where two fit equally well, the earlier one is taken.
STEMMED = ("de", "fr", "pt", "it", "es", "nl")
BY_CHARACTERS = ("zh", "ja", "ko")  # languages that are searched by their characters
SPOKEN = (*STEMMED, *BY_CHARACTERS)  # all that questions are answered in, beside English

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"“[^“”]{1,200}”|\"[^\"]{1,200}\"|«[^«»]{1,200}»|„[^„“”]{1,200}[“”]")
_HAN, _KANA, _HANGUL = (re.compile(f"[{of}]") for of in (HAN, KANA, HANGUL))
_SIGNS = {"de": "ßäöü", "fr": "èêëîïôûœùç", "es": "ñ¿¡", "it": "àèìòù", "pt": "ãõçâê", "nl": "ĳ"}
# What greets and thanks in one language alone; a few words with one of these are nothing else.
_GREETS = {
    word: language
    for language, of in {
        "de": "guten danke vielen tschuss servus moin",
        "fr": "merci bonjour bonsoir salut revoir",
        "es": "hola gracias buenos buenas adios",
        "it": "ciao grazie buongiorno buonasera arrivederci",
        "nl": "bedankt dankjewel goedemorgen goedemiddag goedenavond",
        "pt": "ola obrigado obrigada bom adeus",
    }.items()
    for word in of.split()
}
_OF_DAY = frozenset({"tag", "abend", "morgen", "dia"})  # what stands beside them
_TALK = 3  # words of a greeting
_SAMPLE = 6_000  # characters of a text that are looked at
_SHARE = 0.2  # of a text's words that are function words of its language, at least
_CLEAR = 1.25  # times as many as of any other language
_TELLING = 3  # letters of a word that is looked up
_WORDS = 8  # of a text without which it tells too little


def asked_in(question: str, documents: Collection[str]) -> str:
    """The language of a question as an ISO 639-1 code: English or one of `SPOKEN`.

    Args:
        question: as it was typed.
        documents: the languages of the documents that are asked.
    """
    if script := _by_script(question, documents):
        return script
    bare = _QUOTED.sub(" ", question)
    lower = [w.lower() for w in _WORD.findall(seen(bare).text)]
    if len(lower) <= _TALK and (talk := next((_GREETS[w] for w in lower if w in _GREETS), None)):
        return ENGLISH if _is_english([w for w in lower if w not in _GREETS and w not in _OF_DAY]) else talk
    counts = {language: _counted(lower, of) for language, of in FUNCTION_WORDS.items()}
    if not any(counts.values()):
        only = next(iter(documents)) if len(documents) == 1 else ENGLISH
        return only if only in SPOKEN and (len(lower) < 2 or not _is_english(lower)) else ENGLISH
    if "¿" in bare and counts["es"] >= max(1, counts[ENGLISH]):
        return "es"
    signs = {of for of, letters in _SIGNS.items() if any(c in letters for c in bare.lower())}
    best = max(STEMMED, key=lambda of: (counts[of], of in signs, of in documents, -STEMMED.index(of)))
    if counts[best] <= counts[ENGLISH] or counts[best] == 1 and best not in documents:
        return ENGLISH
    if lower[0] in FUNCTION_WORDS[ENGLISH] and lower[0] not in FUNCTION_WORDS[best]:
        return ENGLISH  # "Who wrote Die Verwandlung der Welt?"
    # "was nerve gas used in world war 1": one word more, and the others are English.
    return ENGLISH if counts[best] - counts[ENGLISH] == 1 and _is_english(lower) else best


def _counted(lower: list[str], known: frozenset[str]) -> int:
    """How many of some words are a language's function words; single letters only beside longer ones."""
    found = [w for w in lower if w in known]
    return len(found) if any(len(w) > 1 for w in found) else 0


def _is_english(lower: list[str]) -> bool:
    """Whether half of some lower-case words stand in the English dictionary."""
    long = [w for w in lower if len(w) >= _TELLING]
    return 2 * sum(bool(tags(w)) for w in long) >= len(long) > 0


def written_in(text: str) -> str | None:
    """The language that most of a text's function words are of; None where they don't tell."""
    sample = text[:_SAMPLE]
    if script := _by_script(sample, ()):
        return script
    counts = Counter(w.lower() for w in _WORD.findall(seen(sample).text))
    total = sum(counts.values())
    if total < _WORDS:
        return None
    of = {language: sum(counts[w] for w in own) for language, own in FUNCTION_WORDS.items()}
    first, second = sorted(of, key=lambda language: -of[language])[:2]
    return first if of[first] >= _SHARE * total and of[first] >= _CLEAR * of[second] else None


def _by_script(text: str, documents: Collection[str]) -> str | None:
    """The language that a text's script tells, where a third of its letters are of one that only it uses."""
    han, kana, hangul = (len(of.findall(text)) for of in (_HAN, _KANA, _HANGUL))
    if han + kana + hangul < max(1, len(_WORD.findall(text)) - 1, sum(c.isalpha() for c in text) / 3):
        return None
    if hangul > kana and hangul >= han / 4:
        return "ko"
    # A question of Chinese characters alone may be Japanese, where the documents are.
    return "ja" if kana > (han + kana) / 20 or "ja" in documents and "zh" not in documents else "zh"
