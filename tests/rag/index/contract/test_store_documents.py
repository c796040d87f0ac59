"""What every store keeps of documents, exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept_index import ARTICLES
from tiny_embedder import TinyEmbedder

from rag.errors import IndexMismatch, IndexMissing, UnknownSource
from rag.index.reader import Index
from rag.index.stores import store_of
from rag.settings import Settings


@pytest.mark.parametrize("source", ARTICLES)
def test_texts_and_sentences_are_exact(opened, source):
    document = opened.document(source)
    assert document.text == ARTICLES[source]
    for sentence in opened.article_sentences(source):
        assert document.text[sentence.start : sentence.end] == sentence.text
        assert sentence.source == source
    assert len(opened.article_units(source)) == len(opened.article_sentences(source))


def test_sources_and_counts(opened):
    assert opened.sources() == tuple(sorted(ARTICLES))
    every = [s for source in opened.sources() for s in opened.article_sentences(source)]
    assert [s.id for s in every] == list(range(opened.sentence_count))
    assert opened.sentences_in(frozenset({"china.txt"})) == 4
    assert opened.article_count() == len(ARTICLES) and opened.article_count(frozenset({"china.txt"})) == 1
    with pytest.raises(UnknownSource):
        opened.document("nowhere.txt")


def test_a_list_of_articles_tells_what_is_known(opened):
    cafe, china, *_ = opened.articles()
    assert (cafe.source, cafe.title, cafe.sentences, cafe.notes) == ("cafe.md", "The café", 4, ())
    assert (china.source, china.title, china.kind) == ("china.txt", None, "document")
    assert [a.source for a in opened.articles() if a.notes] == ["molkerei.txt", "tokyo.txt"]


def test_notes_languages_and_what_was_searched(opened):
    assert [n.gap for n in opened.notes("molkerei.txt")] == [True] and opened.notes("china.txt") == ()
    assert opened.languages()["de"] == {"molkerei.txt"} and opened.languages()["ja"] == {"tokyo.txt"}
    assert opened.languages(frozenset({"tokyo.txt"})) == {"ja": {"tokyo.txt"}}
    assert opened.only_foreign("de", None) == {"molkerei.txt"}
    searched = opened.searched(None)
    assert (searched.articles, searched.sentences, searched.skipped) == (6, opened.sentence_count, 2)
    assert opened.searched(frozenset({"china.txt"})).skipped == 0


def test_what_is_said_to_be_unsaid(opened):
    found = opened.unsaid(None)
    assert "Sanctions were not discussed." in [s.text for s, _ in found]
    assert [s.id for s, _ in found] == sorted(s.id for s, _ in found)
    for sentence, what in found:
        assert sentence.text[what.cue.start : what.cue.end].strip()
    assert {s.source for s, _ in opened.unsaid(frozenset({"towns.txt"}))} == {"towns.txt"}


def test_chunks_are_sentences_in_a_row(opened):
    for row in opened.passages(range(opened.manifest.chunks)):
        own = opened.article_sentences(row.source)
        at = row.sentences[0].position
        assert row.sentences == own[at : at + len(row.sentences)]
        assert row.title == opened.document(row.source).title
    assert [r.chunk_id for r in opened.passages([2, 0, 1])] == [2, 0, 1]


def test_records_are_what_was_given(opened, articles):
    for source in opened.sources():
        record = opened.record(source)
        assert record.path == str(articles.root / source) == str(opened.path(source))
        assert record.text == ARTICLES[source] and record.chunk_count and record.sentence_count
        assert [(s.start, s.end) for s in record.sentences] == [
            (s.start, s.end) for s in opened.article_sentences(source)
        ]


def test_roots_and_the_files_that_stay_out(opened, articles):
    assert opened.roots() == (articles.root,) and opened.excluded() == () and opened.skipped() == ()
    assert [k.source for k in opened.stored.kept()] == list(opened.sources())


def test_centroids_have_length_one(opened):
    assert (opened.centroids(opened.sources()[:2]) ** 2).sum(axis=1).tolist() == pytest.approx([1, 1], abs=1e-6)


def test_a_generation_says_how_it_was_made(articles):
    store = store_of(articles.folder)
    manifest = store.manifest(store.current())
    assert manifest.embedder == TinyEmbedder().info
    assert (manifest.articles, manifest.created[:2]) == (6, "20")
    with pytest.raises(IndexMismatch):
        Index.open(articles.folder, TinyEmbedder("another").info)
    with pytest.raises(IndexMismatch):
        Index.open(articles.folder, TinyEmbedder().info, replace(Settings(), chunk_sentences=2))


def test_no_index_is_said(index):
    with pytest.raises(IndexMissing) as error:
        index.open()
    assert "unsaid index" in error.value.cure


def test_what_is_opened_twice_is_the_same(articles, opened):
    again = articles.open()
    assert again.generation == opened.generation
    query = TinyEmbedder().embed_query("economy")
    assert again.dense(query, 9, None) == opened.dense(query, 9, None)
    assert again.lexical(["was"], 9, None) == opened.lexical(["was"], 9, None)
    again.close()
