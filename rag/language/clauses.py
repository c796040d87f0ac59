"""What of a sentence may be said on its own, because the whole sentence claims it.

Parts that hang on to it may go: an apposition, a relative clause that a comma sets off, a bracket, an aside between
dashes, a main clause beside the one that is kept, a connective at the head. Conditions, exceptions, times, denials,
and who said so stay. No parser is at hand: where the words leave a doubt about what a comma does, nothing is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from rag.language.inflection import tags
from rag.language.negation import cues
from rag.language.speech import VERBS
from rag.language.words import words
from rag.types import Span

Kept = tuple[Span, ...]  # ranges of a sentence, in order

MAX_CUTS = 5  # parts of one sentence that are weighed against each other
_SPACED = re.compile(r"\s+([,.;:!])")
_SHORTEST = 4  # words of a piece

_CONNECTIVE = re.compile(
    r"(?:(?:But|And|So|Yet)\s(?=(?:the|a|an|this|these|those|his|her|its|their|he|she|it|they|we|I|there)\s|[A-Z])"
    r"|(?:However|Meanwhile|Moreover|Also|Furthermore|Additionally|Indeed|Nevertheless|In\s+addition|In\s+fact),\s)"
)
_QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")
_BRACKET = re.compile(r"\s\([^()]*\)")
_DASH = re.compile(r"\s[–—]\s|\s--?\s|—")
_PART = r"[^,;:–—()“”\"]"  # within one comma's reach
_RELATIVE = re.compile(rf",\s(?:who|which|whose|whom|where)\s{_PART}+")
_APPOSITION = re.compile(rf",\s(?:an?|the|his|her|its|their|our)\s{_PART}+|,\s\d\d?(?=,)")
_CLAUSE = re.compile(r"(?P<and>,\sand\s)|(?P<but>,\sbut\s)|(?P<semicolon>;\s)")
_ADJUNCT = re.compile(rf",\s(?:[a-z]+ing|such\s+as)\s{_PART}+")
_AND = re.compile(r",?\sand\s")
_WHO = re.compile(r"\b(?:who|which|whom|whose|where)\b", re.I)
# How an aside that says what something is begins; "– and always will –" or "(in 2001)" are something else.
_NAMING = re.compile(r"(?:an?|the|his|her|its|their|our|one\s+of|who|which|whose|[A-Z][\w’'-]*|\d[\d.,]*\s\w+)\b")
# What a claim may not do without, and whose words it is.
_BOUND = re.compile(
    rf"\b(?:{VERBS}|according|reported(?:ly)?|alleged(?:ly)?|supposed(?:ly)?|apparent(?:ly)?|so-called|if|unless|whether"
    r"|provid(?:ed|ing)|assuming|supposing|considering|except|excluding|barring|failing|lacking|depending|pending|subject\s+to|only|but|until|till|before|after|when"
    r"|whenever|while|once|since|during|although|though|despite|in\s+spite|as\s+long|as\s+soon|perhaps|probably|possibly"
    r"|maybe|likely|expected|planned|proposed|would|could|might|may|should|neither|nor|or|either|otherwise|instead)\b",
    re.I,
)
# A first clause that another one may be taken out from beside begins with its subject; one that governs a second
# ("said that …", "makes sure …", "whether …") is no neighbour.
_SAID_SO = re.compile(r"\b(?:according|reportedly|allegedly|supposedly|apparently|so-called)\b", re.I)
_GOVERNING = re.compile(r"\b(?:that|what|how|why|whether|because|so|both)\b", re.I)
# Without the clause before it, such a subject names nobody.
_POINTING = frozenset(
    """he she it they we i you this that these those such his her hers its their theirs our my your there here another
    other others both each one some many most all none neither either same latter former so then thus""".split()
)
_NO_SUBJECT = frozenset(
    """in on at by after before during since over with as when while although though despite because if from for under
    among between through without within according like unlike until once unless whether to of about against along
    around behind beyond following given not only even just perhaps maybe now today yesterday tomorrow later earlier
    and but or so yet who which what where why how never ever often always sometimes first last next soon""".split()
)
_AUXILIARY = frozenset(
    """is are was were has have had does do did will would can could may might must should shall isn't aren't wasn't
    weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't cannot""".split()
)
_SAID = frozenset("said says told tells".split())  # the past form, unless a "was" stands before it
_ADVERB = re.compile(r"(?:also|still|now|then|already|just|\w{2,}ly)$")


@lru_cache(maxsize=2_048)
def pieces(sentence: str) -> tuple[Kept, ...]:
    """What may be said of a sentence, as ranges of it; the longest first.

    A piece of one range stands in the sentence word for word; between two ranges something was left out. None comes
    of a question, or of a sentence that begins or ends within somebody's speech.
    """
    if "?" in sentence or not _closed(sentence):
        return ()
    start = joint.end() if (joint := _CONNECTIVE.match(sentence)) else 0
    whole = Span(start, len(sentence))
    masked = _QUOTATION.sub(lambda m: "_" * len(m[0]), sentence.rstrip(" .!…"))
    cuts = [c for c in _cuts(masked, start) if not cues(sentence[c.start : c.end])][:MAX_CUTS]
    found = {(whole,): None}
    for count in range(1, len(cuts) + 1):
        for chosen in combinations(cuts, count):
            kept = _without(chosen, whole, sentence)
            if kept and _is_clause(" ".join(masked[s.start : s.end] for s in kept)):
                found[kept] = None
    return tuple(sorted(found, key=lambda kept: -sum(s.end - s.start for s in kept)))


def _closed(sentence: str) -> bool:
    return sentence.count("“") == sentence.count("”") and sentence.count('"') % 2 == 0


def _cuts(text: str, start: int) -> list[Span]:
    """Parts that may go, each for itself; `text` has its quotations masked."""
    found = (
        _asides(text, start),
        _relatives(text),
        _appositions(text, start),
        _adjuncts(text),
        _neighbours(text, start),
    )
    return [cut for cuts in found for cut in cuts] + list(_further_verbs(text, start))


def _asides(text: str, start: int) -> Iterator[Span]:
    """Brackets, and what stands between the only two dashes, where they say what something is."""
    for match in _BRACKET.finditer(text):
        if _names(match[0][2:-1]) and match.start() > start:
            yield Span(*match.span())
    dashes = list(_DASH.finditer(text))
    if len(dashes) == 2:
        first, second = dashes
        if _names(text[first.end() : second.start()]):
            yield Span(first.start(), second.end() - (second[0][-1] == " "))


def _names(aside: str) -> bool:
    return bool(_NAMING.match(aside)) and not _BOUND.search(aside) and not {"_", ";", ":"} & set(aside)


def _relatives(text: str) -> Iterator[Span]:
    """A relative clause up to the comma before the main verb, or up to the end of the sentence."""
    for match in _RELATIVE.finditer(text):
        held = text[match.start() : match.end()]
        if any(_may_be_finite(w.lower) for w in words(held)) and (end := _ending(text, match.end())):
            if _SAID_SO.search(held):
                continue
            yield Span(match.start(), end)


def _appositions(text: str, start: int) -> Iterator[Span]:
    """What somebody or something is: after a name at the end, or between the subject and its verb."""
    for match in _APPOSITION.finditer(text):
        held, before = match[0], text[start : match.start()]
        if _finite_places(held) or _BOUND.search(held) or re.search(r"\sand\s", held):
            continue
        if match.end() == len(text):
            if before.rsplit(maxsplit=1)[-1][:1].isupper() and re.match(r",\s(?:an?|the)\s", held):
                yield Span(match.start(), match.end())
        elif _opens_with_subject(before) and not _finite_places(before) and (end := _ending(text, match.end())):
            yield Span(match.start(), end)


def _adjuncts(text: str) -> Iterator[Span]:
    """Examples, and what somebody did or caused with it, at the end behind a comma."""
    for match in _ADJUNCT.finditer(text):
        first, long = words(match[0])[0].lower, len(words(match[0])) > 2
        example = match[0].startswith((", including", ", such as"))
        if match.end() == len(text) and not _BOUND.search(match[0]) and long:
            if example or _kinds(first) == {"VBG"} and _finite_places(text[: match.start()]):
                yield Span(*match.span())


def _further_verbs(text: str, start: int) -> Iterator[Span]:
    """A second thing that the same subject did, at the end: "and will sell it"."""
    joints = list(_AND.finditer(text))
    if not joints or ":" in text:
        return
    joint = joints[-1]
    head, tail = text[start : joint.start()], text[joint.end() :]
    governed = _GOVERNING.search(head) or _BOUND.search(head) or _WHO.search(head) or cues(head)
    if (
        governed
        or _BOUND.search(tail)
        or "," in tail
        or _finite_places(tail)[:1] != (0,)
        or not _is_subject_and_verb(head)
    ):
        return
    if not (_kinds(words(head)[-1].lower) & {"VBD", "VBN", "VBG", "VBZ"} or words(head)[-1].lower in _NO_SUBJECT):
        yield Span(joint.start(), len(text))


def _ending(text: str, at: int) -> int | None:
    """Where a part ends that reaches up to `at`: there, at the sentence's end, or past a comma with the verb behind."""
    if at == len(text):
        return at
    return at + 1 if text[at : at + 1] == "," and _begins_with_verb(text[at + 1 :]) else None


def _neighbours(text: str, start: int) -> Iterator[Span]:
    """All of a sentence but one of two main clauses that a comma with "and" or "but", or a semicolon, joins."""
    joints = list(_CLAUSE.finditer(text))
    if len(joints) != 1 or ":" in text or _DASH.search(text):
        return
    joint = joints[0]
    head, tail = text[start : joint.start()], text[joint.end() : len(text)]
    if not _is_subject_and_verb(tail) or not _finite_places(head):
        return
    if not joint["but"] and not _BOUND.search(tail) and not _GOVERNING.search(head) and not _BOUND.search(head):
        if "," not in tail and not cues(head):
            yield Span(joint.start(), len(text))
    alone = not _POINTING & {w.lower for w in words(tail)[:2]} and not re.search(r"\b(?:too|also|either)\b", tail)
    if alone and _is_subject_and_verb(head) and not _BOUND.search(head) and not _GOVERNING.search(head):
        if "," not in head and not cues(head):
            yield Span(start, joint.end())


def text_of(sentence: str, kept: Kept) -> str:
    """A piece as one line that begins with a capital letter and ends with the mark that a statement has."""
    joined = " ".join(" ".join(sentence[s.start : s.end] for s in kept).split())
    text = _SPACED.sub(r"\1", joined)
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "…", "”", '"')) else ".")


def _without(cuts: Sequence[Span], whole: Span, text: str) -> Kept | None:
    """What is left of a sentence; None where two cuts overlap. A full stop alone is nothing."""
    kept, at = [], whole.start
    for cut in sorted(cuts, key=lambda c: c.start):
        if cut.start < at:
            return None
        kept.append(Span(at, cut.start))
        at = cut.end
    kept.append(Span(at, whole.end))
    return tuple(s for s in kept if any(c.isalnum() for c in text[s.start : s.end]))


def _is_clause(text: str) -> bool:
    found = words(text)
    ends = found[-1].lower in _AUXILIARY | {"not"} if found else True
    return len(found) >= _SHORTEST and not ends and any(_may_be_finite(w.lower) for w in found)


def _is_subject_and_verb(text: str) -> bool:
    """Whether a text begins with a subject that a finite verb follows soon."""
    places = _finite_places(text)
    return _opens_with_subject(text) and bool(places) and 1 <= places[0] <= 8


def _opens_with_subject(text: str) -> bool:
    found = words(text)
    if not found or found[0].lower in _NO_SUBJECT or text.lstrip()[:1] == "_":
        return False
    first = found[0]
    return first.is_capitalised or first.lower in _POINTING or bool({"DT", "NN", "NNS", "JJ"} & _kinds(first.lower))


def _begins_with_verb(text: str) -> bool:
    """Whether the main verb comes at once, or after an adverb.

    "Trained" may be a participle, unless nothing else in the rest of the sentence can be its verb.
    """
    found = [w.lower for w in words(text)]
    first = next((n for n, w in enumerate(found) if not _ADVERB.match(w)), None)
    if first is None:
        return False
    places = _finite_places(text)
    return first in places or not places and "," not in text and _may_be_finite(found[first])


def _finite_places(text: str) -> tuple[int, ...]:
    """The words, by number, that can't be anything but finite verbs."""
    found = [w.lower for w in words(text)]
    return tuple(n for n, w in enumerate(found) if _is_finite(w) and not (w in _SAID and n and found[n - 1] in _BE))


_BE = frozenset("is are was were be been being has have had".split())
_DETERMINERS = frozenset("the a an his her its their our no every some many most all this that these those".split())


@lru_cache(maxsize=16_384)
def _is_finite(lower: str) -> bool:
    if lower in _AUXILIARY or lower in _SAID:
        return True
    kinds = _kinds(lower)
    others = {"VBN", "VB", "VBP", "NN", "NNS", "JJ", "JJR", "RB", "VBG"}
    return bool({"VBD", "VBZ"} & kinds) and not kinds & others and not lower.endswith("ed")


def _may_be_finite(lower: str) -> bool:
    return _is_finite(lower) or bool({"VBD", "VBZ"} & _kinds(lower)) and "NNS" not in _kinds(lower)


def _kinds(lower: str) -> frozenset[str]:
    return frozenset({"DT"}) if lower in _DETERMINERS else tags(lower)
