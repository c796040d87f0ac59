"""A fragment put into the earlier question: "Where was the astrolabe found?", "And the sundial?".

It takes the place of what is like it: a time of a time, "for X" of "for Y", a number of a number, a name of a name;
else of the last thing that the model doesn't carry over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.protocols import Carried
from rag.asking.slots import AUXILIARY, WHEN, Slot, phrase, place_phrase, slot_of, subject
from rag.language.verbs import kinds
from rag.language.words import Word, content_stems, content_words, words

_FRAGMENT_WORDS = 8
VERB = re.compile(rf"\b(?:{AUXILIARY}|said|say|says)\b", re.I)
_PERSON = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.I)
_ASKS = frozenset("who whom whose what which when where why how much many".split())
_DOES = re.compile(r"\b(?:who|what|which)\s+$", re.I)  # what follows is what is done
_COUNTED = re.compile(rf"how many (?P<noun>[\w’'-]+(?: [\w’'-]+)?) {AUXILIARY}\b", re.I)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)
_CLAUSE = re.compile(r"(?:if|when|because|unless|after|before|once|while|without)\b", re.I)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_SEASON = r"(?:year|season|winter|spring|summer|autumn)"
_BEFORE = re.compile(
    rf"(?:in )?(?:the )?(?:{_SEASON} before(?: that)?|(?:previous|preceding|last|prior) {_SEASON})", re.I
)
_AFTER = re.compile(rf"(?:in )?(?:the )?(?:{_SEASON} after(?: that)?|(?:next|following|subsequent) {_SEASON})", re.I)
_TWO_YEARS = re.compile(r"\b(?P<one>(?:1[5-9]|20)\d\d)(?P<mark>[/–-])(?P<other>\d\d(?:\d\d)?)\b")  # "2024/25"
_PREPOSITION = re.compile(
    r"(?P<p>in|on|at|for|from|by|to|with|about|against|under|over|during|since|until|till|before|after|per) \S", re.I
)
_ADVERB = re.compile(
    r"(?:elsewhere|abroad|overseas|anywhere else|somewhere else|everywhere else|there|here|outside)\b", re.I
)
_TIME = re.compile(
    r"(?<!\s)\s+(?:(?:in|on|at|during|since|until|by|for) )?(?:(?:this|last|next) (?:year|month|week|season|summer"
    r"|winter|time)"
    r"|(?:1[5-9]|20)\d\d|today|tomorrow|yesterday|now|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?)\b"
)
_MONTH = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_NUMBER = re.compile(r"(?<![\w.])(?:version |option |number |no\. ?|part |phase |zone )?\d+(?:\.\d+)*(?![\w%])", re.I)
_JOINED = re.compile(r"[A-Z][\w’'.-]*(?:(?: (?:of|and|the|for|de|von|van|&))* [A-Z][\w’'.-]*)*")

_NAMING = frozenset({"NN", "NNS", "JJ", "CD", "VBG"})
_NUMBERED = re.compile(rf"{_JOINED.pattern}(?: \d+(?:\.\d+)?(?![\w%]))?")  # "Corvus 24" gives way as a whole
_DESIGNATED = re.compile(
    r"\b(?P<noun>[A-Za-z]{3,20}) (?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|[A-Z])(?![\w%])"
)


def is_fragment(topic: str) -> bool:
    """Whether an utterance names something and says nothing of it: "And the sundial?".

    Args:
        topic: it, without an opening "and" and its mark.
    """
    if _CLAUSE.match(topic):
        return len(words(topic)) <= _FRAGMENT_WORDS
    if topic and not _TIME.sub("", f" {topic}"):  # "in May", which is no verb
        return True
    bare = not VERB.search(topic) and not _PERSON.search(topic)
    named = bool(content_words(topic)) or _ADVERB.fullmatch(topic) or _NUMBER.fullmatch(topic)
    return (
        bare
        and bool(named or _BEFORE.fullmatch(topic) or _AFTER.fullmatch(topic))
        and len(words(topic)) <= _FRAGMENT_WORDS
    )


def named_by(topic: str) -> frozenset[str]:
    """Stems of which an answer to a fragment must hold one; none where it names no thing but a time or a place."""
    if _CLAUSE.match(topic) or _BEFORE.fullmatch(topic) or _AFTER.fullmatch(topic) or _ADVERB.fullmatch(topic):
        return frozenset()
    return frozenset(content_stems(_TIME.sub("", f" {topic}"))) if not _NUMBER.fullmatch(topic) else frozenset()


def is_clause(topic: str) -> bool:
    """Whether a fragment names a condition or an occasion: "if I come late", "before the change"."""
    return _CLAUSE.match(topic) is not None


def is_time(topic: str) -> bool:
    """Whether a fragment names a year, by itself or by the one before."""
    return bool(_BEFORE.fullmatch(topic) or _AFTER.fullmatch(topic) or _YEAR.search(topic))


def exchanged(topic: str, earlier: str, marked: Sequence[Carried], before: str | None = None) -> str:
    """The earlier question about a fragment's topic instead of its own.

    Args:
        topic: the fragment.
        earlier: the question.
        marked: what of it the model carries over.
        before: the fragment that the question was itself made of, if it was; another of its kind takes its place.
    """
    asked = earlier.rstrip("?!. ")
    if before and (found := _of_fragment(topic, asked, before)) is not None:
        return f"{found}?"
    for way in (_of_year, _of_number, _of_designated, _with_preposition, _of_place, _of_name):
        if (found := way(topic, asked)) is not None:
            return f"{found}?"
    return _of_thing(topic, earlier, marked)


def _of_fragment(topic: str, asked: str, before: str) -> str | None:
    """In the place of the last fragment: "And the lantern?" after "And the sundial?" has nothing to do with that."""
    at = asked.lower().rfind(before.lower())
    if at < 0 or slot_of(topic) != slot_of(before) or _CLAUSE.match(topic):
        return None
    return f"{asked[:at]}{topic}{asked[at + len(before) :]}"


def _of_year(topic: str, asked: str) -> str | None:
    step = -1 if _BEFORE.fullmatch(topic) else 1 if _AFTER.fullmatch(topic) else 0
    years, both = list(_YEAR.finditer(asked)), list(_TWO_YEARS.finditer(asked))
    if both and (step or _TWO_YEARS.fullmatch(topic)):
        at = both[-1]
        other = str(int(at["other"]) + step).zfill(len(at["other"]))
        stepped = f"{int(at['one']) + step}{at['mark']}{other}"
        return f"{asked[: at.start()]}{stepped if step else topic}{asked[at.end() :]}"
    if step and years:
        at = years[-1]
        return f"{asked[: at.start()]}{int(at[0]) + step}{asked[at.end() :]}"
    if _YEAR.fullmatch(topic) and years:
        return f"{asked[: years[-1].start()]}{topic}{asked[years[-1].end() :]}"
    return None


def _of_number(topic: str, asked: str) -> str | None:
    found = list(_NUMBER.finditer(asked))
    if not _NUMBER.fullmatch(topic) or not found or _YEAR.fullmatch(topic):
        return None
    at = found[-1]
    kept = re.match(r"[A-Za-z. ]*", at[0])
    head = "" if re.match(r"[A-Za-z]", topic) or not kept else kept[0]
    return f"{asked[: at.start()]}{head}{topic}{asked[at.end() :]}"


def _of_designated(topic: str, asked: str) -> str | None:
    """A thing with a number or letter for the same thing with another: "week three" for "week one"."""
    own = _DESIGNATED.fullmatch(_ARTICLE.sub("", topic))
    alike = [m for m in _DESIGNATED.finditer(asked) if own and m["noun"].lower() == own["noun"].lower()]
    if not own or not alike:
        return None
    return f"{asked[: alike[-1].start()]}{own[0]}{asked[alike[-1].end() :]}"


def _with_preposition(topic: str, asked: str) -> str | None:
    match = _PREPOSITION.match(topic)
    slot = slot_of(topic)
    if _CLAUSE.match(topic) and not (match and phrase(match["p"], asked)):
        return f"{_TIME.sub('', asked) if match else asked} {topic}"
    if match is None:
        return None
    when = slot is Slot.TIME if slot in (Slot.TIME, Slot.PLACE) else None
    at = phrase(match["p"], asked, when=when) or (place_phrase(asked) if slot is Slot.PLACE else None)
    if at:
        years, rest = _YEAR.findall(asked[at[0] : at[1]]), asked[at[1] :]
        if _YEAR.search(topic):  # "in May 2021" for "in June 2020" as a whole
            rest = re.sub(rf"^,? {_YEAR.pattern}", "", rest)
        elif years and _MONTH.search(topic):  # "in May" is the May of that year
            topic = f"{topic} {years[-1]}"
        return f"{asked[: at[0]]}{topic}{rest}"
    return f"{_TIME.sub('', asked) if WHEN.match(topic) else asked} {topic}"


def _of_place(topic: str, asked: str) -> str | None:
    if not _ADVERB.fullmatch(topic):
        return None
    at = place_phrase(asked)
    return f"{asked[: at[0]]}{topic}{asked[at[1] :]}" if at else f"{asked} {topic}"


def _of_name(topic: str, asked: str) -> str | None:
    """A name for a name, each with the words that join it: "Salt and Silver" for "Forty Years of Toys"."""
    bare = _ARTICLE.sub("", topic)
    own = _JOINED.fullmatch(bare)
    runs = [m for m in _NUMBERED.finditer(asked) if m.start() > 0]
    if not own or not runs:
        return None
    at = runs[-1]
    before, after = asked[: at.start()], asked[at.end() :]
    possessive = re.search(r"[’']s$", at[0])
    if possessive and not re.search(r"[’']s$", bare):
        bare = f"{bare}’s"
        topic = bare
    article = re.search(r"\b(?:the|an?)\s+$", before, re.I)
    if article and _ARTICLE.match(topic):
        before = before[: article.start()]
    return f"{before}{topic}{after}"


def _of_thing(topic: str, earlier: str, marked: Sequence[Carried]) -> str:
    """In the place of the last thing that isn't carried over, else of what is asked about; after a dash without."""
    runs = [run for run in _runs(earlier, marked) if run] if marked else []
    if not runs:
        asked = earlier.rstrip("?!. ")
        at = (_counted(topic, asked) or subject(asked)) if slot_of(topic) is Slot.THING else None
        return f"{asked[: at[0]]}{topic}{asked[at[1] :]}?" if at else f"{asked} – {topic}?"
    start, end = runs[-1][0].start, runs[-1][-1].end
    before = earlier[:start]
    own = topic.split(" ", 1)
    if len(own) == 2 and before.split()[-1:] == [own[0].lower()]:  # "in Spain" for "Norway" in "in Norway"
        topic = own[1]
    if article := re.search(r"\b(?:the|an?)\s+$", before, re.I):
        topic, before = (topic, before[: article.start()]) if _ARTICLE.match(topic) else (topic, before)
    return f"{before}{topic}{earlier[end:]}"


def _counted(topic: str, asked: str) -> tuple[int, int] | None:
    """Where what is counted stands, for another one in the plural: "And geese?" after "How many swans were seen?"."""
    match, named = _COUNTED.match(asked), words(topic)
    if match is None or not named or _ARTICLE.match(topic):
        return None
    of_last = kinds(named[-1].lower)
    is_plural = "NNS" in of_last or not of_last and named[-1].lower.endswith("s")
    return match.span("noun") if is_plural else None


def _runs(text: str, marked: Sequence[Carried]) -> list[list[Word]]:
    """Runs of content words that are neither marked nor part of the asking itself; a phrase in part marked is none."""
    runs: list[list[Word]] = [[]]
    for word in content_words(text):
        asks = word.lower in _ASKS or VERB.fullmatch(word.lower) or _DOES.search(text[: word.start])
        if asks or any(c.start < word.end and word.start < c.end for c in marked):
            runs.append([])
        elif runs[-1] and text[runs[-1][-1].end : word.start] not in (" ", "-"):
            runs.append([word])
        else:
            runs[-1].append(word)
    return [run for run in runs if not run or not _continues(text, run[0], marked) and _is_thing(run)]


def _is_thing(run: Sequence[Word]) -> bool:
    """Whether words name something: "2024/25" is a time, which gives way to none, and "moved" is what is done."""
    return not all(w.lower.isdigit() for w in run) and not _only_done(run)


def _only_done(run: Sequence[Word]) -> bool:
    """Whether words are verbs and nothing else: "moved" in "Is maternity being moved?" is what is done."""
    return all(kinds(w.lower) and not kinds(w.lower) & _NAMING and not w.is_capitalised for w in run)


def _continues(text: str, word: Word, marked: Sequence[Carried]) -> bool:
    """Whether a word goes on with a marked phrase: "deficit" after "pension"."""
    return any(c.end < word.start and text[c.end : word.start] in (" ", "-") for c in marked)
