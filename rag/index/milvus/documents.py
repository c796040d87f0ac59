"""The documents of a generation on Milvus: what is known of each is read once, texts when they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from rag.errors import IndexDamaged
from rag.index.layout import CURE
from rag.index.manifest import Manifest
from rag.index.milvus.client import Client, Row
from rag.index.milvus.parts import joined
from rag.index.milvus.schema import DOCUMENTS, SENTENCES
from rag.index.milvus.view import View
from rag.index.numbering import Numbering
from rag.index.protocol import Stored
from rag.index.records import Kept, Refusal
from rag.index.store import read_places
from rag.language.unsaid import Found
from rag.types import Document, Listed, Note, Span

_KNOWN = ("source", "title", "date", "sha256", "outlet", "language", "author", "author_from", "kind")
STEP = 1 << 20  # between the first chunks of two documents, as they are numbered here


class Documents:
    """What is known of the documents of a generation.

    Raises:
        IndexDamaged: rows are missing.
    """

    def __init__(self, client: Client, name: str, number: int, manifest: Manifest) -> None:
        self.name = name
        self.manifest = manifest
        self.view = View(client, number, manifest.embedder.dimension)
        self._meta: dict[int, dict[str, Any]] = self._values("meta")
        ordered = sorted(self._meta, key=lambda d: str(self._meta[d]["source"]))
        rows = [(d, m["source"], m["sentences"], d * STEP, m["chunks"]) for d in ordered for m in [self._meta[d]]]
        self.numbers = self.view.numbers = Numbering(rows)
        self._check()

    def _check(self) -> None:
        """Whatever the manifest counts is there."""
        manifest, view = self.manifest, self.view
        held = (
            len(self._meta),
            view.client.count(SENTENCES, view.alive, view.level),
            view.client.count(view.chunks, view.alive, view.level),
        )
        if held != (manifest.articles, manifest.sentences, manifest.chunks):
            raise IndexDamaged(
                f"The store at {view.client.address.host} holds {held[0]:,} articles, {held[1]:,} sentences and "
                f"{held[2]:,} chunks of the index, not what was written.",
                CURE,
            )

    def close(self) -> None:
        """Nothing is held: the connection is the process's."""

    def _values(self, kind: str) -> dict[int, Any]:
        """The values of a kind, by document."""
        found: defaultdict[int, list[Row]] = defaultdict(list)
        for row in self.view.rows(DOCUMENTS, f'kind == "{kind}"', ["document", "part", "body"]):
            found[row["document"]].append(row)
        return {document: joined(rows) for document, rows in found.items()}

    def _bodies(self, documents: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Texts, and where their sentences and chunks are."""
        keys = {f"{self.view.tenant}/text/{d}/{at}": d for d in documents for at in range(int(self._meta[d]["pieces"]))}
        found: defaultdict[int, list[Row]] = defaultdict(list)
        for key, row in self.view.get(DOCUMENTS, list(keys), ["part", "body"]).items():
            found[keys[key]].append(row)
        return {document: joined(rows) for document, rows in found.items()}

    def document(self, document: int) -> Stored:
        """One document and its sentences."""
        body, m = self._bodies([document])[document], self._meta[document]
        known = {name: m[name] for name in _KNOWN}
        return Stored(
            Document(text=body["text"], **known, places=read_places(body["places"])),
            tuple(Span(a, b) for a, b in _pairs(body["spans"])),
        )

    def texts(self, documents: Collection[int]) -> Mapping[int, str]:
        """The texts of documents."""
        return {d: body["text"] for d, body in self._bodies(list(documents)).items()}

    def chunks(self, document: int) -> tuple[tuple[int, int], ...]:
        """The sentences of each of its chunks."""
        return _pairs(self._bodies([document])[document]["chunks"])

    def chunk(self, number: int) -> tuple[int, int]:
        """The sentences of one."""
        place = self.numbers.of_chunk(number)
        return self._ranges(place.document)[number - place.first_chunk]

    def _ranges(self, document: int) -> tuple[tuple[int, int], ...]:
        if document not in self._known_ranges:
            self._known_ranges[document] = self.chunks(document)
        return self._known_ranges[document]

    @cached_property
    def _known_ranges(self) -> dict[int, tuple[tuple[int, int], ...]]:
        return {}

    def listed(self) -> list[Listed]:
        """All documents, sorted by source."""
        names = ("source", "title", "date", "sentences", "outlet", "author", "author_from", "kind")
        return [Listed(**{n: self._meta[p.document][n] for n in names}) for p in self.numbers.by_source.values()]

    def notes(self, document: int | None = None) -> list[tuple[int, Note]]:
        """(document, note) of one or all."""
        which = sorted(self._meta) if document is None else [document]
        return [(d, Note(text, bool(gap))) for d in which for text, gap in self._meta[d]["notes"]]

    def unsaid(self) -> list[tuple[int, int, Found]]:
        """(document, position, what it is)."""
        return [
            (d, at, Found(kind, Span(a, b))) for d, found in sorted(self._unsaid.items()) for at, kind, a, b in found
        ]

    @cached_property
    def _unsaid(self) -> dict[int, Any]:
        return self._values("unsaid")

    def languages(self) -> list[tuple[str, str]]:
        """(source, language) where it is known."""
        return [(m["source"], m["language"]) for m in self._meta.values() if m["language"] is not None]

    def kept(self) -> tuple[Kept, ...]:
        """All documents, sorted by source."""
        return tuple(
            Kept(p.document, p.source, m["path"], m["sha256"], p.first_chunk, p.chunks, p.sentences)
            for p in self.numbers.by_source.values()
            for m in [self._meta[p.document]]
        )

    def path(self, document: int) -> str:
        """The file that it was read from."""
        return str(self._meta[document]["path"])

    def meta(self, document: int) -> dict[str, Any]:
        """All that is known of it without reading it, as it is stored."""
        return self._meta[document]

    def total(self, what: str) -> int:
        """A count of all documents' that is known of each."""
        return sum(int(m[what]) for m in self._meta.values())

    @cached_property
    def _state(self) -> dict[str, Any]:
        """What belongs to no document."""
        found: dict[str, Any] = self._values("state").get(0, {})
        return found

    def roots(self) -> tuple[Path, ...]:
        """In the order that they were given in."""
        return tuple(Path(p) for p in self._state["roots"])

    def excluded(self) -> tuple[Path, ...]:
        """Sorted."""
        return tuple(Path(p) for p in sorted(self._state["excluded"]))

    def refusals(self) -> tuple[Refusal, ...]:
        """Sorted."""
        return tuple(Refusal(*row) for row in sorted(self._state["refusals"], key=lambda r: (r[0], r[1])))


def _pairs(flat: Sequence[int]) -> tuple[tuple[int, int], ...]:
    return tuple(zip(flat[::2], flat[1::2], strict=True))
