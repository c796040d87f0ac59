"""A generation as somebody sees it who may see some of its articles only: of the others it knows nothing.

Everything that an index tells is told of the articles below some folders: their number, their words, how frequent a
word is, what was left out. Sentences and chunks are numbered anew, so that no number tells what else there is. `None`,
for all articles, is all of these. It is a `Generation` over another one, whichever store keeps that.

Not hidden: BM25 weighs words by their frequency in the whole store, so that what else it holds may move the scores of a
person's own passages, and the order in which they are looked at.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from models.protocols import FloatArray
from rag.index.numbering import Numbering
from rag.index.protocol import Alternatives, Generation, Hit, Holding, Stored
from rag.index.query_words import searchable
from rag.index.reader import Index
from rag.index.records import Kept, Refusal
from rag.index.vectors import Scope
from rag.index.vocabulary import stems_of
from rag.language.unsaid import Found
from rag.types import Listed, Note

_MANY = 60_000  # chunks up to which the words of some articles are gathered from their texts
_MOST = 64  # views of a generation that are kept; each knows the names of its articles


def limited(whole: Index, folders: tuple[Path, ...]) -> LimitedIndex:
    """The view of a generation from some folders, made once.

    It is kept by the generation itself: with that it goes, however long its holder doesn't ask.
    """
    with whole._lock:
        views: OrderedDict[tuple[Path, ...], LimitedIndex] = vars(whole).setdefault("_views", OrderedDict())
        if folders not in views:
            views[folders] = LimitedIndex(whole, folders)
        views.move_to_end(folders)
        if len(views) > _MOST:
            views.popitem(last=False)
        return views[folders]


class LimitedIndex(Index):
    """The articles of an open generation that lie below some folders.

    Args:
        whole: the generation.
        folders: absolute, as `rag.index.roots.settled` gives them; the folder of the index itself means all of it.
    """

    def __init__(self, whole: Index, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        super().__init__(whole.folder, LimitedGeneration(whole.stored, whole.folder, self.folders))

    def holds(self, path: Path) -> bool:
        """Whether a file lies below one of the folders."""
        return _below(path, self.folders, self.folder)


class LimitedGeneration:
    """Some articles of a generation; satisfies `Generation`.

    Args:
        whole: all articles; it stays open.
        folder: of the index.
        folders: below which the articles lie.
    """

    def __init__(self, whole: Generation, folder: Path, folders: Sequence[Path]) -> None:
        self._whole, self._folder, self._folders = whole, folder, folders
        self.name = whole.name
        self._most = _MANY
        theirs = [whole.numbers.by_source[a.source] for a in whole.kept() if self._holds(a.path)]
        self.numbers = Numbering([(p.document, p.source, p.sentences, p.stored_chunk, p.chunks) for p in theirs])
        self._theirs = frozenset(place.source for place in theirs)
        self._rows = _runs((place.first_chunk, place.chunks) for place in theirs)
        sentences = sum(place.sentences for place in theirs)
        self.manifest = replace(
            whole.manifest, articles=len(theirs), sentences=sentences, chunks=len(self._rows)
        )  # fmt: skip

    def close(self) -> None:
        """Nothing: what is open is the whole generation's."""

    def _holds(self, path: str) -> bool:
        return _below(Path(path), self._folders, self._folder)

    def _in(self, sources: frozenset[str] | None) -> frozenset[str]:
        return self._theirs if sources is None else self._theirs & sources

    def _own(self, document: int) -> bool:
        return document in self.numbers.by_document

    # ── search ──────────────────────────────────────────────────────────────────────────────
    def dense(self, query: FloatArray, k: int, sources: frozenset[str] | None) -> list[Hit]:
        """See `Generation`."""
        return self._renumbered(self._whole.dense(query, k, self._in(sources)))

    def lexical(self, words: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Hit]:
        """See `Generation`."""
        return self._renumbered(self._whole.lexical(words, k, self._in(sources)))

    def _renumbered(self, hits: Sequence[Hit]) -> list[Hit]:
        return [(int(np.searchsorted(self._rows, row)), score) for row, score in hits]

    def holding(self, alternatives: Alternatives, sources: frozenset[str] | None) -> list[Holding]:
        """See `Generation`."""
        return self._whole.holding(alternatives, self._in(sources))

    def frequency(self, phrase: str) -> int:
        """In how many sentences of these articles a phrase stands."""
        return len(self.holding((((phrase,),),), None))

    def vocabulary(self) -> list[str]:
        """The stems of all words of these articles' sentences; in a very large store, of all of its.

        There it would take minutes. Who asks looks the stems up in sentences, which are these articles' in any
        case, and shows no other words than stand in those.
        """
        if self._whole.manifest.chunks > self._most:
            return self._whole.vocabulary()
        return stems_of(self._spoken())

    def _spoken(self) -> Iterator[str]:
        for document in self.numbers.by_document:
            stored = self._whole.document(document)
            text = stored.document.text
            yield from (searchable(text[span.start : span.end]) for span in stored.sentences)

    def ranked_abroad(self, keys: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Holding]:
        """See `Generation`."""
        return self._whole.ranked_abroad(keys, k, self._in(sources))

    def holding_abroad(self, groups: Sequence[Sequence[str]], sources: frozenset[str] | None) -> list[Holding]:
        """See `Generation`."""
        return self._whole.holding_abroad(groups, self._in(sources))

    def frequency_abroad(self, keys: Sequence[str]) -> int:
        """How many sentences of these articles hold any of some keys."""
        return len(self.holding_abroad([keys], None))

    def vocabulary_abroad(self) -> list[str]:
        """The keys that these articles hold."""
        return [key for key in self._whole.vocabulary_abroad() if self.frequency_abroad([key])]

    def vectors(self, numbers: Sequence[int]) -> FloatArray:
        """See `Generation`."""
        rows = [int(row) for row in self._rows[list(numbers)]]
        if rows and rows[-1] - rows[0] == len(rows) - 1:  # of one article
            return self._whole.vectors(range(rows[0], rows[-1] + 1))
        return self._whole.vectors(rows or range(0))

    def chunk(self, number: int) -> tuple[int, int]:
        """See `Generation`."""
        return self._whole.chunk(int(self._rows[number]))

    # ── documents ───────────────────────────────────────────────────────────────────────────
    def document(self, document: int) -> Stored:
        """See `Generation`."""
        return self._whole.document(document)

    def texts(self, documents: Collection[int]) -> Mapping[int, str]:
        """See `Generation`."""
        return self._whole.texts(documents)

    def chunks(self, document: int) -> tuple[tuple[int, int], ...]:
        """See `Generation`."""
        return self._whole.chunks(document)

    def listed(self) -> list[Listed]:
        """These articles, sorted by source."""
        return [one for one in self._whole.listed() if one.source in self._theirs]

    def notes(self, document: int | None = None) -> list[tuple[int, Note]]:
        """Those of these articles."""
        return [(of, note) for of, note in self._whole.notes(document) if self._own(of)]

    def unsaid(self) -> list[tuple[int, int, Found]]:
        """Those of these articles."""
        return [one for one in self._whole.unsaid() if self._own(one[0])]

    def languages(self) -> list[tuple[str, str]]:
        """Those of these articles."""
        return [one for one in self._whole.languages() if one[0] in self._theirs]

    def kept(self) -> tuple[Kept, ...]:
        """These articles."""
        return tuple(one for one in self._whole.kept() if one.source in self._theirs)

    def path(self, document: int) -> str:
        """See `Generation`."""
        return self._whole.path(document)

    def roots(self) -> tuple[Path, ...]:
        """None: they are the owner's."""
        return ()

    def excluded(self) -> tuple[Path, ...]:
        """None: they are the owner's."""
        return ()

    def refusals(self) -> tuple[Refusal, ...]:
        """The files below the folders that could not become an article."""
        return tuple(refusal for refusal in self._whole.refusals() if self._holds(refusal.path))


def _below(path: Path, folders: Iterable[Path], index: Path) -> bool:
    return any(path.is_relative_to(folder) or folder == index for folder in folders)


def _runs(runs: Iterator[tuple[int, int]]) -> Scope:
    """Numbers in runs of (first, how many), ascending."""
    return np.sort(np.concatenate([np.empty(0, np.int64), *(np.arange(a, a + n, dtype=np.int64) for a, n in runs)]))
