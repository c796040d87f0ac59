"""Count mentions, and say an absence, in another language than English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.absence import ranked
from rag.answering.citing import by_article, cited, composed
from rag.answering.compose import Composition, escaped, marked
from rag.answering.phrases import either, ended, led, listed, say
from rag.asking.foreign import ForeignQuestion
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


def mentioned_abroad(ask: Ask, question: ForeignQuestion) -> Composition | NotMentioned:
    """Whether, or how often, a topic is mentioned: counted as in English."""
    assert question.topic is not None
    language = question.language
    wanted = foreign_term(question.topic, language)
    hits = foreign_find(wanted, ask.index, ask.scope)
    if not hits:
        return _nowhere(ask, question, wanted)
    if not question.how_often and len(hits) <= _UNSPOKEN and all(_is_denied(h, language) for h in hits):
        return _unspoken(ask, question, hits)
    chosen = hits if len(hits) <= _QUOTED else list({h.sentence.source: h for h in reversed(hits)}.values())[::-1]
    words = ended(language, _counted(ask, question, hits)).rstrip(".。")
    return composed(words, by_article([_citation(h, ask) for h in chosen]))


def _counted(ask: Ask, question: ForeignQuestion, hits: Sequence[Hit]) -> str:
    language, what = question.language, f"“{escaped(question.topic or '')}”"
    many, count = ask.index.article_count(ask.scope), len({h.sentence.source for h in hits})
    if question.how_often:
        times = sum(len(h.places) for h in hits)
        return say(language, "times", times, what=what, n=times)
    kind = "all" if count == many else "one" if count == 1 else "some"
    key = f"mention_{kind}"
    said = say(language, key, many, what=what, many=many, count=count)
    total = searched_abroad(ask, question).sentences
    said += say(language, "in_sentences", len(hits), n=len(hits), total=total)
    forms = sorted({s for h in hits if h.match == "variant" for s in h.surfaces})
    if forms:
        said += say(language, "also", forms=listed(language, [f"“{escaped(f)}”" for f in forms[:_FORMS]]))
    lead = say(language, "yes")
    return led(language, lead, said if language == "de" else _lowered(said))


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


def _nowhere(ask: Ask, question: ForeignQuestion, wanted: ForeignTerm) -> NotMentioned:
    language, many = question.language, ask.index.article_count(ask.scope)
    said = say(language, "none", many, what=f"“{escaped(wanted.written)}”", many=many)
    parts = parts_of_words(wanted, ask.index, ask.scope)
    within = (
        say(language, "within", forms=listed(language, [f"“{escaped(p)}”" for p in list(parts)[:_FORMS]]))
        if parts
        else ""
    )
    lead = "" if question.how_often else say(language, "no")
    query = ask.models.embedder.embed_query(wanted.written)
    near = ranked(list(parts.values())[:_FORMS], query, ask.models.embedder)
    found = Absence((Topic(wanted.written, (), 0, 0),), searched_abroad(ask, question), near)
    first = led(language, lead, said if language == "de" or not lead else _lowered(said))
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
