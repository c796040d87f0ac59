"""An absence says nothing that the search beneath it contradicts."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_embedder import TinyEmbedder

from rag.answering.absence import absence, wording
from rag.asking.understand import understand
from rag.corpus.mentions import find, topic_term
from rag.index.build import build_index
from rag.index.reader import Index

_NAMES = ["Velden", "Ada Lund", "Tarnmouth", "Oslo", "UNICEF"]
_THINGS = ["harbour", "storm", "old ferry", "bread", "strike", "sanctions", "closing"]
_VERBS = ["closed", "rejected", "praised", "mentioned", "rebuilt"]
_DENIED = re.compile(r"mention (?P<what>“.+”)[;.]")
_SAID = re.compile(r"mentions? “(?P<topic>.+)” \((?P<count>[\d,]+) sentences?\) but")


@st.composite
def corpora(draw):
    """Articles of short sentences, and a question in their words and others."""
    words = st.sampled_from([*_NAMES, *_THINGS])
    sentence = st.builds("The {0} was {2} by {1}.".format, words, words, st.sampled_from(_VERBS))
    texts = draw(st.lists(st.lists(sentence, min_size=1, max_size=5), min_size=1, max_size=3))
    forms = ["Who {2} {0} in {1}?", "Did {0} and the {1} get {2}?", "When was the {0} of {1} {2}?", "What did {0} {2}?"]
    question = draw(st.sampled_from(forms)).format(draw(words), draw(words), draw(st.sampled_from(_VERBS)))
    return [" ".join(t) for t in texts], question


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    numbers = iter(range(10_000))

    def make(texts: list[str]) -> Index:
        folder = tmp_path_factory.mktemp(f"c{next(numbers)}")
        (folder / "a").mkdir()
        for n, text in enumerate(texts):
            (folder / "a" / f"{n}.txt").write_text(text, "utf-8")
        build_index([folder / "a"], folder / "i", embedder=TinyEmbedder())
        return Index.open(folder / "i")

    return make


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(corpora())
def test_the_words_fit_the_report_and_the_articles(made, drawn):
    texts, question = drawn
    index, embedder = made(texts), TinyEmbedder()
    asked = understand(question)
    found = absence(asked, embedder.embed_query(question), index, None, embedder)
    said = wording(found, None)
    if denied := _DENIED.search(said):
        for topic in re.findall(r"“([^”]+)”", denied["what"]):
            assert not find(topic_term(topic), index, None)
            assert not any(list(topic_term(topic).places(n.quote)) for n in found.nearest)
    if there := _SAID.search(said):
        holding = find(topic_term(there["topic"]), index, None)
        assert holding and any(h.sentence.text == n.quote for h in holding for n in found.nearest)
        shown = next(t for t in found.topics if t.term == there["topic"])
        assert int(there["count"].replace(",", "")) == shown.exact + shown.variant
    index.close()
