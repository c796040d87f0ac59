"""One document's questions with the sentences that answer them and with those that only look as if they did.

The latter are those that the rows name, and those that share most of the question's rarer words. Of a yes/no question
the judge is to say which; of every other, whether the text answers it.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence

from models.training.cases import LABELS, UNSAID, YES, Case, Form, Query
from rag.asking.question import Form as Asks
from rag.asking.understand import understand
from rag.language.words import content_stems
from rag.training_data.pages import Asked, Page
from rag.types import Span

_LONGEST = 520  # characters of a text, about half of what the judge reads at once
_WIDEST = 5  # sentences between the first and the last that decide
_LIKELY = 4  # sentences among which one that tempts is drawn
_BESIDE = 3  # further queries of a text
_OTHER = 0.25  # how often one of them is another question that the text does not answer
_RATHER = 0.35  # how often a likely sentence is taken instead of the one that the row names
_ORIGINS = {LABELS["undecided"]: ", open", UNSAID: ", unsaid"}


class Document:
    """A page with its questions, and how rare each of its stems is.

    Args:
        page: the document.
        questions: about it.
        name: of the collection.
        group: what a split must not tear apart.
    """

    def __init__(self, page: Page, questions: Sequence[Asked], name: str, group: str) -> None:
        self._page, self._name, self._group = page, name, group
        self._questions = questions
        self._stems = [content_stems(page.text[s.start : s.end]) for s in page.sentences]
        count = Counter(stem for stems in self._stems for stem in stems)
        self._rarity = {stem: math.log(1 + len(self._stems) / n) for stem, n in count.items()}

    def cases(self, draw: random.Random) -> Iterator[Case]:
        """Each question with the texts that decide it, and with what tempts."""
        for q in self._questions:
            form, label = put(q)
            origin = self._name + (", answered" if form == "answered" else _ORIGINS.get(label, ""))
            places = q.evidence or self._tempts(q)
            if not places:
                continue
            alone = " ".join(self._page.told(*t).text for e in places if (t := self._page.touching(e)))
            if len(alone) <= _LONGEST:
                yield self._case(alone, [Query(form, q.question, label)], origin)
            touched = [t for e in places if (t := self._page.touching(e))]
            first, last = min(a for a, _ in touched), max(b for _, b in touched)
            if last - first < _WIDEST:
                run = self._around(first, last, draw)
                yield from self._beside(run, q, Query(form, q.question, label), origin, draw)
            if q.evidence and (away := self._away(q, draw)):
                origin = f"{self._name}, answered" if form == "answered" else f"{self._name}, near miss"
                yield from self._beside(away, q, Query(form, q.question, UNSAID), origin, draw)

    def _tempts(self, q: Asked) -> tuple[Span, ...]:
        """What tempts most where nothing answers."""
        return (q.near,) if q.near else tuple(self._page.sentences[at] for at in self._likely(q)[:1])

    def _away(self, q: Asked, draw: random.Random) -> Span | None:
        """A run that does not answer: around the sentence that the row names, or around a likely one."""
        place = self._page.touching(q.near) if q.near else None
        likely = self._likely(q)
        if likely and (place is None or draw.random() < _RATHER):
            place = (at := draw.choice(likely), at)
        if place is None:
            return None
        runs = (self._around(*place, draw), self._page.window(*place))
        return next((run for run in runs if not touches(q, run) and not self._says(run, q)), None)

    def _likely(self, q: Asked) -> list[int]:
        wanted = content_stems(q.question)
        score = [sum(self._rarity[stem] for stem in wanted & stems) for stems in self._stems]
        fit = [i for i, s in enumerate(self._page.sentences) if score[i] > 0 and not touches(q, s)]
        return sorted(fit, key=lambda i: -score[i])[:_LIKELY]

    def _around(self, first: int, last: int, draw: random.Random) -> Span:
        """Up to two neighbours on each side, as long as the run stays short."""
        low = max(0, first - draw.randint(0, 2))
        high = min(len(self._page.sentences) - 1, last + draw.randint(0, 2))
        while (low < first or high > last) and _length(self._page.window(low, high)) > _LONGEST:
            if high > last and high - last >= first - low:
                high -= 1
            else:
                low += 1
        return self._page.window(low, high)

    def _beside(self, run: Span, q: Asked, query: Query, origin: str, draw: random.Random) -> Iterator[Case]:
        """A run with its query and some others: what it answers too, and at times one that it doesn't."""
        if _length(run) > 1.25 * _LONGEST:
            return
        others = [o for o in self._questions if o is not q and o.evidence]
        draw.shuffle(others)
        inside = [o for o in others if holds(o, run)]
        outside = [o for o in others if not touches(o, run) and not self._says(run, o)]
        queries = [Query(form, o.question, label) for o in inside[:_BESIDE] for form, label in [put(o)]]
        if outside and draw.random() < _OTHER:
            queries.append(Query(put(outside[0])[0], outside[0].question, UNSAID))
        yield self._case(self._told(run), [query, *queries], origin)

    def _told(self, run: Span) -> str:
        """A run of sentences as it is read: with the names of a row's cells, a list's lead-in, who speaks."""
        place = self._page.touching(run)
        return self._page.told(*place).text if place else self._page.text[run.start : run.end]

    def _says(self, run: Span, q: Asked) -> bool:
        """Whether a run holds the words of the answer, wherever it has them from."""
        text = self._page.text[run.start : run.end].lower()
        return q.label == "span" and any(self._page.text[a.start : a.end].lower() in text for a in q.answers)

    def _case(self, text: str, queries: Sequence[Query], origin: str) -> Case:
        return Case(text, tuple(queries), origin, self._group)


def put(q: Asked) -> tuple[Form, int]:
    """How a question is put to the judge, and what it should say of a text that holds its evidence."""
    if q.label == "span":
        return "answered", YES
    polar = q.label != "absent" or understand(q.question).form is Asks.POLAR
    return ("question" if polar else "answered"), LABELS[q.label]


def holds(q: Asked, run: Span) -> bool:
    """Whether all that decides a question stands in a run."""
    return all(e.start >= run.start and e.end <= run.end for e in q.evidence)


def touches(q: Asked, run: Span) -> bool:
    """Whether any of it does."""
    return any(e.start < run.end and e.end > run.start for e in q.evidence)


def _length(run: Span) -> int:
    return run.end - run.start
