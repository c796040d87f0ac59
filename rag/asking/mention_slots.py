"""The slots of a clause of mention: the verb, who mentions, what, where and how often."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.asking import mention_words as of
from rag.asking.mention_tokens import BREAKS, Token, Tokens, is_document, lemma_of, noun_of

LONGEST = 12  # words of a topic; a longer one tells a story


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
    named: bool = False  # of a document that words describe: "the report of 2007"; a text may tell of that one
    literal: bool = False  # the topic stood in quotation marks, or after "the word"


def verb_at(tokens: Tokens, at: int, verbs: dict[str, frozenset[tuple[str, ...]]]) -> tuple[int, str] | None:
    """Where a verb of a class ends that begins here, its particle included, and its lemma."""
    lemma = lemma_of(tokens[at].lower)
    if tokens[at].quoted or lemma not in verbs:
        return None
    after = [t.lower for t in tokens[at + 1 : at + 6]]
    for particle in sorted(verbs[lemma], key=len, reverse=True):
        if tuple(after[: len(particle)]) == particle:
            return at + 1 + len(particle), lemma
    return (at + 1, lemma) if lemma in of.SPLIT and verbs is of.ACTIVE else None


def topic_and_place(tokens: Tokens, text: str) -> Mention | None:
    """A topic and where it may stand, up to the clause's end."""
    for at in range(1, len(tokens) + 1):
        tail = tail_of(tokens[at:])
        if tail is not None:
            topic = topic_of(tokens[:at], text)
            return tail.mention(topic) if topic else None
    return None


@dataclass(frozen=True)
class Tail:
    """What ends a clause: whether it says where, in a document at that, and how often at least."""

    place: bool = False
    document: bool = False
    named: bool = False  # that document is described by more than its kind
    rules: bool = False  # it is of a kind that lays down: a contract covers and names things otherwise than a text
    times: int = 1
    articles: int = 1

    def mention(self, topic: tuple[str, bool], *, spoken: bool = False, negated: bool = False) -> Mention:
        """A topic asked for with this end."""
        return Mention(
            topic[0],
            spoken=spoken and not self.place,
            negated=negated,
            literal=topic[1],
            times=self.times,
            articles=self.articles,
            named=self.named,
        )


def tail_of(tokens: Tokens) -> Tail | None:
    """The end of a clause, None if it says anything but where and how often."""
    tail, at = Tail(), 0
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
        elif lowers[at] in of.ADVERBS or tokens[at].text in BREAKS:
            at += 1
        elif lowers[at] in of.IN and at + 1 < len(lowers) and (length := place_of(tokens[at + 1 :])):
            place = tokens[at + 1 : at + 1 + length]
            tail = replace(tail, place=True, document=True, named=is_named(place), rules=is_of_rules(place))
            at += 1 + length
        else:
            return None
    return tail


def place_of(tokens: Tokens) -> int:
    """How many words name a document, or the documents; 0 for none."""
    lowers = [t.lower for t in tokens]
    at = 0
    while at < len(lowers) and lowers[at] in of.DETERMINERS:
        at += 1
    for end in range(at, min(len(tokens), at + 6)):
        if lowers[end] in of.QUESTION_WORDS or lowers[end] in of.BE:
            break
        if is_document(tokens[end]):
            rest = tokens[end + 1 :]
            qualified = rest and rest[0].lower in of.QUALIFYING
            if not (at or end == 0 and (noun_of(lowers[0]) in of.CORE or "." in lowers[0])):
                return 0
            return len(tokens) if qualified else end + 1
        if lowers[end] in of.IN:
            break
    pointing = at and lowers[at - 1] in of.POINTING
    return at if pointing else 1 if lowers and lowers[0] in of.THESE else 0


def agent_of(tokens: Tokens) -> str | None:
    """Who mentions: "text", "someone", or None for a person or a thing that is named."""
    lowers = [t.lower for t in tokens]
    if not lowers or any(w in of.QUESTION_WORDS or w == "that" and at for at, w in enumerate(lowers)):
        return None
    if len(lowers) == 1 and lowers[0] in of.TEXTS:
        return "text"
    one = 2 if lowers[:2] in (["no", "one"], ["any", "one"]) else 1 if lowers[0] in of.ANYONE else 0
    if one and (
        len(lowers) == one
        and lowers != ["one"]
        or lowers[one:] == ["else"]
        or any(is_document(t) for t in tokens[one:])
    ):
        return "someone"
    if any(is_document(t) for t in tokens):
        return "text"
    pointing = all(w in of.DETERMINERS or w in of.THESE for w in lowers) and any(w in of.POINTING for w in lowers)
    return "text" if pointing else None


def is_named(tokens: Tokens) -> bool:
    """Whether more than its kind is said of a document: "the council tax leaflet", not "any of the articles"."""
    return any(t.lower not in of.DETERMINERS and t.lower not in of.THESE and not is_document(t) for t in tokens)


def is_of_rules(tokens: Tokens) -> bool:
    """Whether a document is of a kind that lays down what is so: a contract, a ruling."""
    return any(t.lower in of.RULES or noun_of(t.lower) in of.RULES for t in tokens)


def without_adverbs(tokens: Tokens) -> tuple[list[Token], bool]:
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


def is_led(tokens: Tokens) -> bool:
    """Whether "the word", "the issue of" stands before a topic."""
    first = next((t.lower for t in tokens[:-1] if t.lower not in of.ARTICLES), "")
    return first in of.LEADS


def topic_of(tokens: Tokens, text: str, *, anything: bool = False) -> tuple[str, bool] | None:
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
    if not kept or len(kept) > LONGEST:
        return None
    if len(kept) == 1 and kept[0].quoted:
        return kept[0].text.strip('“”"‘’'), True
    words = [t.lower for t in kept]
    if words[0] in of.BE | of.DO | of.HAVE and not (kept[0].text.isupper() and len(words[0]) > 1):
        return None
    if words[-1] in of.RANKS or kept[0].text in of.RANKS or len(kept) > 1 and any(t.text == "that" for t in kept):
        return None
    if any(_clausal(t, kept[at + 1 :]) for at, t in enumerate(kept)):
        return None
    if not literal and (
        words[0].removesuffix("'s") in of.NO_TOPIC or all(noun_of(w) in of.MACHINERY or w in of.FUNCTION for w in words)
    ):
        alone = len(words) == 1 and words[0] in of.POINTERS
        return (words[0], False) if alone and not anything else None
    return text[kept[0].start : kept[-1].end].strip(), literal


def _clausal(token: Token, after: Tokens) -> bool:
    """Whether a word shows that a topic is a clause, or two: a break before an auxiliary, "what", "that"."""
    if token.text in BREAKS:
        return token.text != "," or bool(after) and after[0].lower in of.BE | of.DO | of.HAVE | of.MODAL
    return token.text in of.QUESTION_WORDS


def _is_head(tokens: Tokens) -> bool:
    """Whether a leading "word", "name", "issue" is the first part of a longer name: "the name tag", "word count"."""
    first, second = tokens[0].lower, tokens[1]
    return first not in of.LITERAL and second.lower != "of" or tokens[0].text[0].isupper()


def is_machinery(topic: str) -> bool:
    """Whether a topic's words are only those by which one asks: "article", "mention", "the word"."""
    return all(noun_of(w) in of.MACHINERY or w in of.FUNCTION for w in topic.split())
