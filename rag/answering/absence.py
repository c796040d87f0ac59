"""Prove an absence: look for the question's topics in every sentence in scope, not in the top few.

What is reported is what was done: how many articles and sentences were searched, what could not
be read, how often each topic stands there, and the sentences that come closest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from models.protocols import Embedder, FloatArray
from rag.asking.question import Question
from rag.corpus.mentions import find, topic_term
from rag.corpus.term import Term, tidy
from rag.index.reader import Index
from rag.language.words import words
from rag.types import Absence, Near, Sentence, Topic

NEAREST = 3  # near misses quoted
_NEAREST_CHUNKS = 4  # the exhaustive vector search ranks chunks; their sentences are ranked after it
_MAX_TOPICS = 8
_MANY = 5_000  # sentences; what stands in more is anything but absent, and is counted by its own words alone
_HOLDING = 24  # sentences with the topic that are compared with the question
_SAMPLE = 200  # of them, in which its forms are looked up


def absence(
    question: Question, query: FloatArray, index: Index, sources: frozenset[str] | None, embedder: Embedder
) -> Absence:
    """Search everything in scope for what the question is about.

    What the wording says of the topics is what the report shows: where one of them is mentioned, the sentences that
    hold it come first among the nearest.
    """
    topics = tuple(count(t, index, sources) for t in question.topics[:_MAX_TOPICS])
    holding = [h.sentence for t in _mentioned(topics) for h in find(topic_term(t.term), index, sources)[:_HOLDING]]
    close = nearest(query, index, sources, embedder)
    if holding:
        own = {s.id: s for s in holding[:_HOLDING]}
        close = (*ranked(own.values(), query, embedder)[: NEAREST - 1], *close)
    apart = {(n.source, n.start): n for n in close}
    return Absence(topics, index.searched(sources), tuple(apart.values())[:NEAREST])


def count(term: str, index: Index, sources: frozenset[str] | None) -> Topic:
    """How often a term stands in the articles in scope, as written, and in another form or under another name.

    `exact` and `variant` count sentences. Case and the shape of characters make no difference. An absence looks
    wider than a count does: words of the same stem, too, speak against it.
    """
    if not tidy(term):
        return Topic(term, (), 0, 0)
    wanted = topic_term(term)
    stems = [] if wanted.strict or wanted.bare else index.find(wanted.written, sources)  # "WHO" is not "who"
    if len(stems) > _MANY:
        return _count_many(wanted, stems)
    exact, variants = set[int](), dict[int, set[str]]()
    for hit in find(wanted, index, sources):
        if hit.match == "exact" or not wanted.strict and any(map(wanted.is_written, hit.surfaces)):
            exact.add(hit.sentence.id)
        else:
            variants[hit.sentence.id] = set(hit.surfaces)
    for sentence in stems:
        if any(wanted.is_written(p.surface) for p in wanted.places(sentence.text)):
            exact.add(sentence.id)
            variants.pop(sentence.id, None)
        elif sentence.id not in exact:
            variants.setdefault(sentence.id, set()).update(_forms(term, sentence))
    forms = sorted(set[str]().union(*variants.values()))
    return Topic(term, tuple(forms), len(exact), len(variants))


def _count_many(wanted: Term, holding: Sequence[Sentence]) -> Topic:
    """The same for a term that stands in very many sentences; its other names are not looked for."""
    others = [s for s in holding if not any(wanted.is_written(p.surface) for p in wanted.places(s.text))]
    forms = set[str]().union(*(_forms(wanted.written, s) for s in others[:_SAMPLE]))
    return Topic(wanted.written, tuple(sorted(forms)), len(holding) - len(others), len(others))


def _forms(term: str, sentence: Sentence) -> set[str]:
    """How the term's words are written in a sentence that holds it in another form."""
    wanted = [w.stem for w in words(term)]
    found = words(sentence.text)
    stems = [w.stem for w in found]
    starts = [i for i in range(len(stems) - len(wanted) + 1) if stems[i : i + len(wanted)] == wanted]
    return {sentence.text[found[i].start : found[i + len(wanted) - 1].end] for i in starts}


def nearest(query: FloatArray, index: Index, sources: frozenset[str] | None, embedder: Embedder) -> tuple[Near, ...]:
    """The sentences closest in meaning, from an exact search over every chunk in scope."""
    chunks = [chunk for chunk, _ in index.dense(query, _NEAREST_CHUNKS, sources)]
    sentences: dict[int, Sentence] = {s.id: s for row in index.passages(chunks) for s in row.sentences}
    return ranked(sentences.values(), query, embedder)[:NEAREST]


def ranked(sentences: Collection[Sentence], query: FloatArray, embedder: Embedder) -> tuple[Near, ...]:
    """Sentences by how close they are, the closest first."""
    if not sentences:
        return ()
    cosines = embedder.embed([s.text for s in sentences]) @ query
    ranked = sorted(zip(sentences, cosines.tolist(), strict=True), key=lambda hit: -hit[1])
    return tuple(Near(s.source, s.text, s.start, s.end, float(c)) for s, c in ranked)


def wording(found: Absence, scope: Sequence[str] | None) -> str:
    """The sentence that says so: what was searched, never that something did not happen.

    It speaks of the report alone: what stands nowhere there isn't mentioned, what stands somewhere is.
    """
    articles, missing, there = found.searched.articles, _missing(found.topics), _mentioned(found.topics)
    what = "The article" if articles == 1 else f"The {articles:,} {'chosen ' if scope else ''}articles"
    not_ = "doesn’t" if articles == 1 else "don’t"
    skipped = 0 if scope else found.searched.skipped
    files = "one file" if skipped == 1 else f"{skipped:,} files"
    but = f"; {files} could not be searched, or only in part" if skipped else ""
    if missing:
        return f"{what} {not_} mention {_listed([f'“{term}”' for term in missing[:2]])}{but}."
    if there:
        times = ", ".join(f"“{t.term}” ({_sentences(t.exact + t.variant)})" for t in there)
        return f"{what} mention{'s' if articles == 1 else ''} {times} but {not_} say{but}."
    return f"{what} {not_} say{but}."


def _sentences(count: int) -> str:
    return "1 sentence" if count == 1 else f"{count:,} sentences"


def _mentioned(topics: Sequence[Topic]) -> list[Topic]:
    """The name, or else the phrase or the one thing, that a question is about and that stands in the articles."""
    there = [t for t in topics if t.exact and (_is_name(t.term) or " " in t.term)]
    if not there and len(topics) == 1 and topics[0].exact and _is_thing(topics[0].term):
        there = list(topics)
    return sorted(there, key=lambda t: (not _is_name(t.term), -len(t.term)))[:1]


def _missing(topics: Sequence[Topic]) -> list[str]:
    """What stands nowhere: names, things, and phrases none of whose words does.

    "Ice bucket challenge raise" stands nowhere either, but to say so would hide that its words do; and that "old"
    stands nowhere tells nothing of an old port.
    """
    absent = {t.term for t in topics if not t.exact + t.variant}
    said = [
        t.term
        for t in topics
        if t.term in absent
        and (_is_name(t.term) or _is_thing(t.term) and all(w.surface in absent for w in words(t.term)))
    ]
    return [term for term in said if not any(term != other and f" {term} " in f" {other} " for other in said)]


def _is_thing(term: str) -> bool:
    """Whether a word or the last of a phrase may be a noun: "announced" and "old" are none."""
    from lemminflect import getAllLemmas

    kinds = getAllLemmas(words(term)[-1].lower) if words(term) else {}
    return not kinds or "NOUN" in kinds and "ADJ" not in kinds


def _is_name(term: str) -> bool:
    """Whether a term stands for one thing; "New Zealand's Aquarium" may well be called otherwise."""
    return term[:1].isupper() and not re.search(r"['’]s? ", term)


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"
