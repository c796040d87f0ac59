"""Which articles a question is asked of: those chosen, or one that the question itself names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from models.protocols import Embedder
from rag.asking.document_names import called, named
from rag.errors import UnknownSource
from rag.index.reader import Index
from rag.index.retrieve import DEPTH, fuse
from rag.language.names import name_stems
from rag.language.variants import name_in
from rag.language.words import content_stems, content_words

_NAMED = re.compile(
    r"[\s,]*\b(?:(?:according\s+to|in|from|of|by)\s+)?(?:the|that|your|my)\s+(?:news\s+)?(?:article|story|text|piece)\s+"
    r"(?:on|about|called|titled|entitled|named)\s+[“\"']?(?P<about>[^?!,“”\"]+?)[”\"']?\s*"
    r"(?=[?!,”\"]|\.?$|\s(?:what|who|when|where|why|how|which|is|are|was|were|does|did|has|have)\s)",
    re.I,
)
_KNOWN = 0.5  # share of the words of "the article on …" that the article must hold


def scope_of(index: Index, sources: Sequence[str] | None) -> frozenset[str] | None:
    """The chosen articles, checked; None for all."""
    if sources is None:
        return None
    if not sources:
        raise UnknownSource("No article is chosen.", "Choose at least one, or ask all of them.")
    known = set(index.sources())
    if not known.issuperset(sources):  # macOS decomposes the letters of files' names
        composed = {unicodedata.normalize("NFC", source): source for source in known}
        sources = [s if s in known else composed.get(unicodedata.normalize("NFC", s), s) for s in sources]
    unknown = sorted(set(sources) - known)
    if unknown:
        raise UnknownSource(
            f"No article is called {', '.join(repr(u) for u in unknown[:3])}.", "See what there is: unsaid list"
        )
    return frozenset(sources)


def named_scope(
    question: str, index: Index, scope: frozenset[str] | None, embedder: Embedder
) -> tuple[str, frozenset[str] | None]:
    """The question without "in the article on …", and the article meant; unchanged if there is none such.

    A file's name or a title counts as well: "summarise amazon.txt".
    """
    if document := named(question, index, scope):
        return document.rest, document.sources
    match = _NAMED.search(question)
    article = match and _about(match["about"], index, scope, embedder)
    if not match or not article:
        return question, scope
    rest = f"{question[: match.start()]} {question[match.end() :].lstrip(' ,')}".strip()
    if not content_words(rest) or rest.lower().strip(" .?!") in ("summarise", "summarize", "tell me about"):
        rest = f"{rest.rstrip(' .?!')} this article"
    return rest[:1].upper() + rest[1:], frozenset({article})


def article_named(name: str, index: Index, scope: frozenset[str] | None, embedder: Embedder) -> str | None:
    """The article that a phrase names: its file's name with or without the suffix, or "the article on …"."""
    if source := called(name, index, scope):
        return source
    bare = name.strip(" “”\"'")
    match = _NAMED.match(f" {bare}?")
    return _about(match["about"], index, scope, embedder) if match else None


def _about(topic: str, index: Index, scope: frozenset[str] | None, embedder: Embedder) -> str | None:
    """The article whose chunks a topic finds first, if the article knows the topic's names and half its words."""
    dense, lexical = index.both(embedder.embed_query(topic), [w.lower for w in content_words(topic)], DEPTH, scope)
    ranked = fuse([[chunk for chunk, _ in dense], [chunk for chunk, _ in lexical]])[:20]
    found = dict.fromkeys(row.source for row in index.passages([chunk for chunk, _ in ranked]))
    for source in list(found)[:3]:
        document = index.document(source)
        stems = content_stems(f"{source} {document.title or ''} {document.text}")
        wanted = content_stems(topic)
        known = sum(name_in(w, stems) for w in wanted) >= _KNOWN * len(wanted)
        if known and all(name_in(n, stems) for n in name_stems(topic)):
            return source
    return None
