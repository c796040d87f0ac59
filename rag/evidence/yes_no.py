"""What the likeliest sentence says to a yes/no question, where that is sure: Yes, No, or that it is left open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.asking.question import Question
from rag.evidence.calibration import Calibration
from rag.evidence.features import Candidate
from rag.evidence.in_reply import in_reply
from rag.evidence.judging import agreed, seconded
from rag.evidence.measured import Measured
from rag.evidence.outcome import Fate, of_procedure
from rag.evidence.plainly import reply_to_it, restating
from rag.evidence.polarity import (
    STANCES,
    Said,
    Seen,
    contradicted,
    declined,
    doubtful,
    plain,
    polarity,
    unconnected,
    unreal_alone,
)
from rag.evidence.reading import best
from rag.evidence.untried import untried, yet_to_come
from rag.evidence.weighed import Weighed
from rag.language.negation import cues
from rag.language.numbers import has_number
from rag.language.other_subject import is_of_another
from rag.language.replied import replies_to_another, turns
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.text.denied import is_denial
from rag.text.marks import ITEM
from rag.text.shape import is_question

# "5.1 keep a dog", "(b) let rooms": the number of a clause, and on in small letters.
_CLAUSE = re.compile(r"\s*\(?(?:\d{1,3}(?:\.\d{1,3}){1,4}\.?|(?:\d{1,3}|[a-z])[.)])\s{1,4}(?=[a-z])")

_EXCEPT = re.compile(r"\b(?:except(?:ing)?|save|unless|other than|apart from|but only|without)\b", re.I)

_BOUND = re.compile(
    r"\b(?:(?:more|fewer|less|longer|later|earlier|larger|heavier) than|over|above|at a time|at once)\b", re.I
)


@dataclass(frozen=True)
class YesNo:
    """What is said, and by what.

    Attributes:
        ranked: the candidates, the one that says it first.
        answerable: the probability that one of them answers; 0 where the likeliest may well be of another matter.
        explicit: it is said in so many words, or all that read it agree: that needs no bar.
        said: None where it isn't sure.
    """

    ranked: tuple[Weighed, ...]
    answerable: float
    explicit: bool
    said: Said | None


def say(
    of: Measured, supports: Sequence[float], ranked: tuple[Weighed, ...], answerable: float, fitted: Calibration
) -> YesNo:
    """What is said to a yes/no question.

    Args:
        of: the question's candidates as they were measured; at least one.
        supports: their probabilities of answering.
        ranked: the same candidates, likeliest first.
        answerable: the probability that one of them answers.
        fitted: weights and bars.
    """
    if told := restating(of.question, ranked):
        first, said = told
        return YesNo(_stating(said, (first, *(w for w in ranked if w is not first))), answerable, True, said)
    at = max(range(len(supports)), key=lambda i: (supports[i], -of.candidates[i].sentence.id))
    text, view = of.candidates[at].whole, seen(of, at, supports[at], answerable)
    likely = seconded(view.judged, fitted.polarity(polarity(of.question, view)))
    both = agreed(view.judged, [found.kinds for found in (view.alone, view.closer) if found])
    likeliest = both or _sure_enough(fitted, likely)
    if likeliest and _is_spoken_against(of, at, likeliest, by_judge=view.judged is not None):
        likeliest = both = None
    amended = in_reply(of, at, likeliest)
    likeliest, both = amended, both if amended == likeliest else None
    found = declined(of.question, _in_the_end(of, at, likeliest), text)
    if not found and 1.0 - likely.get("neither", 0.0) < fitted.present:
        answerable = 0.0  # it may well be another matter
    explicit = both is not None or unreal_alone(of.question, text)
    if not found and (very := reply_to_it(of.question, ranked)):
        ranked, explicit = (very, *(w for w in ranked if w is not very)), True
    return YesNo(_stating(found, ranked), answerable, explicit, found)


def _stating(said: Said | None, ranked: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """The candidates with what the first one says as its stance."""
    first = replace(ranked[0], stance=STANCES[said] if said else "stated")
    return first, *(replace(w, stance="stated") for w in ranked[1:])


def _sure_enough(fitted: Calibration, likely: Mapping[str, float]) -> Said | None:
    """The outcome that is likely enough to be named."""
    names: tuple[Said, ...] = ("yes", "no", "open")
    return next((name for name in names if likely.get(name, 0.0) >= fitted.sure.get(name, 1.1)), None)


def _in_the_end(of: Measured, at: int, said: Said | None) -> Said | None:
    """What a Yes or No becomes by what became of what was moved, or where no word of that is said.

    The models know seldom that a motion "fell", and take a motion for its outcome.
    """
    fate, text = of.fates.get(of.candidates[at].sentence.id), of.candidates[at].sentence.text
    if fate is None or of_procedure(of.question):
        return said
    if fate == "carried":
        return None if said != "yes" and not cues(text) and not of.question.negated else said
    if said == "no":
        return said
    if fate == "untold":
        return None if said == "yes" else said
    if said == "yes" and cues(text):
        return None  # "moved that the pond not be drained": it fell
    outcomes: dict[Fate, Said] = {"lost": "no", "put off": "open"}
    return outcomes[fate] if said == "yes" else "open" if fate == "put off" and said == "open" else None


def _is_spoken_against(of: Measured, at: int, said: Said, *, by_judge: bool) -> bool:
    """Whether something forbids to take the likeliest sentence for that.

    Its words, what stands around it, or that its article doesn't know whom the question names.
    """
    one = of.candidates[at]
    unreal = doubtful if by_judge else contradicted
    return (
        (said == "yes" and (unreal(of.question, one.whole) or yet_to_come(of.question, one.whole)))
        or (said == "yes" and is_of_another(of.question.asked, one.whole))
        or (said == "no" and (unconnected(of.question, one.whole) or untried(of.question, one.whole)))
        or (said == "open" and of.fates.get(one.sentence.id) is None and plain(one.whole))
        or not of.rules[at].names_article
        or _of_another(of.question, said, one)
        or _turns_reply(of.question, said, of, at)
    )


def _of_another(question: Question, said: Said, best: Candidate) -> bool:
    """Whether it can't be taken for what is said to the question.

    Its Yes or No is the reply to another question of the text, or to what somebody said; or it goes on with the line
    that leads a list in ("the name of the person responsible", "5.1 keep a dog") and says nothing by itself. With a
    line that breaks off ("The tenant shall not") it is one sentence, and was read so.
    """
    text, asked, unit = best.sentence.text, best.surroundings.asked, best.surroundings.unit
    if said == "yes" and asked is not None and not is_question(asked.text) and is_denial(text):
        return True
    if unit and unit.ends_lead:
        return _of_other_cases(question, said, best.whole)
    if _CLAUSE.match(text):
        return True
    mark = ITEM.match(text)
    if unit and unit.kind is Kind.ITEM and unit.lead and text[mark.end() if mark else 0 :][:1].islower():
        return True
    return asked is not None and replies_to_another(question.asked, asked.text, text)


def _of_other_cases(question: Question, said: Said, clause: str) -> bool:
    """Whether a clause may say another thing of what is asked than it seems to.

    It is asked for just what the clause excepts ("shall not light fires, except on the beach"); the clause is of a
    bound ("more than two dogs") and the question of no number; or a duty, which leaves nothing open, is taken for open.
    """
    if said == "open":
        return not any(c.kind == "undecided" for c in cues(clause))
    if _BOUND.search(clause) and not has_number(question.asked):
        return True
    match = _EXCEPT.search(clause)
    if match is None:
        return False
    return bool(question.stems & content_stems(clause[match.end() :]) - content_stems(clause[: match.start()]))


def _turns_reply(question: Question, said: Said, of: Measured, at: int) -> bool:
    """Whether the text's own reply to nearly the same question says the contrary: "Can I …? No. Pay it into court."."""
    asked, source = of.candidates[at].surroundings.asked, of.candidates[at].sentence.source
    if asked is None or question.negated or said == "open":
        return False
    first = (c.sentence for c in of.candidates if c.sentence.source == source)
    reply = next((s.text for s in first if s.position == asked.position + 1), "")
    return turns(question.asked, asked.text, reply, said)


def seen(of: Measured, at: int, support: float, answerable: float) -> Seen:
    """One candidate of a yes/no question, as it was measured; `at` is its place."""
    sentence = of.candidates[at].sentence
    return Seen(
        text=of.candidates[at].whole,
        features=of.rules[at],
        support=support,
        answerable=answerable,
        passage=best(of.found[sentence.id]) if of.found else None,
        closer=of.closer.get(sentence.id),
        alone=of.alone.get(sentence.id),
        told=of.told.get(sentence.id),
        others=[found for one, found in of.alone.items() if one != sentence.id],
        judged=of.judged.get(sentence.id),
        opinion=of.opinion is not None,
    )
