"""Answer questions to all articles: the count, every counted article cited, and what was searched.

Code counts; no model has a say in it. What no article mentions becomes an absence, worded as one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from rag.answering.absence import count, nearest
from rag.answering.choose import MAX_QUOTES
from rag.answering.citing import by_article, cited, composed, line_cited, openings, quotes, sentences
from rag.answering.compose import Composition, escaped
from rag.asking.collection import WholeQuestion
from rag.asking.phrasing import Asked
from rag.asking.selection import Selection, found, loosened, select
from rag.corpus.close import close_to
from rag.corpus.people import Person, people_in
from rag.language.words import content_words
from rag.types import Absence, Citation, Retrieved, Topic
from rag.ways.ask import Ask, Events, NotMentioned, end, in_their_language
from rag.ways.look_up import look_up
from rag.ways.mentioned import (
    as_denied,
    asks_the_evidence,
    denied,
    denied_throughout,
    enough_of_it,
    stands_there,
    verdict,
)
from rag.ways.telling import day_told, described
from rag.ways.wording import Asking, named, none_of, of_all, said_of, skipped

_POLAR = (Asked.ANY, Asked.EVERY)
_LOOSE = (Asked.WHICH, Asked.HOW_MANY, Asked.FIRST, Asked.LAST)  # a topic may be named in other words than an article's
_FIRST = 5  # articles named where only their number is asked for
_QUOTED = 8  # sentences that are all quoted; of more, one an article


def over_all(ask: Ask, whole: WholeQuestion) -> Events:
    """A question that only all articles together answer.

    Args:
        ask: the question.
        whole: what it asks of them.
    """
    asking = Asking(whole, ask.index, ask.scope, ask.models.embedder)
    if asks_the_evidence(whole, ask.index, ask.scope):
        there = stands_there(whole, ask.index, ask.scope)
        yield from look_up(ask, lambda: answer_whole(asking) if there else None)
        return
    yield Retrieved(())
    found = answer_whole(asking)
    if isinstance(found, NotMentioned):
        found = replace(found, text=in_their_language(ask, found.text))
    yield from end(ask, found)


def answer_whole(ask: Asking) -> Composition | NotMentioned:
    """Count, list or date the articles that a question is about.

    Raises:
        BadQuestion: it names nothing that could be looked for.
    """
    asked = ask.question.asked
    if asked is Asked.TOTAL:
        return _total(ask)
    if asked is Asked.LISTED:
        return _listed(ask)
    if asked in (Asked.QUOTED, Asked.NOT_QUOTED):
        return _people(ask)
    selection = select(ask.question, ask.index, ask.scope) if ask.question.topic else None
    if selection and asked in _LOOSE:
        selection = loosened(selection, ask.index, ask.scope)
    if asked in (Asked.FIRST, Asked.LAST):
        return _dated(ask, selection)
    assert selection is not None  # every other question names a topic
    if not selection.negated and not selection.holding or len(selection.nowhere()) == len(selection.wanted):
        lead = verdict(ask.question, found=False) if asked is Asked.MENTIONED else "No: " if asked in _POLAR else ""
        return NotMentioned(none_of(selection, lead), _absence(ask, selection))
    if asked is Asked.MENTIONED:
        return _mentioned(ask, selection)
    if asked is Asked.MOST:
        return _most(ask, selection)
    if asked in (Asked.HOW_OFTEN, Asked.EVERY_MENTION) and not selection.negated:
        return _often(ask, selection)
    return _counted(ask, selection)


def _mentioned(ask: Asking, selection: Selection) -> Composition | NotMentioned:
    """Whether it is mentioned at all, with the sentences."""
    whole = ask.question
    chosen = selection.chosen
    if not chosen:  # each of several topics somewhere, but no article with all; or never without the unwanted one
        return NotMentioned(none_of(selection, verdict(whole, found=False)), _absence(ask, selection))
    every = sentences(selection, ask.index)
    items = by_article(every if len(every) <= _QUOTED else quotes(selection, chosen, ask.index))
    if denied_throughout(selection):
        if len(every) <= MAX_QUOTES:
            return denied(verdict(whole, found=False), every)
        said = f"the text says of {named(selection.wanted, 'all')} only that it was not spoken of"
        return as_denied(composed(f"{verdict(whole, found=False)}{said}, in {of_all(ask, selection)}", items))
    lead, said = verdict(whole, found=enough_of_it(whole, selection)), said_of(ask, selection)
    return composed(f"{lead}{said[:1].lower()}{said[1:]}" if lead else said, items)


def _counted(ask: Asking, selection: Selection) -> Composition:
    """Which articles, how many: the count and the articles themselves."""
    asked, many = ask.question.asked, len(selection.scope)
    chosen, lead = selection.chosen, ""
    if asked is Asked.EVERY and not selection.negated:
        missing = Selection(selection.wanted, selection.join, (), True, selection.scope).chosen
        if missing and len(selection.wanted) == 1:
            negative = Selection(selection.wanted, selection.join, (), True, selection.scope)
            return composed(f"No: {said_of(ask, negative)}", by_article(openings(missing, ask.index)))
        lead = "Yes: " if len(chosen) == many else "No: "
    if asked is Asked.ANY:
        lead = "Yes: " if chosen else "No: "
    if chosen:
        items = openings(chosen, ask.index) if selection.negated else quotes(selection, chosen, ask.index)
        return composed(lead + said_of(ask, selection), by_article(items))
    if selection.negated:  # every article mentions it
        positive = Selection(selection.wanted, "any", (), False, selection.scope)
        return composed(f"{lead}{said_of(ask, positive)}", by_article(quotes(positive, positive.chosen, ask.index)))
    both = tuple(sorted(selection.holding))
    words = (
        f"{lead}None of the {many:,} articles mentions {named(selection.wanted, selection.join)} without "
        f"{named(selection.unwanted, 'any')}: all {len(both):,} that do mention both"
    )
    together = Selection((*selection.wanted, *selection.unwanted), selection.join, (), False, selection.scope)
    return composed(words, by_article(quotes(together, both, ask.index)))


def _absence(ask: Asking, selection: Selection) -> Absence:
    topics = [
        Topic(f.topic, f.variants, sum(h.match == "exact" for h in f.hits), sum(h.match != "exact" for h in f.hits))
        for f in (*selection.wanted, *selection.unwanted)
    ]
    if ask.question.mention:  # of "NATO membership" that stands nowhere, NATO may
        parts = [w.surface[: len(w.lower)] for f in selection.nowhere() for w in content_words(f.topic)]
        topics += [count(p, ask.index, ask.scope) for p in dict.fromkeys(parts) if p not in {t.term for t in topics}]
    query = ask.embedder.embed_query(" ".join(f.topic for f in selection.wanted))
    return Absence(tuple(topics), ask.index.searched(ask.scope), nearest(query, ask.index, ask.scope, ask.embedder))


def _often(ask: Asking, selection: Selection) -> Composition:
    """How often, or every mention: the sentences themselves."""
    times = sum(len(h.surfaces) for f in selection.wanted for h in f.hits)
    words = (
        f"{named(selection.wanted, selection.join)} {'stand' if len(selection.wanted) > 1 else 'stands'} "
        f"{times:,} time{'' if times == 1 else 's'} in the articles: {said_of(ask, selection)}"
    )
    every = ask.question.asked is Asked.EVERY_MENTION
    items = sentences(selection, ask.index) if every else quotes(selection, selection.chosen, ask.index)
    return composed(words, by_article(items))


def _most(ask: Asking, selection: Selection) -> Composition:
    """The article that mentions it most; all of those that share the first place."""
    counts = {s: sum(len(f.by_article.get(s, ())) for f in selection.wanted) for s in selection.chosen}
    top = max(counts.values())
    first = tuple(s for s, count in counts.items() if count == top)
    words = (
        f"{named(selection.wanted, selection.join)} is mentioned most, in {top:,} "
        f"sentence{'' if top == 1 else 's'}, by {len(first):,} of the {len(counts):,} articles that mention it"
    )
    return composed(words, by_article(quotes(selection, first, ask.index)))


def _dated(ask: Asking, selection: Selection | None) -> Composition | NotMentioned:
    """The first or the last by the date that the articles themselves give."""
    close = _close(ask, selection)
    if selection and not selection.chosen and not close:
        return NotMentioned(none_of(selection), _absence(ask, selection))
    pool = selection.chosen if selection else ask.index.sources() if ask.scope is None else tuple(sorted(ask.scope))
    pool = tuple(dict.fromkeys((*pool, *close)))
    alone = len(pool) == 1
    verb = f"hold{'s' * alone} the words of" if close or _is_apart(selection) else f"mention{'s' * alone}"
    verb = f"{'is' if alone else 'are'} about or {verb}" if close else verb
    about = f" that {verb} {named(selection.wanted, selection.join)}" if selection else ""
    dates = {s: d for s in pool if (d := ask.index.document(s).date)}
    if not dates:
        none = f"The one article{about} gives no" if alone else f"None of the {len(pool):,} articles{about} gives a"
        words = f"{none} date of its own, so first and last can’t be told."
        bare = Absence((), ask.index.searched(ask.scope), ())
        return NotMentioned(words, _absence(ask, selection) if selection else bare)
    first = ask.question.asked is Asked.FIRST
    day = (min if first else max)(dates.values())
    which = tuple(s for s, d in dates.items() if d == day)
    undated = f"; {len(pool) - len(dates):,} give no date" if len(pool) > len(dates) else ""
    several = f"The {'first' if first else 'last'} of the {len(dates):,} dated articles{about}"
    one = (
        f"The one article{about}"
        if alone
        else f"The one dated article of those{about}"
        if about
        else "The one dated article"
    )
    words = f"{several if len(dates) > 1 else one} is of {day_told(day)}{undated}"
    return composed(words, by_article([c for s in which for c in _identified(ask, s)]))


def _close(ask: Asking, selection: Selection | None) -> tuple[str, ...]:
    """Articles on the topic that don't hold its words in a row: they may be the first or the last on it."""
    if selection is None or len(selection.wanted) != 1 or selection.negated or selection.unwanted:
        return ()
    found = close_to(selection.wanted[0].topic, ask.index, ask.scope, ask.embedder)
    return tuple(s for s in found if s not in selection.chosen) if len(ask.question.topic.split()) > 1 else ()


def _is_apart(selection: Selection | None) -> bool:
    return selection is not None and selection.wanted[0].apart


def _identified(ask: Asking, source: str) -> list[Citation]:
    """The lines in which an article gives its title and its date."""
    title, date = _own(ask, source, "title"), _own(ask, source, "date")
    return [title] if (title.start, title.end) == (date.start, date.end) else [title, date]


def _people(ask: Asking) -> Composition | NotMentioned:
    """Who is quoted, by name, or who is named but never quoted."""
    people = people_in(ask.index, ask.scope)
    about = ask.question.topic
    if about:
        holding = {h.sentence.id for h in found(about, ask.index, ask.scope).hits}
        people = tuple(replace(p, quoted=tuple(s for s in p.quoted if s.id in holding)) for p in people)
    silent = ask.question.asked is Asked.NOT_QUOTED
    chosen = [p for p in people if not p.quoted] if silent else [p for p in people if p.quoted]
    total = ask.index.searched(ask.scope)
    where = "the article" if total.articles == 1 else f"the {total.articles:,} articles"
    on = f" in sentences that mention “{escaped(about)}”" if about else ""
    if not chosen:
        who = "Nobody is named without being quoted" if silent else f"Nobody is quoted by name{on}"
        return NotMentioned(f"{who} in {where}.", Absence((), total, ()))
    one = len(chosen) == 1
    what = "named and not quoted" if silent else f"quoted by name{on}"
    words = f"{len(chosen):,} {'person is' if one else 'people are'} {what} in {where}{skipped(total)}"
    groups = [(_label(p, silent=silent), [cited((p.named if silent else p.quoted)[0], ask.index)]) for p in chosen]
    return composed(words, groups)


def _label(person: Person, *, silent: bool) -> str:
    times = len(person.named if silent else person.quoted)
    return person.name if times == 1 else f"{person.name} ({times:,} sentences)"


def _total(ask: Asking) -> Composition:
    """How many there are, and the first of them."""
    total = ask.index.searched(ask.scope)
    chosen = ask.index.sources() if ask.scope is None else tuple(sorted(ask.scope))
    articles = "is 1 article" if total.articles == 1 else f"are {total.articles:,} articles"
    rest = f", the first {_FIRST} of them" if len(chosen) > _FIRST else ""
    words = f"There {articles}, with {total.sentences:,} sentences{skipped(total)}{rest}"
    groups = [(described(ask.index.document(source)), [_own(ask, source, "title")]) for source in chosen[:_FIRST]]
    return composed(words, groups)


def _own(ask: Asking, source: str, what: Literal["title", "date"]) -> Citation:
    """The line in which an article says its own title or date, or else its first sentence."""
    document = ask.index.document(source)
    places = document.places
    return line_cited(document, places.title if what == "title" else places.date, ask.index)


def _listed(ask: Asking) -> Composition:
    """Every article by title, with its kind, date and author, and the line with the title or its first words."""
    total = ask.index.searched(ask.scope)
    chosen = ask.index.sources() if ask.scope is None else tuple(sorted(ask.scope))
    one = total.articles == 1
    words = f"There {'is' if one else 'are'} {total.articles:,} article{'' if one else 's'}{skipped(total)}"
    groups = []
    for source in chosen:
        groups.append((described(ask.index.document(source)), [_own(ask, source, "title")]))
    return composed(words, groups)
