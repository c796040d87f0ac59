"""Tell "Was X mentioned?" in its many wordings, and take it apart. Pure: knows no article.

A small grammar instead of a list of wordings: clauses of a mention verb ("mention", "touch on"), of a verb of
appearing ("come up") or of a noun of mention ("anything about", "a reference to"), with slots for who mentions, for
the topic and for where. Who mentions must be the texts or nobody in particular: what Ada Lund mentioned is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rag.asking import mention_words as of
from rag.asking.mention_nouns import existing, short
from rag.asking.mention_slots import (
    LONGEST,
    Mention,
    Tail,
    agent_of,
    is_led,
    is_machinery,
    is_named,
    is_of_rules,
    place_of,
    tail_of,
    topic_and_place,
    topic_of,
    verb_at,
    without_adverbs,
)
from rag.asking.mention_tokens import BREAKS, Tokens, is_document, is_verbal, lemma_of, tokens_of

_THING = 5  # words of a thing that is asked for without a verb: "the Sykes-Picot Agreement in here"
__all__ = ["Mention", "is_machinery", "mentioned"]


def mentioned(question: str) -> Mention | None:
    """What a question asks to be mentioned, None for another question.

    Args:
        question: in one line, its apostrophes straight.
    """
    text, tokens = tokens_of(question)
    for start in _starts(tokens):
        before, clause = tokens[:start], tokens[start:]
        found = _clause(clause, text) or _clause(_without_choice(clause), text)
        if not found:
            continue
        if before and _restricts(before):
            return None
        return _with_topic(found, before, text)
    return None


def _starts(tokens: Tokens) -> Iterator[int]:
    """Where the clause that asks may begin: at the head, after a break, after "whether"."""
    yield 0
    yield from (i + 1 for i, t in enumerate(tokens[:-1]) if t.text in BREAKS or t.text[-1] in ".?!" and i)


def _without_choice(clause: Tokens) -> Tokens:
    """A clause without what it offers instead: ", or just the catering"."""
    for at, token in enumerate(clause[:-1]):
        if token.text == "," and clause[at + 1].lower in ("or", "and", "but"):
            return clause[:at]
    return ()


def _restricts(before: Tokens) -> bool:
    """Whether what stands before the clause says of which occasion it is asked: "When he met Putin, was …"."""
    words = {t.lower for t in before}
    return before[0].lower in of.OCCASIONS and words.isdisjoint(of.SELF) and not any(is_document(t) for t in before)


def _with_topic(found: Mention, before: Tokens, text: str) -> Mention | None:
    """The mention with its topic; "it" is what stands before the clause, as in "Asbestos: is it mentioned?"."""
    if found.topic.lower() in of.POINTERS and 1 < len(before) <= 7 and before[-1].text in BREAKS:
        front = topic_of([t for t in before[:-1] if t.lower not in of.OPENING], text, anything=True)
        return replace(found, topic=front[0], literal=front[1]) if front else None
    return None if found.topic.lower() in of.POINTERS else found


def _clause(tokens: Tokens, text: str) -> Mention | None:
    tokens, indirect = _opened(tokens)
    negated, told = _claimed(tokens)
    if not told:
        return None
    for read in (_where, existing, _asked, short):
        found = read(told, text)
        if found:
            return replace(found, negated=found.negated != negated)
    found = _stated(told, text) if indirect or told is not tokens else None
    return replace(found, negated=found.negated != negated) if found else None


def _opened(tokens: Tokens) -> tuple[Tokens, bool]:
    """A clause without "so", "please", and without "can you tell me whether" before it."""
    for at, token in enumerate(tokens[:14]):
        if token.lower in ("if", "whether") and any(lemma_of(t.lower) in of.ASKING for t in tokens[:at]):
            return _opened(tokens[at + 1 :])[0], True
    at = 0
    while at < len(tokens) and (tokens[at].lower in of.OPENING or tokens[at].text in BREAKS):
        at += 1
    rest = tokens[at:]
    # "Can you find any mention of X", "Do you see X anywhere", "Show me any reference to X"
    for lead in (3, 2, 1):
        head = [t.lower for t in rest[:lead]]
        if len(head) == lead and head[-1] in of.FINDING and set(head[:-1]) <= of.REQUESTING:
            found = rest[lead:]
            while len(found) > 1 and found[0].lower in ("me", "us", "for", "these", "them", "this", "here"):
                found = found[1:]
            indefinite = bool(found) and found[0].lower in of.INDEFINITE
            return (found if indefinite or lead > 1 and head[0] in of.DO else rest), False
    return rest, False


def _claimed(tokens: Tokens) -> tuple[bool, Tokens]:
    """Whether a denial is put to us ("Is it true that X is not …?"), and the clause that is."""
    for at, token in enumerate(tokens[:9]):
        if token.lower == "that" and at and any(t.lower in of.CLAIMING for t in tokens[:at]):
            rest = tokens[at + 1 :]
            nots = [i for i, t in enumerate(rest) if t.lower in ("not", "n't", "never")]
            return bool(nots), [t for i, t in enumerate(rest) if i not in nots]
    return False, tokens


# ── clauses ─────────────────────────────────────────────────────────────────────────────────
def _where(tokens: Tokens, text: str) -> Mention | None:
    """Read "Where is X mentioned?", "Where do the articles mention X?"."""
    if tokens[0].lower != "where" or len(tokens) < 3:
        return None
    found = _asked(tokens[1:], text, where=True)
    return replace(found, where=True) if found else None


def _asked(tokens: Tokens, text: str, *, where: bool = False) -> Mention | None:
    """A question's order: the auxiliary first."""
    if len(tokens) < 2:
        return None
    head, rest = tokens[0].lower, tokens[1:]
    if rest[0].lower == "n't":
        rest = rest[1:]
    if head in of.BE:
        return _passive(rest, text) or (None if where else _there(rest, text))
    if head in of.HAVE:
        return _passive(rest, text, been=True) or _active(rest, text, form="participle") or _appearing(rest, text)
    if head in of.MODAL and (found := _passive([t for t in rest if t.lower != "be"], text)):
        return found
    if head in of.DO or head in of.MODAL:
        return _active(rest, text, form="base") or _omitting(rest, text) or _appearing(rest, text, base=True)
    return None


def _stated(tokens: Tokens, text: str) -> Mention | None:
    """A statement's order, as after "whether": "X is mentioned", "the articles mention X", "X comes up"."""
    for at in range(1, min(len(tokens), LONGEST + 2)):
        lower = tokens[at].lower
        if tokens[at].text in BREAKS or tokens[at].text[-1] == "." and len(lower) > 3:
            break
        if lower in of.BE or lower in of.HAVE:
            moved = [*tokens[:at], *(t for t in tokens[at + 1 :] if t.lower != "n't")]
            found = _passive(moved, text, been=lower in of.HAVE, least=at) or _there(moved, text)
            if found:
                return found
    return _active(tokens, text, form="finite") or _appearing(tokens, text)


def _passive(tokens: Tokens, text: str, *, been: bool = False, least: int = 1) -> Mention | None:
    """Read "X (not) (been) mentioned (anywhere)"."""
    for at in range(least, min(len(tokens), LONGEST + 4)):
        verb = verb_at(tokens, at, of.PASSIVE)
        if not verb or not tokens[at].lower.endswith(of.PARTICIPLE):
            continue
        end, lemma = verb
        tail = tail_of(tokens[end:])
        if tail is None or lemma in of.AMBIGUOUS and not (tail.place or is_led(tokens[:at])):
            continue
        if lemma not in of.PURE and (tail.named or tail.rules):
            continue
        subject, denied = without_adverbs(tokens[:at])
        if been and subject and subject[-1].lower == "been":
            subject = subject[:-1]
        topic = topic_of(subject, text)
        if topic:
            return tail.mention(topic, spoken=lemma in of.SPOKEN, negated=denied)
    return None


def _there(tokens: Tokens, text: str) -> Mention | None:
    """Read "X in here", "X missing from the letter"."""
    for at in range(1, len(tokens)):
        gone = tokens[at].lower in of.MISSING or [t.lower for t in tokens[at : at + 2]] == ["left", "out"]
        if not gone and tokens[at].lower not in ("in", "anywhere", "somewhere"):
            continue
        rest = tokens[at + (2 if tokens[at].lower == "left" else 1) :] if gone else tokens[at:]
        if gone:
            rest = rest[1:] if rest and rest[0].lower in ("of", "from") else []
            tail = Tail(place=True, document=True, named=is_named(rest)) if place_of(rest) == len(rest) > 0 else None
        else:
            tail = tail_of(rest)
        topic = topic_of(without_adverbs(tokens[:at])[0], text) if tail and not _says_more(tokens[:at]) else None
        if tail and topic and (tail.document or topic[1]) and not (tail.named or tail.rules):
            return tail.mention(topic, negated=gone)
    return None


def _says_more(tokens: Tokens) -> bool:
    """Whether words before a place are more than a thing: "prices covered", "a theme", "bad for the environment"."""
    return len(tokens) > _THING or is_verbal(tokens[-1]) or any(t.text in ("a", "an", ",", "for") for t in tokens[1:])


def _active(tokens: Tokens, text: str, *, form: str) -> Mention | None:
    """Read "the articles (ever) mention X (anywhere)"."""
    for at in range(1, min(len(tokens) - 1, LONGEST)):
        verb = verb_at(tokens, at, of.ACTIVE)
        if not verb or not _has_form(tokens[at].lower, verb[1], form):
            continue
        subject, denied = without_adverbs(tokens[:at])
        kind = agent_of(subject)
        if not kind:
            continue
        end, lemma = verb
        split = of.SPLIT.get(lemma)
        rest = [*tokens[end:]]
        if split and split in (t.lower for t in rest):
            rest.remove(next(t for t in rest if t.lower == split))
        elif split and end == at + 1:
            continue
        found = topic_and_place(rest, text)
        named = kind == "text" and is_named(subject)
        loose = lemma not in of.PURE and (named or is_of_rules(subject) or lemma in of.HOLDING)
        if found and (found.literal or not loose):
            nobody = subject[0].lower in ("nobody", "no", "none")
            return replace(found, spoken=kind == "someone", negated=denied or nobody, named=found.named or named)
    return None


def _has_form(lower: str, lemma: str, form: str) -> bool:
    """Whether a verb stands in the form that its auxiliary asks for."""
    if form == "base":
        return lower == lemma
    return lower.endswith(of.PARTICIPLE) if form == "participle" else not lower.endswith("ing")


def _omitting(tokens: Tokens, text: str) -> Mention | None:
    """Read "the articles leave out X"."""
    for at in range(1, min(len(tokens) - 1, LONGEST)):
        verb = verb_at(tokens, at, of.OMITTING)
        subject, denied = without_adverbs(tokens[:at])
        if verb and agent_of(subject) and (found := topic_and_place(tokens[verb[0] :], text)):
            return replace(found, negated=not denied)
    return None


def _appearing(tokens: Tokens, text: str, *, base: bool = False) -> Mention | None:
    """Read "X (ever) come up (anywhere)", "X get a mention"."""
    for at in range(1, min(len(tokens), LONGEST + 4)):
        end = _appears(tokens, at)
        if end is None or base and tokens[at].lower != lemma_of(tokens[at].lower):
            continue
        tail = tail_of(tokens[end:])
        subject, denied = without_adverbs(tokens[:at])
        topic = topic_of(subject, text) if tail else None
        lemma = lemma_of(tokens[at].lower)
        if tail and topic and (tail.place or lemma in of.COMING or topic[1] or lemma == "get"):
            return tail.mention(topic, spoken=lemma in of.SPOKEN, negated=denied)
    return None


def _appears(tokens: Tokens, at: int) -> int | None:
    """The end of a verb of appearing; None for another."""
    lower = tokens[at].lower
    if (end := verb_at(tokens, at, of.APPEARING)) is not None:
        return end[0]
    if lemma_of(lower) == "get" and at + 1 < len(tokens):
        if verb := verb_at(tokens, at + 1, of.PASSIVE):
            return verb[0]
        if [t.lower for t in tokens[at + 1 : at + 3]] == ["a", "mention"]:
            return at + 3
    return None
