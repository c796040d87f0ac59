"""Count mentions, and say an absence, in another language than English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.absence import ranked
from rag.answering.citing import by_article, cited, composed, openings
from rag.answering.compose import Composition, escaped, marked
from rag.answering.phrases import either, ended, led, listed, say
from rag.asking.foreign import ForeignQuestion, topics_of
from rag.asking.foreign_grammar import DENIES, SPEECH
from rag.corpus.foreign_mentions import ForeignTerm, foreign_find, foreign_term, parts_of_words
from rag.corpus.mentions import Hit
from rag.language.stems import Token
from rag.text.seen import seen
from rag.types import Absence, Citation, Claim, Near, Searched, Topic
from rag.ways.ask import Ask, NotMentioned

_QUOTED = 8  # sentences that are all quoted; of more, the first of each article
_FORMS = 4  # other forms named in the words
_TOPICS = 8
_UNSPOKEN = 3  # sentences that say of a topic only that it wasn't spoken of


def listed_abroad(ask: Ask, question: ForeignQuestion) -> Composition:
    """Which documents there are, each with its first words."""
    chosen = ask.index.sources() if ask.scope is None else tuple(sorted(ask.scope))
    total = searched_abroad(ask, question)
    words = say(question.language, "total", total.articles, many=total.articles, total=total.sentences)
    return composed(words, by_article(openings(chosen, ask.index)))


def mentioned_abroad(ask: Ask, question: ForeignQuestion) -> Composition | NotMentioned:
    """Whether, or how often, a topic is mentioned, or several are: counted as in English."""
    assert question.topic is not None
    language = question.language
    wanted = foreign_term(question.topic, language)
    hits = foreign_find(wanted, ask.index, ask.scope)
    parts = topics_of(question.topic, language)
    if not hits and len(parts) > 1:
        return _several(ask, question, [foreign_term(part, language) for part in parts])
    if not hits:
        return _nowhere(ask, question, wanted)
    if question.polar and len(hits) <= _UNSPOKEN and all(_is_denied(h, language) for h in hits):
        return _unspoken(ask, question, hits)
    said = _counted(ask, question, wanted, hits)
    lead = say(language, "yes") if question.polar else ""
    return composed(led(language, lead, _after(said, lead, language)), by_article(_cited(hits, ask)))


def _several(ask: Ask, question: ForeignQuestion, terms: Sequence[ForeignTerm]) -> Composition | NotMentioned:
    """Several topics, each counted by itself, after no Yes or No."""
    found = [(term, foreign_find(term, ask.index, ask.scope)) for term in terms]
    if not any(hits for _, hits in found):
        return _nowhere(ask, question, *terms)
    said = [_counted(ask, question, t, hits) if hits else _none(ask, question, [t]) for t, hits in found]
    return composed(
        "; ".join([said[0], *map(_lowered, said[1:])]), by_article([c for _, hits in found for c in _cited(hits, ask)])
    )


def _cited(hits: Sequence[Hit], ask: Ask) -> list[Citation]:
    """All sentences, or of many the first of each article."""
    chosen = hits if len(hits) <= _QUOTED else list({h.sentence.source: h for h in reversed(hits)}.values())[::-1]
    return [_citation(h, ask) for h in chosen]


def _counted(ask: Ask, question: ForeignQuestion, wanted: ForeignTerm, hits: Sequence[Hit]) -> str:
    language, what = question.language, f"“{escaped(wanted.written)}”"
    many, count = ask.index.article_count(ask.scope), len({h.sentence.source for h in hits})
    if question.how_often:
        times = sum(len(h.places) for h in hits)
        return say(language, "times", times, what=what, n=times)
    kind = "all" if count == many else "one" if count == 1 else "some"
    said = say(language, f"mention_{kind}", many, what=what, many=many, count=count)
    said += say(language, "in_sentences", len(hits), n=len(hits), total=searched_abroad(ask, question).sentences)
    forms = sorted({s for h in hits if h.match == "variant" for s in h.surfaces})
    if forms:
        said += say(language, "also", forms=listed(language, [f"“{escaped(f)}”" for f in forms[:_FORMS]]))
    return said


def _none(ask: Ask, question: ForeignQuestion, terms: Sequence[ForeignTerm]) -> str:
    many = ask.index.article_count(ask.scope)
    what = either(question.language, [f"“{escaped(t.written)}”" for t in terms])
    return say(question.language, "none", many, what=what, many=many)


def _after(said: str, lead: str, language: str) -> str:
    """The words as they stand after a colon: in German, a sentence keeps its capital."""
    return said if language == "de" or not lead else _lowered(said)


def _lowered(said: str) -> str:
    """The words as they stand after a colon."""
    return said[:1].lower() + said[1:]


def _citation(hit: Hit, ask: Ask) -> Citation:
    return cited(hit.sentence, ask.index, hit.places[0])


def _is_denied(hit: Hit, language: str) -> bool:
    form = seen(hit.sentence.text).text
    return SPEECH[language].search(form) is not None and DENIES[language].search(form) is not None


def _unspoken(ask: Ask, question: ForeignQuestion, hits: Sequence[Hit]) -> Composition:
    """Sentences that seem to say that it was not spoken of, after no Yes or No."""
    citations = [_citation(h, ask) for h in hits]
    language = question.language
    numbered = tuple(replace(c, n=n) for n, c in enumerate(citations, start=1))
    claims = tuple(
        Claim(
            f"{led(language, say(language, 'text_says') if c.n == 1 else '', marked(c.quote))} [{c.n}]",
            (c.n,),
            "quoted",
            "stated",
        )
        for c in numbered
    )
    return Composition(" ".join(c.text for c in claims), claims, numbered)


def _nowhere(ask: Ask, question: ForeignQuestion, *wanted: ForeignTerm) -> NotMentioned:
    language = question.language
    parts = {w: s for term in wanted for w, s in parts_of_words(term, ask.index, ask.scope).items()}
    forms = listed(language, [f"“{escaped(p)}”" for p in list(parts)[:_FORMS]])
    within = say(language, "within", forms=forms) if parts else ""
    lead = say(language, "no") if question.polar else ""
    query = ask.models.embedder.embed_query(question.topic or question.standalone)
    near = ranked(list(parts.values())[:_FORMS], query, ask.models.embedder)
    found = Absence(tuple(Topic(t.written, (), 0, 0) for t in wanted), searched_abroad(ask, question), near)
    first = led(language, lead, _after(_none(ask, question, wanted), lead, language))
    return NotMentioned(ended(language, first, within, *_limits(ask, question)), found)


def silent(ask: Ask, question: ForeignQuestion, near: Sequence[Near]) -> NotMentioned:
    """That nothing answers, and what was looked for: words that stand nowhere are named."""
    language, many = question.language, ask.index.article_count(ask.scope)
    topics = tuple(_topic(w, question, ask) for w in question.words[:_TOPICS])
    missing = [
        t.term
        for t, w in zip(topics, question.words, strict=False)
        if not t.exact + t.variant and _is_named(w, question)
    ]
    said = (
        say(language, "none", many, what=either(language, [f"“{escaped(t)}”" for t in missing[:2]]), many=many)
        if missing
        else say(language, "silent", many, many=many)
    )
    found = Absence(topics, searched_abroad(ask, question), tuple(near))
    return NotMentioned(ended(language, said, *_limits(ask, question)), found)


def _topic(word: Token, question: ForeignQuestion, ask: Ask) -> Topic:
    wanted = foreign_term(word.surface, question.language)
    hits = foreign_find(wanted, ask.index, ask.scope)
    exact = sum(h.match == "exact" for h in hits)
    forms = tuple(sorted({s for h in hits if h.match == "variant" for s in h.surfaces}))
    if not hits and (parts := parts_of_words(wanted, ask.index, ask.scope)):
        return Topic(word.surface, tuple(sorted(parts)), 0, len(parts))
    return Topic(word.surface, forms, exact, len(hits) - exact)


def _is_named(word: Token, question: ForeignQuestion) -> bool:
    """Whether a word may be said to be mentioned nowhere: a noun, as far as its capital tells, or a whole run."""
    return word.surface[:1].isupper() or word.is_run and len(word.surface) > 1 and question.language != "ja"


def searched_abroad(ask: Ask, question: ForeignQuestion) -> Searched:
    """What was searched: what is in the question's language isn't counted as searched in part for being in it."""
    total = ask.index.searched(ask.scope)
    own = ask.index.only_foreign(question.language, ask.scope)
    return Searched(total.articles, total.sentences, total.skipped - len(own))


def _limits(ask: Ask, question: ForeignQuestion) -> list[str]:
    """What couldn't be searched as well: articles in other languages, and files that aren't read."""
    language, languages = question.language, ask.index.languages(ask.scope)
    others = sum(len(of) for other, of in languages.items() if other != language)
    unread = len(ask.index.skipped()) if ask.scope is None else 0
    said = [say(language, "elsewhere", others, n=others)] if others else []
    return [*said, say(language, "skipped", unread, n=unread)] if unread else said
