"""Nothing that measures is learnt: the pool is made of the real files, cut down, and searched for what is held back."""

from __future__ import annotations

import gzip
import json
import random
import re
from pathlib import Path

import numpy as np
import pytest
from small_pool import TOKENS

from models.training import prepare
from models.training.case_mix import SHARES, gathered
from models.training.cases import write
from models.training.held_back import LISTED
from models.training.pool import Pool, sample
from models.training.recipe import Recipe
from rag.text.sentences import split
from rag.training_data.document_cases import Document
from rag.training_data.pages import Page, asked
from rag.training_data.windows import windows

SHARED = Path(__file__).parents[4] / "shared"
TRAIN = SHARED / "train"
ROWS = 40  # of each file
pytestmark = pytest.mark.skipif(not TRAIN.is_dir(), reason="the training data (../shared/train) is not on this machine")


def lines(name: str) -> list[dict]:
    with gzip.open(TRAIN / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def page(source: str) -> Page:
    text = (SHARED / "corpora" / "news" / source).read_text("utf-8")
    return Page(text, tuple(split(text)))


@pytest.fixture(scope="module")
def articles() -> tuple[str, str]:
    """An article that is held back and one that isn't."""
    held = set(json.loads(LISTED.read_text("utf-8"))["news"])
    sources = dict.fromkeys(row["source"] for row in lines("statements"))
    return next(s for s in sources if s in held), next(s for s in sources if s not in held)


@pytest.fixture(scope="module")
def cut(tmp_path_factory, articles) -> Path:
    """Some rows of every file; of the articles' files, all of those two articles."""
    folder = tmp_path_factory.mktemp("train")
    for file in TRAIN.glob("*.jsonl.gz"):
        name = file.name.removesuffix(".jsonl.gz")
        rows = lines(name)
        kept = [r for r in rows if r.get("source") in articles] if name in ("statements", "news_questions") else rows[:: max(1, len(rows) // ROWS)]  # fmt: skip
        with gzip.open(folder / file.name, "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in kept)
    return folder


@pytest.fixture(scope="module")
def small(cut, articles) -> Pool:
    """A pool of these rows."""
    found = []
    draw = random.Random(1)
    held, free = articles
    for row in lines("news_questions"):
        of = asked(row, "news", page(row["source"])) if row["source"] in articles else None
        if of:
            found += windows(of, page(row["source"]), draw)
            if row["source"] == free:  # what retrieval brings up of another article
                sentence = page(held).sentences[3]
                text = page(held).text[sentence.start : sentence.end]
                found.append(type(found[0])(of.question, text, "absent", (), "news, mined", of.group, f"news:{held}"))
    file = cut / "windows.jsonl"
    file.write_text("".join(json.dumps(vars(w)) + "\n" for w in found), "utf-8")
    return prepare.pool(cut, file)


def read(of: Pool, rows: np.ndarray) -> str:
    """All tokens of the rows' texts and passages."""
    texts = sorted({t for t in (*of.text[rows].tolist(), *of.passage[rows].tolist()) if t >= 0})
    return " | ".join(" ".join(map(str, of.ids[of.starts[t] : of.starts[t + 1]].tolist())) for t in texts)


def sentences_of(source: str) -> list[str]:
    of = page(source)
    ids = [TOKENS.encode(of.text[s.start : s.end], add_special_tokens=False).ids for s in of.sentences]
    return [" ".join(map(str, i)) for i in ids if len(i) >= 8]


def test_no_sentence_of_a_held_back_article_is_ever_learnt(small, articles):
    held, free = articles
    learnt = read(small, np.concatenate([sample(small, dict(Recipe().shares), seed) for seed in range(4)]))
    assert not [s for s in sentences_of(held) if s in learnt]
    assert sum(s in learnt for s in sentences_of(free)) >= 10, "the search finds what is learnt"
    measured = read(small, np.flatnonzero(small.held))
    assert sum(s in measured for s in sentences_of(held)) >= 10, "and what measures"


def test_the_judge_learns_nothing_of_a_held_back_article(cut, articles):
    draw = random.Random(1)
    with (cut / "cases.jsonl").open("w", encoding="utf-8") as out:
        for source in articles:
            rows = [r for r in lines("news_questions") if r["source"] == source]
            questions = [of for r in rows if (of := asked(r, "news", page(source)))]
            for case in Document(page(source), questions, "news", f"news:{source}").cases(draw):
                out.write(write(case) + "\n")
    learn, measured = gathered(cut / "cases.jsonl", cut)
    for side, inside, outside in ((learn, articles[1], articles[0]), (measured, articles[0], articles[1])):
        text = " | ".join(c.text for c in side)
        said = {s: [w for at in page(s).sentences if len(w := page(s).text[at.start : at.end]) > 40] for s in articles}
        assert not [s for s in said[outside] if s in text]
        assert sum(s in text for s in said[inside]) >= 10
    assert not {c.group for c in learn} & {c.group for c in measured}
    known = {c.origin for c in (*learn, *measured)}
    elsewhere = {
        o for o in SHARES if o.partition(",")[0] in ("desk", "wiki", "squad", "folders") or o.endswith("looked at")
    }
    assert set(SHARES) - elsewhere <= known, "the mix names them"


def test_every_file_is_learnt_from_and_measured(small):
    known = {name.partition(",")[0] for name in small.origins[small.origin[~small.held]].tolist()}
    assert known == {
        "squad", "condaqa", "nq", "qamr", "wiki", "qed", "boolq", "conditionalqa", "sharc", "pubmedqa", "news", "nli",
        "tenp", "cad", "scone", "fever", "wice", "polar", "claim", "statements", "factuality", "intents", "chats", "cast",
    }  # fmt: skip
    assert 0.02 < small.held.mean() < 0.5


def normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_no_document_that_evaluation_asks_about_is_in_the_training_data():
    asked_about = {
        json.loads(line)["source"] for line in (SHARED / "eval" / "news.jsonl").read_text("utf-8").splitlines()
    }
    files = [SHARED / "corpora" / "news" / source for source in asked_about]
    files += [f for f in (SHARED / "eval" / "desk").iterdir() if f.suffix in (".txt", ".md")]
    sentences = set()
    for file in (f for f in files if f.is_file()):
        text = file.read_text("utf-8")
        sentences |= {n for s in split(text) if len((n := normal(text[s.start : s.end])).split()) >= 8}
    assert len(sentences) > 500
    taught = set()
    for name in ("news_questions", "statements", "desk_questions"):
        for row in lines(name):
            assert row["source"] not in asked_about
            taught |= {normal(s) for s in (row.get("sentence"), row.get("near"), *row.get("evidence", ())) if s}
    for file in (TRAIN / "desk").iterdir():
        text = file.read_text("utf-8", errors="replace")
        taught |= {normal(text[s.start : s.end]) for s in split(text)}
    assert len(taught) > 5_000 and not sentences & taught
