"""Which languages articles are in; sentences in others than English, searched by their words' keys.

The keys are those of `rag.language.stems`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from rag.index.articles import Articles
from rag.types import Sentence


class Foreign(Articles):
    """The languages of a generation, and its third full-text index."""

    def languages(self, sources: frozenset[str] | None = None) -> Mapping[str, frozenset[str]]:
        """The articles in scope by language, an ISO 639-1 code; those of which it isn't known are left out."""
        if sources is None:
            return self._languages
        known = {language: of & sources for language, of in self._languages.items()}
        return {language: of for language, of in known.items() if of}

    @cached_property
    def _languages(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for source, language in self.stored.languages():
            found[language].add(source)
        return {language: frozenset(of) for language, of in found.items()}

    def only_foreign(self, language: str, sources: frozenset[str] | None) -> frozenset[str]:
        """The articles of a language in scope of which nothing is missing but for questions in another one."""
        own = self.languages(sources).get(language, frozenset())
        return frozenset(source for source in own if self._gaps[self._place(source).document] == 1)

    def ranked_abroad(self, keys: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Sentence]:
        """The k sentences in scope that hold any of some keys best, by BM25, best first."""
        if not keys:
            return []
        return self._sentences(self.stored.ranked_abroad(keys, k, sources))

    def holding_abroad(self, groups: Sequence[Sequence[str]], sources: frozenset[str] | None) -> list[Sentence]:
        """Every sentence in scope that holds a key of each group, in index order."""
        if not groups or not all(groups):
            return []
        return sorted(self._sentences(self.stored.holding_abroad(groups, sources)), key=lambda s: s.id)

    def frequency_abroad(self, keys: Sequence[str]) -> int:
        """How many sentences hold any of some keys."""
        return self.stored.frequency_abroad(keys) if keys else 0

    def compounds(self, part: str) -> tuple[str, ...]:
        """The keys that begin or end with a part of a compound, itself aside."""
        return tuple(
            term
            for term in self._vocabulary_abroad
            if len(term) > len(part) and (term.startswith(part) or term.endswith(part))
        )

    @cached_property
    def _vocabulary_abroad(self) -> list[str]:
        return self.stored.vocabulary_abroad()
