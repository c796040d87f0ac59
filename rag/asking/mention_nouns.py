"""Clauses of mention without a verb of it: "is there anything about X", "any word on X", "X mentioned?"."""

from __future__ import annotations

from dataclasses import replace

from rag.asking import mention_words as of
from rag.asking.mention_slots import Mention, agent_of, tail_of, topic_and_place, topic_of, verb_at, without_adverbs
from rag.asking.mention_tokens import BREAKS, Tokens, lemma_of, noun_of


def existing(tokens: Tokens, text: str) -> Mention | None:
    """Read "is there anything about X", "do we have anything on X", "any word on X", "nothing about X"."""
    at = _head_of_existence(tokens)
    lowers = [t.lower for t in tokens]
    while at < len(lowers) and lowers[at] in of.SMALL:
        at += 1
    if at >= len(lowers) or noun_of(lowers[at]) not in of.NOUNS:
        return None
    bare = at == 0 and lowers[0] not in of.ALONE
    denied = lowers[at] == "nothing" or "no" in lowers[:at] or lowers[:1] == ["not"]
    at += 1
    while at < len(lowers) and lowers[at] in of.BETWEEN:
        at += 1
    return _of_noun(tokens[at:], text, denied=denied) if at < len(tokens) and not bare else None


def _of_noun(tokens: Tokens, text: str, *, denied: bool) -> Mention | None:
    """The topic after a noun of mention: "(in the letter) about X (anywhere)"."""
    for at, token in enumerate(tokens[:8]):
        if token.lower in of.PREPOSITIONS:
            between = tail_of(tokens[:at])
            length = 2 if [t.lower for t in tokens[at : at + 2]] in (["dealing", "with"], ["relating", "to"]) else 1
            found = topic_and_place(tokens[at + length :], text) if between else None
            return replace(found, negated=denied) if found else None
    return None


def _head_of_existence(tokens: Tokens) -> int:
    """How many words come before the noun: of "is there", "do the articles have", "was"; 0 for none."""
    lowers = [t.lower for t in tokens]
    if lowers[:2] == ["there", "'s"] or lowers[0] == "there" and lowers[1:2] and lowers[1] in of.BE:
        return 2
    if lowers[0] in of.BE:
        at = 2 if lowers[1:2] == ["n't"] else 1
        there = lowers[at : at + 1] == ["there"]
        return at + 1 if there else at if not {"said", "made", "written", "mentioned"}.isdisjoint(lowers[at:6]) else 0
    if lowers[0] in of.DO or lowers[0] in of.HAVE:
        for at in range(2, min(len(tokens), 9)):
            if lemma_of(lowers[at]) in of.HOLDING and agent_of(without_adverbs(tokens[1:at])[0]):
                return at + 1
    for at in range(1, min(len(tokens), 7)):
        if lemma_of(lowers[at]) in of.HOLDING and agent_of(without_adverbs(tokens[:at])[0]):
            return at + 1
    return 0


def short(tokens: Tokens, text: str) -> Mention | None:
    """Read "X mentioned?", and with an ending of its own "X – mentioned anywhere?"."""
    first = tokens[0].lower
    if first in of.BE | of.DO | of.HAVE | of.MODAL | of.QUESTION_WORDS | of.COMMANDS or len(tokens) < 2:
        return None
    for at in range(1, len(tokens)):
        verb = verb_at(tokens, at, of.PASSIVE)
        if verb and verb[1] not in of.AMBIGUOUS and tokens[at].lower.endswith(of.PARTICIPLE):
            tail = tail_of(tokens[verb[0] :])
            subject = [t for t in tokens[:at] if t.text not in BREAKS]
            asks = any(t.lower in of.BE | of.DO | of.HAVE or lemma_of(t.lower) == "get" for t in subject)
            topic = topic_of(subject, text) if tail and len(subject) <= 4 and not asks else None
            return Mention(topic[0], verb[1] in of.SPOKEN, literal=topic[1]) if topic else None
    return None
