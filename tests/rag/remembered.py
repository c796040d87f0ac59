"""Real models that remember what they were asked, so that a set can be asked many times of different companions."""

from __future__ import annotations

import numpy as np


class RememberedReader:
    """Satisfies `EvidenceModel`."""

    def __init__(self, of):
        self.of, self._read, self._judged = of, {}, {}

    def read(self, question, passages):
        key = (question, tuple(passages))
        if key not in self._read:
            self._read[key] = self.of.read(question, passages)
        return self._read[key]

    def judge(self, claims):
        key = tuple(claims)
        if key not in self._judged:
            self._judged[key] = self.of.judge(claims)
        return self._judged[key]


class RememberedJudge:
    """Satisfies `Judge`."""

    def __init__(self, of):
        self.of, self._known = of, {}

    def _remembered(self, name, *asked):
        key = (name, *(a if isinstance(a, str) else tuple(a) for a in asked))
        if key not in self._known:
            self._known[key] = getattr(self.of, name)(*asked)
        return self._known[key]

    def replies(self, question, texts):
        return self._remembered("replies", question, texts)

    def answered(self, question, texts):
        return self._remembered("answered", question, texts)

    def statements(self, pairs):
        return self._remembered("statements", pairs)


class RememberedEmbedder:
    """Satisfies `Embedder`."""

    def __init__(self, of):
        self.of, self._known = of, {}

    @property
    def info(self):
        return self.of.info

    def count_tokens(self, texts):
        return self.of.count_tokens(texts)

    def embed(self, texts, progress=None):
        lacking = [t for t in dict.fromkeys(texts) if t not in self._known]
        if lacking:
            self._known.update(zip(lacking, self.of.embed(lacking), strict=True))
        if progress:
            progress(len(texts))
        return np.array([self._known[t] for t in texts], dtype=np.float32).reshape(-1, self.info.dimension)

    def embed_query(self, text):
        if (text, "query") not in self._known:
            self._known[text, "query"] = self.of.embed_query(text)
        return self._known[text, "query"]
