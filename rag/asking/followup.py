"""Make a follow-up stand alone (conversational query rewriting): "And sanctions?" needs what was asked before it.

A model reads the utterance after what was said, tells whether it needs that, and marks the words that it leaves out
(term resolution, as in QuReTeC: Voskarides et al. 2020, SIGIR, section 3). A fragment takes the place of what it is
contrasted with in the earlier question. Everything else a language model says anew; where it can't, a pronoun gives way
to whom or what it stands for, and the rest comes after a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.protocols import LLM, Understander
from rag.asking.anew import asked_anew, why_anew
from rag.asking.exchange import exchanged, is_fragment, is_time, named_by
from rag.asking.moves import is_asked, meant
from rag.asking.rewrite import rewritten
from rag.asking.taken_over import PERSON, THING, asked_for, lacking, resolved
from rag.types import Answer

_REMEMBERED = 3  # answers that are read again
_QUOTED = 300  # characters of what they quoted
_OPENER = re.compile(r"^(?:(?:and|but|so|or|then|also|ok(?:ay)?)\b[\s,]*)*(?:(?:what|how)\s+about\b[\s,]*)?", re.I)
# "Who?" and "What is it?" ask of another thing than of what was done.
_BARE_WH = re.compile(
    r"(?P<wh>(?:by|from|to|for|since|until|with|of) (?:who|whom|when|where|what|how long|how much|how many)"
    r"|when|where|how long|how much|how many)(?: (?:is|was|were|did|does)(?: (?:that|this|it))?)?",
    re.I,
)
_OF_IT = re.compile(
    r"(?:what|how (?:much|many|high|big|large|long)) (?:is|was|were|did|will) (?:it|that|this|they)"
    r"(?: (?:be|come to|cost))? (?P<time>(?:in )?.+)",
    re.I,
)
_ASKING = frozenset("who whom whose what which when where why how".split())
_YES_OR_NO = re.compile(r"(Yes|No)\b[:,]")
_OF = re.compile(r"the \w+ of ", re.I)
_LONGEST_CORRECTION = 8


def standalone(
    question: str, history: Sequence[Answer], understander: Understander | None, rewriter: LLM | None = None
) -> str:
    """The question as one would ask it without the conversation before it.

    Args:
        question: what was asked, tidied.
        history: earlier answers, oldest first.
        understander: reads it; without one a question is taken as it stands.
        rewriter: says it anew where it needs what was said before; None to put marked words where they belong.
    """
    if not history or understander is None:
        return question
    said = _said(history[-_REMEMBERED:])
    follow = understander.follow(said, question)
    if follow.depends < 0.5:
        return question
    topic = _topic(question)
    opened = not question.startswith(topic)
    if is_fragment(topic) and (opened or follow.kind == "ellipsis"):
        last = max(place for place, text in enumerate(said) if text == history[-1].standalone_question)
        before = fragment_of(corrected(history[-1].question))
        return exchanged(topic, said[last], [c for c in follow.carried if c.place == last], before)
    if recent := _recent(question, history[-1]):
        return recent
    if (why := _why(question, history[-1])) is not None:
        return why
    bare = bare_wh(question)
    if bare and (asked := asked_anew(bare, history[-1].standalone_question)):
        return asked
    # Whom the last answer named is known; the model takes others that its quote names for them.
    pronoun = PERSON.search(question) or THING.search(question)
    known = pronoun and asked_for(pronoun.group().lower(), history[-1])
    # After "And the tower?" the last question holds all there is, and what it gave way to is no longer meant.
    recent_ones = history[-1:] if fragment_of(corrected(history[-1].question)) else history
    if rewriter and not known and (anew := rewritten(question, recent_ones, rewriter)):
        return anew
    return resolved(question, lacking(question, said, follow), follow.kind, history[-1])


def _recent(question: str, last: Answer) -> str | None:
    """A question about "it" after "And the sundial?": that is what "it" is; None for another."""
    topic, thing = fragment_of(last.question), THING.search(question)
    if not topic or not thing or PERSON.search(question) or not named_by(topic):
        return None
    if (
        re.match(r"(?:in|on|at|for|from|before|after|by|with|about|to|if|when)\b", topic, re.I)
        or thing.group().lower() == "its"
    ):
        return None
    return f"{question[: thing.start()]}{topic}{question[thing.end() :]}"


def _why(question: str, last: Answer) -> str | None:
    """What a bare "Why?" asks after an answer with Yes or No; None for other utterances, or after another answer."""
    said = _YES_OR_NO.match(last.text) if last.status == "answered" else None
    return why_anew(question, last.standalone_question, denied=said[1] == "No") if said else None


def _topic(question: str) -> str:
    """An utterance without what opens it; of "What was it the year before?" the time, which is all that is new."""
    topic = _OPENER.sub("", question).strip().rstrip("?!. ")
    asked = _OF_IT.fullmatch(topic)
    return asked["time"] if asked and is_time(asked["time"]) else topic


def fragment_of(question: str) -> str | None:
    """What an opened fragment names: "the sundial" in "And the sundial?"; None for another utterance."""
    topic = _topic(question)
    opened = not question.startswith(topic)
    return topic if opened and is_fragment(topic) and topic.split()[0].lower() not in _ASKING else None


def bare_wh(question: str) -> str | None:
    """The question word where nothing else is said: "by whom" in "And by whom?"; None for another utterance."""
    bare = _BARE_WH.fullmatch(_OPENER.sub("", question).strip().rstrip("?!. "))
    return bare["wh"] if bare else None


def readings(
    question: str, alone: str, history: Sequence[Answer], understander: Understander | None, rewriter: LLM | None
) -> Iterator[str]:
    """What else a follow-up may mean, likeliest first; each is made when it is asked for.

    By the last turn alone; by the marked words, where the rewriter had it; as if the last turn had not been.

    Args:
        question: what was asked, tidied.
        alone: it as it was made to stand alone.
        history: earlier answers, oldest first.
        understander: reads it; without one there is nothing else.
        rewriter: says it anew.
    """
    known = {question, alone}
    ways: tuple[tuple[Sequence[Answer], LLM | None], ...] = (
        (history[-1:], rewriter),
        (history, None),
        (history[:-1], rewriter),
    )
    for of, model in ways:
        read = standalone(question, of, understander, model)
        if read not in known:
            known.add(read)
            yield read


def corrected(question: str) -> str:
    """What somebody says to have meant, as a follow-up of its own; another utterance as it is."""
    said = meant(question)
    if said is None:
        return question
    if is_asked(said) or len(said.split()) > _LONGEST_CORRECTION:
        return f"{said[0].upper()}{said[1:]}?"
    return f"What is {said}?" if _OF.match(said) else f"And {said}?"


def _said(history: Sequence[Answer]) -> list[str]:
    """What was said, in its order: each question as it stands alone, and what was quoted first."""
    found = []
    for answer in history:
        found.append(answer.standalone_question)
        found += [c.quote[:_QUOTED] for c in answer.citations[:1]]
    return list(dict.fromkeys(found))
