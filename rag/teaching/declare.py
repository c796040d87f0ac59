"""A question and its answer made one statement.

"When was the bridge built?" and "1906" become "The bridge was built in 1906."

Rules after the kinds of question that Demszky et al. 2018 ("Transforming question answering datasets into
natural language inference datasets", section 3) tell apart. Where the parts of a question aren't plain, there is no
statement: a wrong one would teach bad English.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.language.numbers import numbers
from rag.language.words import STOP_WORDS

_BE = r"is|are|was|were"
_AUXILIARY = rf"{_BE}|has|have|had|can|could|will|would|should|must|may|might"
_PLACE = r"(?:in|on|at|by|from|to|with|for|during|after|before|since|until|under|around|about|over|between|near|into)"
_QUESTION = re.compile(
    rf"(?P<before>{_PLACE}\s+)?(?P<wh>who|what|when|where|which|how\s+(?:many|much)|how\s+long|how\s+old|how\s+often)\b\s*"
    r"(?P<rest>.+?)\s*\?*",
    re.I,
)
_DETERMINER = re.compile(
    r"\b(the|a|an|his|her|its|their|our|my|this|these|those|about|nearly|almost|around|over|some|at\s+least|more\s+than)\s+$",
    re.I,
)
# What a question may end with when its thing is asked for: "What is it made of?".
_STRANDED = re.compile(rf"(?:{_PLACE}|of|as|out|up|against|among|behind|through|upon)", re.I)
# "a free guided" before "walk"
_NOUN_BEFORE = re.compile(r"\b(the|a|an|his|her|its|their|this|these|those)\s+((?:[\w-]+\s+){1,2})$", re.I)
_OF_A_NOUN = frozenset({"JJ", "NN", "VBN", "VBG"})
_BEFORE_ANSWER = re.compile(rf"\b({_PLACE})\s+$", re.I)
_WORDS_OF_GRAMMAR = frozenset(
    "the a an this that these those his her its their our my some many most all no both each".split()
)
_LONGEST = 12  # words of an answer; longer ones are clauses
_OF_TIME_OR_PLACE = re.compile(
    r"(?:year|month|day|date|century|decade|time|season|age|city|country|state|town|place|building|region|area|language)s?",
    re.I,
)
_TIMES_AND_PLACES = ("when", "where", "how long", "how often")
_ADVERB = re.compile(rf"(?:{_PLACE}|last|next|this|every|yesterday|today|early|late|ago)\b", re.I)
_DO = ("did", "do", "does")
_MODAL = (*_DO, "can", "could", "will", "would", "should", "must", "may", "might")
_NAMELESS = ("name", "term", "word", "title", "other")  # "what name is given": the answer is no thing of that kind
_DENIAL = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.I)
_ONE_OF_ITS_KIND = re.compile(r"\b(?:first|last|only|most|least|\w{3,}est)\b", re.I)
_SORT = re.compile(r"(?:kind|type|sort|form)s?", re.I)
_PLURAL = {"is": "are", "was": "were", "has": "have"}


def declare(question: str, sentence: str, start: int, end: int) -> str | None:
    """The statement that answers a question with `sentence[start:end]`; None where the rules don't see how.

    Args:
        question: an open question.
        sentence: what answers it.
        start: where the answer's words begin.
        end: where they end.
    """
    found = _QUESTION.fullmatch(question.strip())
    answer = _answer(sentence, start, end)
    if not found or not answer or len(answer.split()) > _LONGEST:
        return None
    wh, rest = " ".join(found["wh"].lower().split()), found["rest"].split()
    if rest and rest[0].lower() in _NAMELESS:
        return None
    said = found["before"].strip().lower() if found["before"] else None
    statement = _subject(wh, rest, answer) if said is None else None
    if statement is None:
        statement = _inverted(wh, rest, answer, said or _preposition(sentence, start), said is not None)
    return None if statement is None or statement.count("(") != statement.count(")") else _sentence(statement)


def lowered(text: str) -> str:
    """A text that goes on after other words: its first word without the capital, unless it is, or opens, a name."""
    from lemminflect import getAllLemmas

    first, *rest = text.split(maxsplit=2)
    lower = first.lower().rstrip(",")
    plain = first.endswith("ly,") or lower in STOP_WORDS or bool(numbers(lower))
    known = plain or bool(getAllLemmas(lower)) and not (rest and rest[0][:1].isupper())
    return text[0].lower() + text[1:] if known and lower != "i" and (len(first) == 1 or not first.isupper()) else text


def _answer(sentence: str, start: int, end: int) -> str:
    """The answer's words with the determiner, and what stands between, before them."""
    answer = re.sub(r"\s*\([^()]*\)$", "", sentence[start:end].strip(" ,.;:"))
    if answer and not sentence[:start].strip(' “"'):
        answer = lowered(answer)
    before = _DETERMINER.search(sentence[:start])
    if not before and (noun := _NOUN_BEFORE.search(sentence[:start])) and answer[:1].islower():
        between = noun[2].split()
        if all(w.islower() and _OF_A_NOUN & _tags(w) and not _tags(w) & {"VBD", "VBZ"} for w in between):
            return f"{noun[1]} {' '.join(between)} {answer}"
    if before and answer.split()[:1] and answer.split()[0].lower() not in _WORDS_OF_GRAMMAR:
        answer = f"{before[1]} {answer}"
    return answer


def _preposition(sentence: str, start: int) -> str:
    """What stands before the answer, over its determiner."""
    before = _DETERMINER.sub("", sentence[:start])
    found = _BEFORE_ANSWER.search(before)
    return found[1].lower() if found else ""


def _subject(wh: str, rest: list[str], answer: str) -> str | None:
    """The answer in the subject's place: "Who founded it?", "Which company owns it?", "How many people died?"."""
    if wh in (*_TIMES_AND_PLACES, "how old") or not rest:
        return None
    at = next((i for i, w in enumerate(rest) if _is_finite(w)), None)
    if at is None or at > 4 or (wh in ("who",) and at > 0):
        return None
    verb, after = rest[at].lower(), rest[at + 1 :]
    thing = rest[:at]
    if verb in _DO or not after and (re.fullmatch(_AUXILIARY, verb) or not thing):
        return None
    if re.fullmatch(_AUXILIARY, verb) and (_STRANDED.fullmatch(after[-1]) or not _follows_subject(after, verb)):
        return None
    is_noun = re.fullmatch(_BE, verb) and _opens_noun(after)
    if is_noun and thing and after[0].lower() not in ("a", "an") and not _ONE_OF_ITS_KIND.search(" ".join(after)):
        return None  # "What nationality was the army?"
    if not thing and wh in ("what", "who") and is_noun:
        return f"{' '.join(after)} {verb} {answer}" if not _stranded(after) else None
    if len(thing) > 2 and _SORT.fullmatch(thing[0]) and thing[1] == "of":  # "what kind of labour": "forced labour"
        thing = thing[2:]
        answer = answer if answer.lower().endswith(thing[-1].lower()) else f"{answer} {' '.join(thing)}"
    answer = _counted(wh, thing, answer)
    tags = _tags(answer.split()[-1].lower())
    several = "NNS" in tags and "NN" not in tags or " and " in answer
    return f"{answer} {_PLURAL.get(verb, verb) if several else verb} {' '.join(after)}"


def _counted(wh: str, thing: list[str], answer: str) -> str:
    """A number with what it counts: "12 people"."""
    if wh in ("how many", "how much") and thing and not answer.lower().endswith(thing[-1].lower()):
        return f"{answer} {' '.join(thing)}"
    return answer


def _repeats(answer: str, subject: list[str]) -> bool:
    """Whether the answer says the question's subject again: it is more than what is asked for."""
    own = {w.lower() for w in re.findall(r"\w{3,}", answer)} - _WORDS_OF_GRAMMAR
    return bool(own & {w.lower().strip("?,.") for w in subject})


def _inverted(wh: str, rest: list[str], answer: str, preposition: str, asked_with: bool) -> str | None:
    """The subject before its verb, the answer behind: "When was it built?", "What did she buy?"."""
    at = next((i for i, w in enumerate(rest[:4]) if re.fullmatch(rf"{_AUXILIARY}|did|do|does", w.lower())), None)
    if at is None or (at and wh in (*_TIMES_AND_PLACES, "who")):
        return None
    auxiliary, after = rest[at].lower(), rest[at + 1 :]
    verb = _verb_of(after, auxiliary)
    if verb is None or _opens_clause(after[:verb]) or _repeats(answer, after[:verb]) or after[verb].lower() == "do":
        return None
    if _DENIAL.search(" ".join(after[:verb])):
        return None
    answer = _counted(wh, rest[:at], answer)
    subject, tail = " ".join(after[:verb]), after[verb + 1 :]
    if auxiliary in _DO:
        said = _inflected(after[verb].lower(), auxiliary)
        if said is None:
            return None
    else:
        said = f"{auxiliary} {after[verb]}"
    of_time = at > 0 and _OF_TIME_OR_PLACE.fullmatch(rest[at - 1])
    if asked_with or of_time or wh in _TIMES_AND_PLACES:
        return _placed([subject, said], tail, answer, preposition)
    if tail and _STRANDED.fullmatch(tail[-1]):  # "What was it made from?"
        return " ".join([subject, said, *tail, answer])
    if tail and not re.fullmatch(_PLACE, tail[0].lower()):
        return None
    return " ".join([subject, said, answer, *tail])


def _placed(opening: list[str], tail: list[str], answer: str, preposition: str) -> str | None:
    """A time or place at the end, with its preposition."""
    if re.match(rf"{_PLACE}\b", answer, re.I):
        answer, preposition = f"{answer[0].lower()}{answer[1:]}", ""
    place = f"{preposition} {answer}" if preposition else answer
    if tail and _STRANDED.fullmatch(tail[-1]):  # "What day was it held on?"
        return " ".join([*opening, *tail[:-1], place])
    if not preposition and not _ADVERB.match(answer):
        return None
    return " ".join([*opening, *tail, place])


def _verb_of(after: list[str], auxiliary: str) -> int | None:
    """Where the verb stands that belongs to an auxiliary, after its subject."""
    wanted = "VB" if auxiliary in _MODAL else "VBN"
    for place in range(1, len(after)):
        word = after[place].lower()
        if (
            wanted in _tags(word)
            and not (place + 1 < len(after) and word in _WORDS_OF_GRAMMAR)
            and not _noun_first(after, place, wanted)
        ):
            return place
    return None


def _noun_first(after: list[str], place: int, wanted: str) -> bool:
    """Whether the word is likelier a noun here: "the work", "his call"."""
    before = after[place - 1].lower()
    owned = before in _WORDS_OF_GRAMMAR or before.endswith(("'s", "’s"))
    return (wanted == "VB" and owned) or before in ("to", "of", "and", "in")


def _is_finite(word: str) -> bool:
    """Whether a word is an auxiliary, a past form or a third person."""
    lower = word.lower()
    if re.fullmatch(rf"{_AUXILIARY}|did|do|does", lower):
        return True
    tags = _tags(lower)
    return "VBD" in tags or ("VBZ" in tags and "NNS" not in tags)


def _follows_subject(after: list[str], verb: str) -> bool:
    """Whether what follows an auxiliary is a predicate, so that the auxiliary's subject is the thing asked for."""
    first = after[0].lower()
    if re.fullmatch(_BE, verb):
        return (
            "VBN" in _tags(first)
            or "VBG" in _tags(first)
            or first in ("the", "a", "an", "in", "on", "at", "used", "not")
            or _opens_noun(after)
        )
    return bool({"VBN", "VB"} & _tags(first)) and first not in _WORDS_OF_GRAMMAR


def _opens_noun(after: list[str]) -> bool:
    return after[0].lower() in _WORDS_OF_GRAMMAR or after[0][:1].isupper()


def _stranded(after: list[str]) -> bool:
    """Whether a verb or preposition waits for the thing asked for: "the ship made of", "the men doing there"."""
    last = after[-1].lower()
    return "doing" in after or bool(_STRANDED.fullmatch(last)) or bool({"VBN", "VBD", "VBG"} & _tags(last))


def _opens_clause(subject: list[str]) -> bool:
    return any(w.lower() in ("who", "which", "that", "when", "where", "if", "while", "because") for w in subject)


def _inflected(verb: str, auxiliary: str) -> str | None:
    from lemminflect import getInflection

    tag = {"did": "VBD", "does": "VBZ", "do": "VBP"}[auxiliary]
    found = getInflection(verb, tag=tag)
    return found[0] if found else None


@lru_cache(maxsize=16_384)
def _tags(word: str) -> frozenset[str]:
    """The Penn tags that a word may have."""
    from lemminflect import getAllInflections, getAllLemmas

    return frozenset(
        tag
        for lemmas in getAllLemmas(word).values()
        for lemma in lemmas
        for tag, forms in getAllInflections(lemma).items()
        if word in forms
    )


def _sentence(text: str) -> str:
    text = " ".join(text.split()).rstrip(" .?!,")
    return f"{text[0].upper()}{text[1:]}."
