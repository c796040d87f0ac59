"""Tell questions that only all articles together can answer, and take them apart. Pure: knows no article.

"Which articles mention X but not Y?", "How many don't?", "Who is quoted?", "Which is the latest about X?",
"What does a.txt report that b.txt leaves out?" A question is a head ("how many of the articles") and a
predicate ("don't mention X"); only both together make one, so "How many articles did she write?" looks something up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.asking.document_questions import DocumentQuestion, document_question
from rag.asking.mentioned import Mention, mentioned
from rag.asking.phrasing import (
    ACTIVE,
    AND_WHEN,
    BUT_NOT,
    COMPARED,
    DATED,
    FILLED,
    HEADS,
    IN_ALL,
    MENTIONS_OF,
    NOUN,
    OR_MENTION,
    PASSIVE,
    POLITE,
    RANKED,
    TOPIC_LEAD,
    TOTAL,
    WHEN_DATED,
    WHO,
    Asked,
)
from rag.asking.unsaid_asked import unsaid_asked
from rag.language.unsaid import UnsaidKind


@dataclass(frozen=True)
class WholeQuestion:
    """A question to all articles.

    `topic` and `unwanted` are as written ("sanctions and Crimea" may be one topic or two); `negated`: the
    articles without the topic are asked for. `articles` are the two to compare, as they are named.
    """

    asked: Asked
    topic: str = ""
    unwanted: str = ""
    negated: bool = False
    articles: tuple[str, str] = ("", "")
    mention: Mention | None = None  # of "Was X mentioned?"
    kinds: tuple[UnsaidKind, ...] = ()  # of what is left unsaid
    document: DocumentQuestion | None = None  # about documents themselves


_LONGEST = 16  # words of all topics together; what is longer tells a story and is looked up


@lru_cache(maxsize=1_024)
def whole_question(question: str) -> WholeQuestion | None:
    """The question to all articles that a question is; None if it is another."""
    plain = POLITE.sub("", " ".join(question.replace("’", "'").split())).rstrip(" ?!.")
    for read in (_plainly, _compared, _of_people, _passively, _dated, _ranked, _headed):
        found = read(plain)
        if found and len(found.topic.split()) <= _LONGEST:
            return found if found.articles[0] else _settled(found)
    if about := document_question(plain):
        return WholeQuestion(Asked.THEMSELVES, document=about)
    asked = _mentioned(" ".join(question.replace("’", "'").split()).rstrip(" ?!."))
    return _settled(WholeQuestion(Asked.MENTIONED, asked.topic, mention=asked)) if asked else None


def _mentioned(line: str) -> Mention | None:
    """What is asked to be mentioned; a follow-up ("Was X mentioned – Y") carries its own topic last."""
    asked = mentioned(line)
    before, dash, last = line.rpartition(" – ")
    if asked or not dash:
        return asked
    earlier, topic = mentioned(before), mentioned(f"is {last} mentioned")
    return replace(earlier, topic=topic.topic, literal=topic.literal) if earlier and topic else None


def named_articles(question: str) -> tuple[str, ...]:
    """The two articles that a question compares, as it names them; none for another question."""
    found = whole_question(question)
    return found.articles if found and found.articles[0] else ()


def _settled(found: WholeQuestion) -> WholeQuestion:
    """The question with what must not be mentioned split from what must, and topics without "the word"."""
    topic, unwanted = found.topic, found.unwanted
    if not found.negated and not unwanted:
        parts = BUT_NOT.split(topic, maxsplit=1)
        topic, unwanted = (
            (parts[0], parts[1]) if len(parts) == 2 and parts[0].strip() and parts[1].strip() else (topic, "")
        )
    return replace(found, topic=TOPIC_LEAD.sub("", topic.strip()), unwanted=TOPIC_LEAD.sub("", unwanted.strip()))


def _plainly(plain: str) -> WholeQuestion | None:
    if TOTAL.fullmatch(plain):
        return WholeQuestion(Asked.TOTAL)
    if kinds := unsaid_asked(IN_ALL.sub("", plain)):
        return WholeQuestion(Asked.UNSAID, kinds=kinds)
    for asked, pattern in MENTIONS_OF[:2]:
        if match := re.fullmatch(pattern, IN_ALL.sub("", plain), re.I):
            return WholeQuestion(asked, match["topic"])
    return None


def _compared(plain: str) -> WholeQuestion | None:
    for asked, pattern in COMPARED:
        if match := re.fullmatch(pattern, plain, re.I):
            return WholeQuestion(asked, articles=(match["a"], match["b"]))
    return None


def _of_people(plain: str) -> WholeQuestion | None:
    match = WHO.fullmatch(IN_ALL.sub("", plain))
    if not match:
        return None
    never = match["not"] or match["not2"]
    return WholeQuestion(Asked.NOT_QUOTED if never else Asked.QUOTED, match["topic"] or "")


def _passively(plain: str) -> WholeQuestion | None:
    for asked, pattern in MENTIONS_OF[2:]:
        if match := re.fullmatch(pattern.format(**FILLED), plain, re.I):
            return WholeQuestion(asked, match["topic"])
    return None


def _dated(plain: str) -> WholeQuestion | None:
    """Read "Which is the latest article about X?" and "When was the first report of X published?"."""
    if match := WHEN_DATED.fullmatch(plain):
        predicate = _predicate(re.sub(r"^of ", "about ", match["rest"].strip(), flags=re.I))
        return predicate and WholeQuestion(_end(match["end"]), predicate[1])
    match = DATED.fullmatch(IN_ALL.sub("", AND_WHEN.sub("", plain)))
    if not match or not re.search(NOUN, plain, re.I):
        return None
    predicate = _predicate(match["rest"].strip()) if match["rest"] else (False, "")
    return predicate and WholeQuestion(_end(match["end"]), predicate[1])


def _ranked(plain: str) -> WholeQuestion | None:
    """Read "Which article mentions X first?" and "… the most?"."""
    match = RANKED.fullmatch(plain)
    inner = _headed(match["head"]) if match else None
    if not match or not inner or inner.asked is not Asked.WHICH or inner.negated:
        return None
    return replace(inner, asked=_end(match["end"]))


def _end(word: str) -> Asked:
    if re.fullmatch(r"(?:the\s+)?most(?!\s+recent).*", word, re.I):
        return Asked.MOST
    return Asked.FIRST if word.lower() in ("first", "earliest", "oldest") else Asked.LAST


def _headed(plain: str) -> WholeQuestion | None:
    """A head and its predicate."""
    plain = OR_MENTION.sub("", IN_ALL.sub("", plain))
    for asked, head in HEADS:
        if match := re.match(rf"{head}(?: |(?=n't))", plain, re.I):
            predicate = _predicate(plain[match.end() :])
            if predicate:
                return WholeQuestion(asked, predicate[1], negated=predicate[0])
    return None


def _predicate(rest: str) -> tuple[bool, str] | None:
    """(negated, topic) of "don't mention X" or "is X mentioned"; None where it says something else."""
    if match := PASSIVE.fullmatch(rest):
        return bool(match["not"] or match["not2"]), match["topic"]
    if match := ACTIVE.fullmatch(rest):
        return bool(match["not"]), match["topic"]
    return None
