"""Whether a sentence says a statement in the statement's own words, or denies it in them.

"The bank was not sold." denies "The bank was sold."; "The bank would have been sold", "anything but sold" and "He
denied that the bank was sold" do neither. Only the plainest forms count: the statement's content words in their order,
with nothing but words of grammar, adverbs and negators among and before them (negation as an operator over the clause:
Horn 1989, "A Natural History of Negation", chapter 1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.language.inflection import forms
from rag.language.words import Word, words

_NEGATORS = frozenset("not n't never no neither nor nobody none cannot".split())
_GRAMMAR = frozenset(
    """a an the this that these those is are was were am be been being has have had do does did will shall can of in on
    at by for to from with his her its their our it he she they also then already still even again finally yesterday
    today but and however both all any some ever yet""".split()
)
_BE = frozenset("is are was were am be been being".split())
_QUANTIFIERS = frozenset("all every each only both most some any few nothing nobody none no always nowhere".split())
_UNREAL = frozenset("if unless whether would could might may should before until when".split())
_PREPOSITIONS = frozenset("in on at by for to from with of about against over under as than like".split())
_PLAIN_NOT = _BE | frozenset(
    "has have had do does did will shall can to almost nearly".split()
)  # none in a plain clause
_SUBJECT, _MODIFIERS = 4, 2  # words at most before the verb, and before its object
# What before a title takes it back: a former minister is none, and what a deputy mayor is depends on the question.
_NOT_QUITE = frozenset(
    "former ex formerly then late once deputy vice acting assistant shadow designate would-be alleged".split()
)
_CLAUSE = re.compile(r"[.;:!?“”\"()]|\s[–—-]\s")
_COORDINATED = re.compile(r"\s*,?\s*(?:nor|or|and)\s+(?:(?:the|a|an|his|her|its|their)\s+)?[\w’'-]+\s+", re.I)
_NOR = re.compile(r",\s+nor\s+(?:is|are|was|were|has|have|had|do|does|did|will|can|could)\s+(?P<subject>[^,]+)", re.I)
_FEWEST = 2  # words of a statement that are none of grammar: "It was sold" may be said of anything
_WORDS_BETWEEN = 4  # of grammar, in one gap


def restated(statement: str, sentence: str) -> Literal["yes", "no"] | None:
    """Yes where the sentence says just the statement, No where it denies just that; None for everything else."""
    claimed = words(statement)
    wanted = [w for w in claimed if w.lower not in _GRAMMAR]
    if len(wanted) < _FEWEST or any(_denies(w) or w.lower in _QUANTIFIERS for w in claimed):
        return None
    edges = [0, *(m.end() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    for start, end in zip(edges, edges[1:], strict=False):
        said = _in_clause(wanted, claimed, sentence[start:end]) or _actively(wanted, claimed, sentence[start:end])
        if said := said or _elliptic(wanted, sentence[start:end]) or _titled(claimed, sentence[start:end]):
            return said
    return None


def _titled(claimed: Sequence[Word], clause: str) -> Literal["yes"] | None:
    """Yes where "Foreign minister Karl Weber met her" says of "Karl Weber is a minister" that he is one."""
    verb = next((i for i, w in enumerate(claimed) if w.lower in ("is", "was")), 0)
    name, title = claimed[:verb], claimed[verb + 2 :]
    if not name or not title or claimed[verb + 1].lower not in ("a", "an", "the"):
        return None
    if not all(w.surface[:1].isupper() for w in name) or any(_passes(w) for w in title):
        return None
    found, wanted = words(clause), [w.lower for w in (*title, *name)]
    for at in range(len(found) - len(wanted) + 1):
        if [w.lower for w in found[at : at + len(wanted)]] != wanted:
            continue
        before = [w.lower for w in found[max(0, at - 3) : at]]
        if clause[found[at].start - 1 : found[at].start] != "-" and not _NOT_QUITE & set(before):
            return "yes"
    return None


def _in_clause(wanted: Sequence[Word], claimed: Sequence[Word], clause: str) -> Literal["yes", "no"] | None:
    found = words(clause.replace("n’t", "n't"))
    at: list[int] = []
    for one in wanted:
        place = next((i for i in range(at[-1] + 1 if at else 0, len(found)) if _same(found[i], one)), None)
        if place is None:
            return None
        at.append(place)
    if _tense(claimed) != _tense(found[: at[-1] + 1]):
        return None
    denials = sum(_denies(found[i]) for i in at if found[i].lower.endswith("n't"))
    for last, place in zip([-1, *at], at, strict=False):
        between: Sequence[Word] = found[last + 1 : place]
        if last >= 0 and between and denials % 2:  # "Neither the governor nor the bishop came"
            skipped = _COORDINATED.match(clause, found[last].end)
            between = [w for w in between if not skipped or w.start >= skipped.end()]
        if len(between) > _WORDS_BETWEEN or not all(_passes(w) for w in between):
            return None
        denials += sum(_denies(w) for w in between)
    rest = found[at[-1] + 1 :]
    if any(_is_unreal(w) for w in (*found[: at[0]], *rest)) or _denied_after(clause, found[at[-1]], rest):
        return None
    return "no" if denials % 2 else "yes"


def _actively(wanted: Sequence[Word], claimed: Sequence[Word], clause: str) -> Literal["yes"] | None:
    """Yes where "The minister announced new sanctions" says of "Sanctions were announced" who did it.

    Only in a clause without any auxiliary, negator or doubt, whose verb comes after a short subject and right before
    its object.
    """
    if len(claimed) < 3 or wanted[-1] is not claimed[-1] or claimed[-2].lower not in ("was", "were"):
        return None
    found, object_ = words(clause), wanted[:-1]
    if any(w.lower in _PLAIN_NOT or _denies(w) or w.lower in _QUANTIFIERS or _is_unreal(w) for w in found):
        return None
    verb = next((i for i, w in enumerate(found[: _SUBJECT + 1]) if i and _same(w, wanted[-1])), None)
    if verb is None:
        return None
    at = verb
    for one in object_:
        place = next((i for i in range(at + 1, min(at + 2 + _MODIFIERS, len(found))) if _same(found[i], one)), None)
        if place is None or any(w.lower in _PREPOSITIONS for w in found[at + 1 : place]):
            return None
        at = place
    after = found[at + 1 : at + 2]
    goes_on = after and clause[found[at].end : after[0].start].isspace() and after[0].lower not in _GRAMMAR
    return None if goes_on else "yes"


def _denied_after(clause: str, last: Word, after: Sequence[Word]) -> bool:
    """Whether a negator follows at once: "It sold nothing"; one beyond a comma begins something else."""
    return bool(after) and _denies(after[0]) and clause[last.end : after[0].start].isspace()


def _elliptic(wanted: Sequence[Word], clause: str) -> Literal["no"] | None:
    """No where "nor" denies of the statement's subject what was said before it: "… not sold, nor was the mill"."""
    match = _NOR.search(clause)
    head, tail = (words(clause[: match.start()]), words(match["subject"])) if match else ((), ())
    of_tail = {w.stem for w in tail}
    rest = {w.stem for w in wanted} - of_tail
    subject = any(w.stem in of_tail for w in wanted)
    return "no" if subject and rest and rest <= {w.stem for w in head} and any(map(_denies, head)) else None


def _tense(of: Sequence[Word]) -> tuple[bool, bool]:
    """Whether it is about what will be, and whether it says that something is so: "A dog running" says neither."""
    return any(w.lower in ("will", "shall", "won't") for w in of), any(w.lower in _BE for w in of)


def _same(a: Word, b: Word) -> bool:
    """Whether two words are one in whatever form: "sing" and "sang"."""
    return a.stem == b.stem or a.lower in forms(b.lower)


def _is_unreal(word: Word) -> bool:
    return word.lower in _UNREAL and word.surface != "May"  # the month is no doubt


def _denies(word: Word) -> bool:
    return word.lower in _NEGATORS or word.lower.endswith("n't")


def _passes(word: Word) -> bool:
    return word.lower in _GRAMMAR or _denies(word)
