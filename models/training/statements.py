"""Yes/no questions and claims made from plain statements, with their denials as minimal pairs.

"The bill was passed in May." becomes "Was the bill passed in May?", answered Yes by it and No by "The bill was not
passed in May."; a subject, its auxiliary and what follows are all that the rule understands, and other sentences are
left alone. Claims are statements themselves, or a question of the form "Who …?" with its answer put in.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.training.examples import Example, sentences

_AUXILIARY = r"is|are|was|were|can|could|will|would|should|must|has|have|had"
_STATEMENT = re.compile(
    rf"(?P<subject>[A-Z][^,;:()“”\"]{{2,60}}?) (?P<verb>{_AUXILIARY})(?P<denied> not| never)? (?P<rest>[^;:()“”\"]+)\."
)
# A subject with one of these holds a clause of its own, so the auxiliary found may be the clause's.
_CLAUSE = re.compile(
    r"\b(?:who|which|that|what|when|where|while|whilst|if|as|because|although|there|and|but|or|it|this|may|might|says?|suggests?|shows?)\b",
    re.I,
)
_NO_SUBJECT = re.compile(
    r"(?:In|On|At|By|For|From|To|With|During|After|Before|Since|Until|Under|Over|Among|No)\b|.* [a-z]+ed\b"
)
_PARTICIPLE = re.compile(r"(?:\w+(?:ed|en|wn|ne)|been|become|had|made|led|held|built|found|kept|lost|put|set|sold)\b")
_FUNCTION_WORDS = frozenset(
    "the a an this these those his her its their our my some many most all no both each they he she we".split()
)
_ASIDE = re.compile(r",? (?:which|who|where|while|although|but|because|when) |, (?:and|as|with|in) ")
_UNDECIDED = (
    "It is not known whether {}.",
    "It is still unclear whether {}.",
    "Nobody would say whether {}.",
    "No decision has been taken on whether {}.",
    "Officials declined to say whether {}.",
    "It is too early to say whether {}.",
)
_DENIED = ("{speaker} denied that {}.", "It is not true that {}.", "Reports that {} are false.")
_SPEAKERS = ("She", "He", "The minister", "A spokesman", "The company", "Researchers", "Police")
_WHO = re.compile(
    r"(?:Who (?=\w+(?:ed|s|is|are|was|were|led|won|had)\b)|What (?=\w+ed\b|is\b|are\b|was\b|were\b))(.+)\?"
)
_STRANDED = re.compile(
    r"\b(?:did|do|does|else)\b| (?:by|for|from|in|of|on|to|with|at|into|than|about|as|called|made)\?$"
)
_SHORTEST, _LONGEST = 5, 30  # words of a statement


@dataclass(frozen=True)
class Statement:
    """A sentence as subject, auxiliary and rest."""

    subject: str
    verb: str
    rest: str
    denied: bool

    def said(self, denied: bool) -> str:
        """The clause, affirmed or denied, without a full stop."""
        return f"{self.subject} {self.verb} {'not ' if denied else ''}{self.rest}"

    def asked(self) -> str:
        """The clause as a question."""
        return f"{self.verb.capitalize()} {self.subject} {_ASIDE.split(self.rest)[0].rstrip(',')}?"


def parse(sentence: str) -> Statement | None:
    """A simple sentence's parts; None for every other sentence."""
    found = _STATEMENT.fullmatch(sentence.strip())
    if not found or not _SHORTEST <= len(sentence.split()) <= _LONGEST:
        return None
    subject, verb, rest = found["subject"], found["verb"], found["rest"]
    if _CLAUSE.search(subject) or _NO_SUBJECT.match(subject) or re.search(r"\b(?:not|n't|never|no)\b", rest):
        return None
    if verb in ("has", "have", "had") and not _PARTICIPLE.match(rest):
        return None
    first, _, others = subject.partition(" ")
    if first.lower() in _FUNCTION_WORDS:
        subject = f"{first.lower()} {others}".rstrip()
    return Statement(subject, verb, rest, bool(found["denied"]))


def polar(examples: Sequence[Example], seed: int, count: int) -> list[Example]:
    """Yes/no questions made from sentences of passages: pairs that differ in a denial alone, undecided and absent ones.

    Args:
        examples: whose passages to take.
        seed: of the draws.
        count: greatest number of statements.
    """
    draw = random.Random(seed)
    made = []
    for passage, sentence, statement, group in _statements(examples, draw, count):
        question = statement.asked()
        own = [(passage, sentence, "no" if statement.denied else "yes")]
        flipped = _sentence(statement.said(not statement.denied))
        if not statement.denied and draw.random() < 0.4:
            flipped = _sentence(draw.choice(_DENIED).format(statement.said(False), speaker=draw.choice(_SPEAKERS)))
        own.append((passage.replace(sentence, flipped), flipped, "yes" if statement.denied else "no"))
        if draw.random() < 0.3:
            left_open = draw.choice(_UNDECIDED).format(statement.said(False))
            own.append((passage.replace(sentence, left_open), left_open, "undecided"))
        for text, where, label in own:
            at = text.find(where)
            made.append(Example("question", question, text, label, ((at, at + len(where)),), "polar", group))
        if draw.random() < 0.6 and (rest := _without(passage, sentence)):
            made.append(Example("question", question, rest, "absent", (), "polar", group))
    return made


def asked_of_premises(claims_: Sequence[Example]) -> list[Example]:
    """Claims made yes/no questions of their premise: a claim that denies and is supported is answered No."""
    made = []
    for claim in claims_:
        statement = parse(claim.text)
        if claim.label in ("supports", "refutes") and statement:
            label = "yes" if (claim.label == "supports") != statement.denied else "no"
            span = (0, len(claim.passage))
            made.append(
                Example("question", statement.asked(), claim.passage, label, (span,), claim.origin, claim.group)
            )
    return made


def _statements(
    examples: Sequence[Example], draw: random.Random, count: int
) -> Iterator[tuple[str, str, Statement, str]]:
    passages = {e.passage: e.group for e in examples}
    found = [
        (passage, sentence, statement, group)
        for passage, group in passages.items()
        for sentence in sentences(passage)
        if (statement := parse(sentence))
    ]
    yield from draw.sample(found, min(count, len(found)))


def _sentence(clause: str) -> str:
    text = clause[0].upper() + clause[1:]
    return text if text.endswith(".") else f"{text}."


def _without(passage: str, sentence: str) -> str:
    rest = [s for s in sentences(passage) if s != sentence]
    return " ".join(rest) if len(rest) >= 2 else ""


def claims(examples: Sequence[Example], seed: int, count: int) -> list[Example]:
    """Claims and whether their passage supports them, refutes them, or says nothing.

    Half are statements of passages, their denials, and statements that were cut out; the others are questions with
    their answer put in, with another answer of the same article, and with a passage that lacks the answer.
    """
    draw = random.Random(seed)
    made = []
    for passage, sentence, statement, group in _statements(examples, draw, count // 2):
        # Neighbours stay, so that "says nothing" is near; a claim whose sentence is denied is refuted.
        claim, other = _sentence(statement.said(statement.denied)), _sentence(statement.said(not statement.denied))
        made.append(Example("claim", claim, passage, "supports", (), "claim", group))
        made.append(Example("claim", other, passage, "refutes", (), "claim", group))
        if rest := _without(passage, sentence):
            made.append(Example("claim", claim, rest, "says nothing", (), "claim", group))
    asked = [(e, predicate) for e in examples if e.label == "span" and (predicate := _predicate(e.text))]
    answers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for e, _ in asked:
        answers[e.group, _shape(_answer(e))].append(_answer(e))
    for e, predicate in draw.sample(asked, min(count // 2, len(asked))):
        answer = _answer(e)
        claim = _sentence(f"{answer} {predicate}")
        made.append(Example("claim", claim, e.passage, "supports", (), "claim", e.group))
        own = {e.passage[a:b].lower() for a, b in e.spans}
        others = [o for o in answers[e.group, _shape(answer)] if not any(o.lower() in a or a in o.lower() for a in own)]
        if others:
            wrong = _sentence(f"{draw.choice(others)} {predicate}")
            made.append(Example("claim", wrong, e.passage, "refutes", (), "claim", e.group))
        lacking = [s for s in sentences(e.passage) if answer.lower() not in s.lower()]
        if len(lacking) >= 2:
            made.append(Example("claim", claim, " ".join(lacking), "says nothing", (), "claim", e.group))
    return made


def _predicate(question: str) -> str | None:
    """What a question of the form "Who …?" asks of somebody; None for all others."""
    found = None if _STRANDED.search(question) else _WHO.fullmatch(question)
    return found[1] if found else None


def _answer(example: Example) -> str:
    start, end = example.spans[0]
    return example.passage[start:end]


def _shape(text: str) -> str:
    return "number" if re.search(r"\d", text) else "name" if text[:1].isupper() else "words"
