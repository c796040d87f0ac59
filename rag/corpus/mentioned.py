"""Tell "Was X mentioned?" in its many wordings, and take it apart. Pure: knows no article.

A small grammar instead of a list of wordings: clauses of a mention verb ("mention", "touch on"), of a verb of
appearing ("come up") or of a noun of mention ("anything about", "a reference to"), with slots for who mentions, for
the topic and for where. Who mentions must be the texts or nobody in particular: what Ada Lund mentioned is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from rag.corpus import mention_words as of

_TOKEN = re.compile(r"[“\"][^“”\"]+[”\"]|(?<!\w)‘[^‘’]+’(?!\w)|n't\b|'s\b|[^\s,;:?!()“”\"]+|[,;:?!()]")
_CONTRACTED = re.compile(
    rf"\b({'|'.join(sorted(of.BE | of.DO | of.HAVE | of.MODAL, key=len, reverse=True))})n'?t\b", re.I
)
_BREAKS = frozenset((*",;:?!–—-", "y/n"))
_SPELT, _ALIKE = 6, 85  # letters of a word that may be misspelt, and its likeness to the right one, 0..100
_LONGEST = 12  # words of a topic; a longer one tells a story


@dataclass(frozen=True)
class Mention:
    """What is asked to be mentioned.

    `spoken`: a conversation may be meant as well as the text ("Were sanctions discussed?"); `negated`: whether it
    is *not* mentioned was asked; `where`: the places; `times` and `articles`: the least number that makes a Yes.
    """

    topic: str
    spoken: bool = False
    negated: bool = False
    where: bool = False
    times: int = 1
    articles: int = 1
    literal: bool = False  # the topic stood in quotation marks, or after "the word"


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return _spelt(self.text.lower().rstrip("."))

    @property
    def quoted(self) -> bool:
        return self.text[0] in '“"‘'


_Tokens = Sequence[_Token]


def mentioned(question: str) -> Mention | None:
    """What a question asks to be mentioned, None for another question.

    Args:
        question: in one line, its apostrophes straight.
    """
    text = _CONTRACTED.sub(r"\1 n't", question)
    text = re.sub(r"\b(there)'?s\b", r"\1 's", text, flags=re.I)
    tokens = [_Token(m.group(), *m.span()) for m in _TOKEN.finditer(text)]
    while tokens and (tokens[-1].lower in _BREAKS or tokens[-1].lower in of.CLOSING):
        tokens.pop()
        if [t.lower for t in tokens[-2:]] == ["yes", "or"]:
            del tokens[-2:]
    for start in _starts(tokens):
        before, clause = tokens[:start], tokens[start:]
        found = _clause(clause, text) or _clause(_without_choice(clause), text)
        if not found:
            continue
        if before and _restricts(before):
            return None
        return _with_topic(found, before, text)
    return None


def _starts(tokens: _Tokens) -> Iterator[int]:
    """Where the clause that asks may begin: at the head, after a break, after "whether"."""
    yield 0
    yield from (i + 1 for i, t in enumerate(tokens[:-1]) if t.text in _BREAKS or t.text[-1] in ".?!" and i)


def _without_choice(clause: _Tokens) -> _Tokens:
    """A clause without what it offers instead: ", or just the catering"."""
    for at, token in enumerate(clause[:-1]):
        if token.text == "," and clause[at + 1].lower in ("or", "and", "but"):
            return clause[:at]
    return ()


def _restricts(before: _Tokens) -> bool:
    """Whether what stands before the clause says of which occasion it is asked: "When he met Putin, was …"."""
    words = {t.lower for t in before}
    return before[0].lower in of.OCCASIONS and words.isdisjoint(of.SELF) and not any(_is_document(t) for t in before)


def _with_topic(found: Mention, before: _Tokens, text: str) -> Mention | None:
    """The mention with its topic; "it" is what stands before the clause, as in "Asbestos: is it mentioned?"."""
    if found.topic.lower() in of.POINTERS and 1 < len(before) <= 7 and before[-1].text in _BREAKS:
        front = _topic([t for t in before[:-1] if t.lower not in of.OPENING], text, anything=True)
        return replace(found, topic=front[0], literal=front[1]) if front else None
    return None if found.topic.lower() in of.POINTERS else found


def _clause(tokens: _Tokens, text: str) -> Mention | None:
    tokens = _opened(tokens)
    negated, tokens = _claimed(tokens)
    if not tokens:
        return None
    for read in (_where, _existing, _asked, _stated, _short):
        found = read(tokens, text)
        if found:
            return replace(found, negated=found.negated != negated)
    return None


def _opened(tokens: _Tokens) -> _Tokens:
    """A clause without "so", "please", and without "can you tell me whether" before it."""
    for at, token in enumerate(tokens[:14]):
        if token.lower in ("if", "whether") and any(_lemma(t.lower) in of.ASKING for t in tokens[:at]):
            return _opened(tokens[at + 1 :])
    at = 0
    while at < len(tokens) and (tokens[at].lower in of.OPENING or tokens[at].text in _BREAKS):
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
            return found if indefinite or lead > 1 and head[0] in of.DO else rest
    return rest


def _claimed(tokens: _Tokens) -> tuple[bool, _Tokens]:
    """Whether a denial is put to us ("Is it true that X is not …?"), and the clause that is."""
    for at, token in enumerate(tokens[:9]):
        if token.lower == "that" and at and any(t.lower in of.CLAIMING for t in tokens[:at]):
            rest = tokens[at + 1 :]
            nots = [i for i, t in enumerate(rest) if t.lower in ("not", "n't", "never")]
            return bool(nots), [t for i, t in enumerate(rest) if i not in nots]
    return False, tokens


def is_machinery(topic: str) -> bool:
    """Whether a topic's words are only those by which one asks: "article", "mention", "the word"."""
    return all(_noun(w) in of.MACHINERY or w in of.FUNCTION for w in topic.split())


# ── clauses ─────────────────────────────────────────────────────────────────────────────────
def _where(tokens: _Tokens, text: str) -> Mention | None:
    """Read "Where is X mentioned?", "Where do the articles mention X?"."""
    if tokens[0].lower != "where" or len(tokens) < 3:
        return None
    found = _asked(tokens[1:], text)
    return replace(found, where=True) if found else None


def _asked(tokens: _Tokens, text: str) -> Mention | None:
    """A question's order: the auxiliary first."""
    if len(tokens) < 2:
        return None
    head, rest = tokens[0].lower, tokens[1:]
    if rest[0].lower == "n't":
        rest = rest[1:]
    if head in of.BE:
        return _passive(rest, text) or _there(rest, text)
    if head in of.HAVE:
        return _passive(rest, text, been=True) or _active(rest, text) or _appearing(rest, text)
    if head in of.MODAL and (found := _passive([t for t in rest if t.lower != "be"], text)):
        return found
    if head in of.DO or head in of.MODAL:
        return _active(rest, text) or _omitting(rest, text) or _appearing(rest, text)
    return None


def _stated(tokens: _Tokens, text: str) -> Mention | None:
    """A statement's order, as after "whether": "X is mentioned", "the articles mention X", "X comes up"."""
    for at in range(1, min(len(tokens), _LONGEST + 2)):
        lower = tokens[at].lower
        if tokens[at].text in _BREAKS or tokens[at].text[-1] == "." and len(lower) > 3:
            break
        if lower in of.BE or lower in of.HAVE:
            moved = [*tokens[:at], *(t for t in tokens[at + 1 :] if t.lower != "n't")]
            found = _passive(moved, text, been=lower in of.HAVE, least=at) or _there(moved, text)
            if found:
                return found
    return _active(tokens, text, finite=True) or _appearing(tokens, text, finite=True)


def _passive(tokens: _Tokens, text: str, *, been: bool = False, least: int = 1) -> Mention | None:
    """Read "X (not) (been) mentioned (anywhere)"."""
    for at in range(least, min(len(tokens), _LONGEST + 4)):
        verb = _verb(tokens, at, of.PASSIVE)
        if not verb or not tokens[at].lower.endswith(of.PARTICIPLE):
            continue
        end, lemma = verb
        tail = _tail(tokens[end:])
        if tail is None or lemma in of.AMBIGUOUS and not (tail.place or _led(tokens[:at])):
            continue
        subject, denied = _without_adverbs(tokens[:at])
        if been and subject and subject[-1].lower == "been":
            subject = subject[:-1]
        topic = _topic(subject, text)
        if topic:
            spoken = lemma in of.SPOKEN and not tail.place
            return Mention(topic[0], spoken, denied, literal=topic[1], times=tail.times, articles=tail.articles)
    return None


def _there(tokens: _Tokens, text: str) -> Mention | None:
    """Read "X in here", "X missing from the letter"."""
    for at in range(1, len(tokens)):
        gone = tokens[at].lower in of.MISSING or [t.lower for t in tokens[at : at + 2]] == ["left", "out"]
        if not gone and tokens[at].lower not in ("in", "anywhere", "somewhere"):
            continue
        rest = tokens[at + (2 if tokens[at].lower == "left" else 1) :] if gone else tokens[at:]
        if gone:
            rest = rest[1:] if rest and rest[0].lower in ("of", "from") else []
            tail = _Tail(place=True, document=True) if rest and _place(rest) == len(rest) else None
        else:
            tail = _tail(rest)
        if _lemma(tokens[at - 1].lower) in of.PASSIVE or any(t.text in ("a", "an") for t in tokens[1:at]):
            continue
        topic = _topic(_without_adverbs(tokens[:at])[0], text) if tail and tail.place else None
        if tail and topic and (tail.document or topic[1]):
            return Mention(topic[0], negated=gone, literal=topic[1], times=tail.times, articles=tail.articles)
    return None


def _active(tokens: _Tokens, text: str, *, finite: bool = False) -> Mention | None:
    """Read "the articles (ever) mention X (anywhere)"."""
    for at in range(1, min(len(tokens) - 1, _LONGEST)):
        verb = _verb(tokens, at, of.ACTIVE)
        if not verb or finite and tokens[at].lower.endswith("ing"):
            continue
        subject, denied = _without_adverbs(tokens[:at])
        kind = _agent(subject)
        if not kind:
            continue
        end, lemma = verb
        split = of.SPLIT.get(lemma)
        rest = [*tokens[end:]]
        if split and split in (t.lower for t in rest):
            rest.remove(next(t for t in rest if t.lower == split))
        elif split and end == at + 1:
            continue
        found = _object(rest, text)
        if found and (found.literal or lemma not in of.HOLDING):
            nobody = subject[0].lower in ("nobody", "no", "none")
            return replace(found, spoken=kind == "someone", negated=denied or nobody)
    return None


def _omitting(tokens: _Tokens, text: str) -> Mention | None:
    """Read "the articles leave out X"."""
    for at in range(1, min(len(tokens) - 1, _LONGEST)):
        verb = _verb(tokens, at, of.OMITTING)
        subject, denied = _without_adverbs(tokens[:at])
        if verb and _agent(subject) and (found := _object(tokens[verb[0] :], text)):
            return replace(found, negated=not denied)
    return None


def _appearing(tokens: _Tokens, text: str, *, finite: bool = False) -> Mention | None:
    """Read "X (ever) come up (anywhere)", "X get a mention"."""
    for at in range(1, min(len(tokens), _LONGEST + 4)):
        end = _appears(tokens, at)
        if end is None:
            continue
        tail = _tail(tokens[end:])
        subject, denied = _without_adverbs(tokens[:at])
        topic = _topic(subject, text) if tail else None
        lemma = _lemma(tokens[at].lower)
        if tail and topic and (tail.place or lemma in of.COMING or topic[1] or lemma == "get"):
            spoken = lemma in of.SPOKEN and not tail.place
            return Mention(topic[0], spoken, denied, literal=topic[1], times=tail.times, articles=tail.articles)
    return None


def _appears(tokens: _Tokens, at: int) -> int | None:
    """The end of a verb of appearing; None for another."""
    lower = tokens[at].lower
    if (end := _verb(tokens, at, of.APPEARING)) is not None:
        return end[0]
    if _lemma(lower) == "get" and at + 1 < len(tokens):
        if verb := _verb(tokens, at + 1, of.PASSIVE):
            return verb[0]
        if [t.lower for t in tokens[at + 1 : at + 3]] == ["a", "mention"]:
            return at + 3
    return None


def _existing(tokens: _Tokens, text: str) -> Mention | None:
    """Read "is there anything about X", "do we have anything on X", "any word on X", "nothing about X"."""
    at = _head_of_existence(tokens)
    lowers = [t.lower for t in tokens]
    while at < len(lowers) and lowers[at] in of.SMALL:
        at += 1
    if at >= len(lowers) or _noun(lowers[at]) not in of.NOUNS:
        return None
    bare = at == 0 and lowers[0] not in of.ALONE
    denied = lowers[at] == "nothing" or "no" in lowers[:at] or lowers[:1] == ["not"]
    at += 1
    while at < len(lowers) and lowers[at] in of.BETWEEN:
        at += 1
    return _of_noun(tokens[at:], text, denied=denied) if at < len(tokens) and not bare else None


def _of_noun(tokens: _Tokens, text: str, *, denied: bool) -> Mention | None:
    """The topic after a noun of mention: "(in the letter) about X (anywhere)"."""
    for at, token in enumerate(tokens[:8]):
        if token.lower in of.PREPOSITIONS:
            between = _tail(tokens[:at])
            length = 2 if [t.lower for t in tokens[at : at + 2]] in (["dealing", "with"], ["relating", "to"]) else 1
            found = _object(tokens[at + length :], text) if between else None
            return replace(found, negated=denied) if found else None
    return None


def _head_of_existence(tokens: _Tokens) -> int:
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
            if _lemma(lowers[at]) in of.HOLDING and _agent(_without_adverbs(tokens[1:at])[0]):
                return at + 1
    for at in range(1, min(len(tokens), 7)):
        if _lemma(lowers[at]) in of.HOLDING and _agent(_without_adverbs(tokens[:at])[0]):
            return at + 1
    return 0


def _short(tokens: _Tokens, text: str) -> Mention | None:
    """Read "X mentioned?", and with an ending of its own "X – mentioned anywhere?"."""
    first = tokens[0].lower
    if first in of.BE | of.DO | of.HAVE | of.MODAL | of.QUESTION_WORDS | of.COMMANDS or len(tokens) < 2:
        return None
    for at in range(1, len(tokens)):
        verb = _verb(tokens, at, of.PASSIVE)
        if verb and verb[1] not in of.AMBIGUOUS and tokens[at].lower.endswith(of.PARTICIPLE):
            tail = _tail(tokens[verb[0] :])
            subject = [t for t in tokens[:at] if t.text not in _BREAKS]
            asks = any(t.lower in of.BE | of.DO | of.HAVE or _lemma(t.lower) == "get" for t in subject)
            topic = _topic(subject, text) if tail and len(subject) <= 4 and not asks else None
            return Mention(topic[0], verb[1] in of.SPOKEN, literal=topic[1]) if topic else None
    return None


# ── slots ───────────────────────────────────────────────────────────────────────────────────
def _verb(tokens: _Tokens, at: int, verbs: dict[str, frozenset[tuple[str, ...]]]) -> tuple[int, str] | None:
    """Where a verb of a class ends that begins here, its particle included, and its lemma."""
    lemma = _lemma(tokens[at].lower)
    if tokens[at].quoted or lemma not in verbs:
        return None
    after = [t.lower for t in tokens[at + 1 : at + 6]]
    for particle in sorted(verbs[lemma], key=len, reverse=True):
        if tuple(after[: len(particle)]) == particle:
            return at + 1 + len(particle), lemma
    return (at + 1, lemma) if lemma in of.SPLIT and verbs is of.ACTIVE else None


def _object(tokens: _Tokens, text: str) -> Mention | None:
    """A topic and where it may stand, up to the clause's end."""
    for at in range(1, len(tokens) + 1):
        tail = _tail(tokens[at:])
        if tail is not None:
            topic = _topic(tokens[:at], text)
            return Mention(topic[0], literal=topic[1], times=tail.times, articles=tail.articles) if topic else None
    return None


@dataclass(frozen=True)
class _Tail:
    """What ends a clause: whether it says where, in a document at that, and how often at least."""

    place: bool = False
    document: bool = False
    times: int = 1
    articles: int = 1


def _tail(tokens: _Tokens) -> _Tail | None:
    """The end of a clause, None if it says anything but where and how often."""
    tail, at = _Tail(), 0
    lowers = [t.lower for t in tokens]
    while at < len(lowers):
        if least := of.LEAST.match(" ".join(lowers[at:])):
            count = of.NUMBERS.get(least["n"] or least["m"] or "", 2) + (1 if least["over"] else 0)
            at += len(least[0].split())
            if least["noun"]:
                tail = replace(tail, place=True, document=True, articles=count)
            else:
                tail = replace(tail, times=count)
        elif tuple(lowers[at : at + 2]) in of.ADVERBIALS:
            at += 2
        elif lowers[at] in of.SOMEWHERE:
            tail, at = replace(tail, place=True), at + 1
        elif lowers[at] in of.ADVERBS or tokens[at].text in _BREAKS:
            at += 1
        elif lowers[at] in of.IN and at + 1 < len(lowers) and (length := _place(tokens[at + 1 :])):
            tail, at = replace(tail, place=True, document=True), at + 1 + length
        else:
            return None
    return tail


def _place(tokens: _Tokens) -> int:
    """How many words name a document, or the documents; 0 for none."""
    lowers = [t.lower for t in tokens]
    at = 0
    while at < len(lowers) and lowers[at] in of.DETERMINERS:
        at += 1
    for end in range(at, min(len(tokens), at + 6)):
        if lowers[end] in of.QUESTION_WORDS or lowers[end] in of.BE:
            break
        if _is_document(tokens[end]):
            rest = tokens[end + 1 :]
            qualified = rest and rest[0].lower in of.QUALIFYING
            return len(tokens) if qualified else end + 1
        if lowers[end] in of.IN:
            break
    pointing = at and lowers[at - 1] in of.POINTING
    return at if pointing else 1 if lowers and lowers[0] in of.THESE else 0


@lru_cache(maxsize=1_024)
def _document(lower: str) -> bool:
    noun = _noun(lower)
    return (
        lower in of.DOCUMENTS
        or noun in of.DOCUMENTS
        or noun.endswith(of.DOCUMENT_ENDINGS)
        or bool(re.search(r"\w\.(?:\w{2,4}|html)$", lower))
    )


def _is_document(token: _Token) -> bool:
    return not token.quoted and _document(token.lower.removesuffix("'s"))


def _agent(tokens: _Tokens) -> str | None:
    """Who mentions: "text", "someone", or None for a person or a thing that is named."""
    lowers = [t.lower for t in tokens]
    if not lowers or any(w in of.QUESTION_WORDS or w == "that" and at for at, w in enumerate(lowers)):
        return None
    if len(lowers) == 1 and lowers[0] in of.TEXTS:
        return "text"
    one = 2 if lowers[:2] in (["no", "one"], ["any", "one"]) else 1 if lowers[0] in of.ANYONE else 0
    if one and (len(lowers) == one or lowers[one] == "else" or any(_is_document(t) for t in tokens[one:])):
        return "someone"
    if any(_is_document(t) for t in tokens):
        return "text"
    pointing = all(w in of.DETERMINERS or w in of.THESE for w in lowers) and any(w in of.POINTING for w in lowers)
    return "text" if pointing else None


def _without_adverbs(tokens: _Tokens) -> tuple[list[_Token], bool]:
    """Words without the adverbs at their end, and whether "not" or "never" was among these."""
    kept, denied = list(tokens), False
    while kept:
        lowers = [t.lower for t in kept[-2:]]
        if tuple(lowers) in of.ADVERBIALS:
            kept = kept[:-2]
        elif lowers[-1] in of.NEGATORS:
            kept, denied = kept[:-1], True
        elif lowers[-1] in of.ADVERBS or lowers[-1] in ("been", "being"):
            kept = kept[:-1]
        else:
            break
    return kept, denied


def _led(tokens: _Tokens) -> bool:
    """Whether "the word", "the issue of" stands before a topic."""
    return any(t.lower in of.LEADS for t in tokens[:-1])


def _topic(tokens: _Tokens, text: str, *, anything: bool = False) -> tuple[str, bool] | None:
    """(topic, whether it is meant letter by letter); None where the words are no topic."""
    kept = [t for t in tokens if t.text not in "?!"]
    while kept and kept[0].lower in of.ARTICLES:
        kept = kept[1:]
    led = len(kept) > 1 and kept[0].lower in of.LEADS and not _is_head(kept)
    literal = led and kept[0].lower in of.LITERAL
    while led:
        kept = kept[1:]
        while len(kept) > 1 and kept[0].lower in ("of", "the", "a", "an"):
            kept = kept[1:]
        led = False
    if not kept or len(kept) > _LONGEST:
        return None
    if len(kept) == 1 and kept[0].quoted:
        return kept[0].text.strip('“”"‘’'), True
    words = [t.lower for t in kept]
    if words[-1] in of.RANKS or kept[0].text in of.RANKS or len(kept) > 1 and any(t.text == "that" for t in kept):
        return None
    if any(_clausal(t, kept[at + 1 :]) for at, t in enumerate(kept)):
        return None
    if not literal and (
        words[0].removesuffix("'s") in of.NO_TOPIC or all(_noun(w) in of.MACHINERY or w in of.FUNCTION for w in words)
    ):
        alone = len(words) == 1 and words[0] in of.POINTERS
        return (words[0], False) if alone and not anything else None
    return text[kept[0].start : kept[-1].end].strip(), literal


def _clausal(token: _Token, after: _Tokens) -> bool:
    """Whether a word shows that a topic is a clause, or two: a break before an auxiliary, "what", "that"."""
    if token.text in _BREAKS:
        return token.text != "," or bool(after) and after[0].lower in of.BE | of.DO | of.HAVE | of.MODAL
    return token.text in of.QUESTION_WORDS


def _is_head(tokens: _Tokens) -> bool:
    """Whether a leading "word", "name", "issue" is the first part of a longer name: "the name tag", "word count"."""
    first, second = tokens[0].lower, tokens[1]
    return first not in of.LITERAL and second.lower != "of" or tokens[0].text[0].isupper()


@lru_cache(maxsize=2_048)
def _lemma(lower: str) -> str:
    """The verb that a word is a form of; itself for another."""
    from lemminflect import getAllLemmas

    found = getAllLemmas(lower, upos="VERB").get("VERB", ())
    return next((v for v in found if v in of.VERBS), lower)


@lru_cache(maxsize=2_048)
def _noun(lower: str) -> str:
    """The noun that a word is a form of; itself for another."""
    from lemminflect import getAllLemmas

    found = getAllLemmas(lower, upos="NOUN").get("NOUN", ())
    return found[0] if found and lower.endswith("s") else lower


@lru_cache(maxsize=4_096)
def _spelt(lower: str) -> str:
    """A word of the grammar that a word which no dictionary knows was meant to be: "metioned"; else itself."""
    from lemminflect import getAllLemmas

    if len(lower) < _SPELT or not lower.isalpha() or getAllLemmas(lower):
        return lower
    meant = process.extractOne(lower, of.GRAMMAR, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return str(meant[0]) if meant else lower
