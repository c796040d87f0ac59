"""What the judge is shown in use: the sentences that the reader finds likeliest when a question is asked of everything.

Made-up near misses tempt by their words; these are what today's retrieval and reader really fall for.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.protocols import Embedder, EvidenceModel
from models.training.cases import UNSAID, Case, Query
from models.training.held_back import listed
from rag.asking.understand import understand
from rag.evidence.features import measure
from rag.evidence.measured import gather, passage_told
from rag.evidence.rarity import Rarity
from rag.evidence.reading import read, windows_of
from rag.evidence.reranking import reranked
from rag.evidence.shortlist import likeliest
from rag.index.build import build_index
from rag.index.reader import Index
from rag.text.seen import legible
from rag.text.told import Telling
from rag.training_data.document_cases import put, touches
from rag.training_data.pages import Asked
from rag.types import Span

_LONGEST = 1_000  # characters of a text: what fits a row beside its query
_PART = 0.5  # of the questions are asked: each costs a fifth of a second


@dataclass(frozen=True)
class Models:
    """What finds the likeliest sentences."""

    embedder: Embedder
    reader: EvidenceModel


def looked_at(
    name: str, questions: Sequence[Asked], files: Mapping[str, Path], folder: Path, models: Models, draw: random.Random
) -> Iterator[Case]:
    """What is looked at closer when some of the questions are asked of all of these documents.

    A text that holds part of what decides is left out, as is one that only holds the words of the answer; so are pairs
    of a question and a document of which one is held back.

    Args:
        name: of the collection, "news" or "desk".
        questions: about its documents.
        files: the documents by name.
        folder: where the index is built; empty.
        models: what finds them.
        draw: which questions are asked.
    """
    build_index(list(files.values()), folder, embedder=models.embedder)
    index = Index.open(folder, models.embedder.info)
    known = {file.name: source for source, file in files.items()}
    names = {source: known[Path(source).name] for source in index.sources()}
    held = listed(name)
    for q in questions:
        if draw.random() >= _PART:
            continue
        form, label = put(q)
        for source, of in _shown(q.question, index, models):
            own, text = names[source] == q.source, legible(of.text)
            if len(text) > _LONGEST or (names[source] in held) != (q.source in held):
                continue
            run = Span(of.places[0].start, of.places[-1].end)
            whole = own and q.evidence and all(e.start >= run.start and e.end <= run.end for e in q.evidence)
            if not whole and ((own and touches(q, run)) or _says(text, q, index, names)):
                continue
            yield Case(text, (Query(form, q.question, label if whole else UNSAID),), f"{name}, looked at", q.group)
    index.close()


def _shown(words: str, index: Index, models: Models) -> Iterator[tuple[str, Telling]]:
    """The texts that are looked at closer, each with its document."""
    question = understand(words)
    query = models.embedder.embed_query(question.standalone)
    passages = reranked(question.words, query, index, None, models.embedder)
    candidates = gather(query, passages, index, models.embedder)
    if not candidates:
        return
    found = read(question, passages, [passage_told(p, index) for p in passages], models.reader)
    rules = measure(question, candidates, Rarity(index))
    windows = windows_of(likeliest(question, candidates, rules, found), index)
    for shown in (windows.near, windows.lone):
        yield from ((s.source, of) for s, (of, _) in zip(windows.sentences, shown, strict=False))


def _says(text: str, q: Asked, index: Index, names: Mapping[str, str]) -> bool:
    """Whether a text holds the words of the answer, wherever it has them from."""
    if q.label != "span":
        return False
    source = next((s for s, name in names.items() if name == q.source), None)
    own = index.document(source).text if source else ""
    return any(own[a.start : a.end].lower() in text.lower() for a in q.answers)
