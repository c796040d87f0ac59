"""Documents on a matter that don't hold its words: "the mill fire" where a mill burnt down.

They must be close to it in meaning, nearly as close as the closest, and hold all its names, or half its words where it
has no name. Without a name more closeness is asked, since a word alone ("museum") may be anybody's.
"""

from __future__ import annotations

import re

from models.protocols import Embedder
from rag.index.reader import Index
from rag.language.names import name_stems
from rag.language.words import content_stems

_LED = re.compile(r"(?:the|an?|our|my|his|her|their|its)\b", re.I)
_CHUNKS = 24
# Least cosine, and share of the closest document's. Of documents found so for the first nine words of 120 news
# articles, each of which is there in two versions, 92% were one of the two; with (0.35, 0.6) for those with a name 76%
# were, and of what is there 57 instead of 53% was found.
_NAMED, _UNNAMED = (0.45, 0.8), (0.5, 0.85)
_HALF = 0.5  # of a nameless matter's words


def close_to(matter: str, index: Index, sources: frozenset[str] | None, embedder: Embedder) -> tuple[str, ...]:
    """The documents that are close to a matter, the closest first; their chunks' cosines decide.

    Args:
        matter: a phrase.
        index: the open generation.
        sources: articles in scope; None for all.
        embedder: the one that made the index.
    """
    phrase = matter if _LED.match(matter) else f"the {matter}"  # a capital at its head is a name's, too
    hits = index.dense(embedder.embed_query(phrase), _CHUNKS, sources)
    cosines: dict[str, float] = {}
    for row, (_, cosine) in zip(index.passages([chunk for chunk, _ in hits]), hits, strict=True):
        cosines.setdefault(row.source, cosine)
    names, wanted = name_stems(phrase), content_stems(phrase)
    least, share = _NAMED if names else _UNNAMED
    best = max(cosines.values(), default=0.0)
    return tuple(
        source
        for source, cosine in cosines.items()
        if cosine >= max(least, share * best) and _holds(index, source, names, wanted)
    )


def _holds(index: Index, source: str, names: frozenset[str], wanted: frozenset[str]) -> bool:
    document = index.document(source)
    stems = content_stems(f"{document.title or ''} {document.text}")
    return names <= stems and len(wanted & stems) >= _HALF * len(wanted)
