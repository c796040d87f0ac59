"""Moves in a conversation that are about the last answer itself: "Who said that?", "Are you sure?", "Tell me more".

Fixed wordings of whole utterances; no model decides here. What says more than its move ("Who said that the weir would
hold?") is a question like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Move(StrEnum):
    """What is wanted of the last answer."""

    SPEAKER = "who said that"
    SURE = "are you sure"
    MORE = "tell me more"
    PLACE = "which document is that from"
    AUTHOR = "who wrote that"
    DATE = "when was that written"
    ITEM = "the second one"


@dataclass(frozen=True)
class Moved:
    """A move with what it names."""

    move: Move
    place: int = 0  # of an item: 1 is the first, -1 the last
    rest: str = ""  # of an item: what is asked of it, with `ITEM` in its place; empty where nothing is
    bare: bool = True  # of a place: nothing but "that" is named


ITEM = "\N{OBJECT REPLACEMENT CHARACTER}"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LEAD = r"(?:(?:and|but|so|ok(?:ay)?|well|hm+|oh|sorry|please),? )*"
_TAIL = r"(?:,? (?:please|then|exactly|again|though|now))*"
_THAT = r"(?:that|this|so|it|those words|these words|the last one)"
_TEXT = r"(?:document|article|file|text|paper|report|source|piece|page)"
_FIGURE = (
    rf"(?:(?:that|this|the) (?:{_TEXT}|figure|number|quote|sentence|information|claim|date|amount|answer|one)|{_THAT})"
)
_SAYS = r"(?:said|says|told (?:you|them|us)|tells (?:you|them|us)|claimed|claims|states?|stated)"
_WROTE = r"(?:written|published|dated|printed|released|posted|issued|said|broadcast)"


def _whole(*wordings: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{'|'.join(wordings)}){_TAIL}", re.I)


_MOVES = (
    (
        Move.SPEAKER,
        _whole(
            rf"who (?:was it (?:that|who) )?{_SAYS}(?: {_THAT})?",
            rf"(?:says|according to|said) who(?:m)?|who(?:se)? (?:words|quote|statement)s? (?:are|is|was|were) {_THAT}",
            rf"who (?:is|was) (?:speaking|talking)(?: (?:here|there))?|by whom (?:was|is) {_THAT} said",
        ),
    ),
    (
        Move.SURE,
        _whole(
            rf"(?:are|r) (?:you|u) (?:really |quite |absolutely |very )?(?:sure|certain|positive)(?: (?:about"
            rf"|of) {_FIGURE})?",
            rf"(?:really|seriously|for sure|honestly|truly)|is {_FIGURE} (?:really )?(?:true|right|correct"
            rf"|accurate|certain|so)",
            r"(?:i|we) (?:do not|don't|can't|cannot) (?:really )?believe (?:that|this|it|you)|i doubt (?:that|it|this)"
            r"|i'm not (?:so )?sure(?: about (?:that|this|it))?|no way|can that be(?: right| true)?|"
            r"(?:double[- ])?check that",
            rf"how (?:do|can) you (?:know|be (?:so )?sure)(?: {_THAT})?|says? {_FIGURE} really",
        ),
    ),
    (
        Move.MORE,
        _whole(
            rf"(?:can you |could you )?(?:tell me|say|show me|give me|let me (?:hear|have)) (?:some |a (?:little"
            rf"|bit) )?more"
            rf"(?: (?:details?|information))?(?: (?:about|on|of) {_FIGURE})?",
            r"more(?: details?| information| please)?|go on|continue|carry on|keep going|what else(?: is there)?"
            r"|anything else"
            rf"|and then|in more detail|elaborate|(?:can you )?explain (?:{_THAT}|more)|is that (?:all"
            rf"|everything)|what more",
            rf"(?:what|anything) else (?:did|does|do|has|have|is|was) (?:he|she|they|it|the {_TEXT})"
            r"(?: (?:have to )?(?:say|said|tell|report|reported|write|add|mention|claim))?(?: (?:about|on) (?:it"
            r"|that|this))?",
        ),
    ),
    (
        Move.PLACE,
        _whole(
            rf"(?:which|what) {_TEXT} (?:is|was|says|said|has|tells|does) (?:me |us )?{_FIGURE}(?: (?:from|in"
            rf"|come from|stand in))?",
            rf"(?:which|what) {_TEXT} (?:is|does) {_FIGURE} (?:taken |come )?(?:from|in)",
            rf"(?:in |from )(?:which|what) {_TEXT}(?: (?:is|does|was) {_FIGURE}(?: (?:said|come|stand|written))?)?",
            rf"(?:from )?where (?:is|does|did|do|was) (?:{_FIGURE}|you) (?:come|stand|said|written|from|read"
            rf"|find|get|found|have|taken)"
            rf"(?: {_THAT})?(?: from)?",
            rf"where(?:'s| is| was) {_FIGURE}(?: from| taken from)?|what(?:'s| is| was) (?:the|your) source(?: "
            rf"(?:of|for) {_FIGURE})?",
            rf"source|(?:which|what) (?:one|{_TEXT})|(?:says|according to) (?:which|what) {_TEXT}",
        ),
    ),
    (
        Move.AUTHOR,
        _whole(rf"who (?:wrote|is the author of|authored|published) (?:that|this|(?:that|this|the) {_TEXT})"),
    ),
    (
        Move.DATE,
        _whole(
            rf"(?:when|what day|on what day) (?:was|is) (?:that|this|(?:that|this|the) {_TEXT}) {_WROTE}",
            rf"(?:how old|how recent|what date) is (?:that|this|(?:that|this|the) {_TEXT})|from when is {_FIGURE}",
            rf"when (?:was|is) (?:that|this|(?:that|this|the) {_TEXT}) from",
        ),
    ),
)
_BESIDES = r"(?: (?:one|item|point|thing|option|of (?:them|these|those|the list)))?"
_ITEM = re.compile(
    rf"\b(?:the|number) (?P<place>{'|'.join(_ORDINALS)}|last|next to last|1st|2nd|3rd|[4-9]th|\d)"
    rf"(?P<one>{_BESIDES})(?=$|,| (?:is|was|were|are|"
    r"about|mean|cost|say|do|take|have|happen|get|please|then)\b)",
    re.I,
)
_OPENING = re.compile(rf"^{_LEAD}(?:what about |how about |what is |what was |tell me (?:more )?about )?", re.I)
_LAST_WORDS = 9  # of an utterance that asks something of an item


def move_of(said: str) -> Moved | None:
    """The move that an utterance is; None for a question of its own.

    Args:
        said: the utterance, tidied.
    """
    plain = " ".join(said.replace("’", "'").split()).strip(" .?!…")
    for move, wording in _MOVES:
        if wording.fullmatch(plain):
            return Moved(move)
    return _item(plain)


def _item(plain: str) -> Moved | None:
    match = _ITEM.search(plain)
    if match is None or len(plain.split()) > _LAST_WORDS:
        return None
    word = match["place"].lower()
    place = -1 if word == "last" else -2 if word == "next to last" else _number(word)
    before, after = _OPENING.sub("", plain[: match.start()]), plain[match.end() :].strip(" ,")
    if not before and after.lower() in ("", "please", "then"):
        return Moved(Move.ITEM, place)
    return Moved(Move.ITEM, place, f"{before}{ITEM} {after}".strip())


def _number(word: str) -> int:
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[0])


# ── "No, I meant …" ─────────────────────────────────────────────────────────────────────────
_MEANT = re.compile(
    r"(?:(?:no|nope|sorry|wait|actually|well)[,.!]? )*(?:but )?(?:i|we) (?:really )?(?:meant|mean|was asking"
    r"|am asking|asked|wanted to know|want to know)"
    r"(?: to (?:ask|say|know))?(?: (?:about|for))?,?:? (?P<meant>.{2,200})",
    re.I,
)
_NOT_THAT = re.compile(r"no,? not .{2,60}?, (?:but )?(?P<meant>.{2,200})|no[,:] (?P<other>.{2,200})", re.I)
_ASKING = re.compile(r"(?:if|whether) |(?:who|whom|whose|what|which|when|where|why|how)\b", re.I)


def meant(said: str) -> str | None:
    """What somebody says to have meant: "the crew" in "No, I meant the crew."; None for another utterance."""
    plain = " ".join(said.split()).strip(" .?!…")
    match = _MEANT.fullmatch(plain) or _NOT_THAT.fullmatch(plain)
    found = next((text for text in match.groups() if text), None) if match else None
    return found.strip() if found else None


def is_asked(meant_words: str) -> bool:
    """Whether what was meant is a question in itself: "who seconded it"."""
    return bool(_ASKING.match(meant_words))
