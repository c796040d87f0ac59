"""The packaged LLM with real adapters: they change its words and nothing else, and only the right one is taken."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest
from made_adapter import MAPS, made_adapter

from models import LLM, Message, WeightsMissing, WeightsUnreadable, load_llm
from models.llm import LlamaLLM
from models.weights import DRAFTER_SHA256, adapter_of, packaged_llm, sha256_of

SYSTEM = Message("system", "You answer in one short sentence.")
QUESTIONS = [
    [SYSTEM, Message("user", f"{text} What is this about?")]
    for text in ("The cat sat on the mat.", "Ministers met in Paris on Friday.", "Rain is expected in the north.")
]
LONG = [SYSTEM, Message("user", "The delegation met again on Friday to discuss the draft. " * 300)]
STRONG = 0.2


def whole(llm: LLM, messages: list[Message], **options) -> str:
    return "".join(llm.stream(messages, **{"max_tokens": 16, **options}))


@pytest.fixture(scope="module")
def base() -> LLM:
    """The packaged model as it is."""
    return load_llm(packaged_llm())


@pytest.fixture(scope="module")
def said(base) -> list[str]:
    """What it says to each question."""
    return [whole(base, messages) for messages in QUESTIONS]


@pytest.fixture(scope="module")
def strong(tmp_path_factory) -> Path:
    """An adapter that nobody can overlook."""
    return made_adapter(tmp_path_factory.mktemp("strong") / "strong.gguf", size=STRONG)


@pytest.fixture(scope="module")
def adapted(strong) -> LLM:
    """The packaged model with it."""
    return load_llm(adapter=strong)


# ── What it changes ─────────────────────────────────────────────────────────────────────────
def test_it_is_an_llm_that_has_learnt_the_prompt(base, adapted):
    assert isinstance(adapted, LLM)
    assert adapted.trained
    assert not base.trained
    assert adapted.name == base.name
    assert adapted.context_tokens == base.context_tokens
    assert adapted.count_tokens(LONG) == base.count_tokens(LONG)


def test_zeros_leave_the_words_as_they_are(tmp_path, said):
    llm = load_llm(adapter=made_adapter(tmp_path / "zeros.gguf", size=0, rank=16, maps=tuple(MAPS)))
    assert [whole(llm, messages) for messages in QUESTIONS] == said


def test_other_values_change_the_words(adapted, said):
    assert all(whole(adapted, messages) != words for messages, words in zip(QUESTIONS, said, strict=True))


def test_the_words_are_the_same_whatever_came_before(adapted, strong):
    words = [whole(adapted, messages) for messages in QUESTIONS]  # all but the first with a prefix that is kept
    assert len(set(words)) == len(QUESTIONS)
    for n in (2, 1, 1):
        assert whole(adapted, QUESTIONS[n]) == words[n]
    assert whole(load_llm(adapter=strong), QUESTIONS[2]) == words[2]


def test_models_with_and_without_it_take_turns(base, adapted, said):
    alone = whole(adapted, QUESTIONS[0])
    pieces = [llm.stream(QUESTIONS[0], max_tokens=16) for llm in (base, adapted)]
    words = ["", ""]
    while any(step := [next(p, "") for p in pieces]):
        words = [w + piece for w, piece in zip(words, step, strict=True)]
    assert words == [said[0], alone]


def test_a_grammar_is_obeyed(adapted):
    assert whole(adapted, QUESTIONS[0], grammar='root ::= "a"+ "b"').strip("ab") == ""


def test_it_stops_while_the_prompt_is_read_and_is_right_afterwards(adapted):
    before = whole(adapted, QUESTIONS[0])
    stop = threading.Event()
    threading.Timer(0.4, stop.set).start()
    began = time.monotonic()
    assert list(adapted.stream(LONG, max_tokens=16, should_stop=stop.is_set)) == []
    assert time.monotonic() - began < 1.5
    assert whole(adapted, QUESTIONS[0]) == before


# ── Which one is taken ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("claimed", ["0" * 64, None, "", "x" * 300])
def test_one_for_another_base_is_refused(tmp_path, claimed):
    adapter = made_adapter(tmp_path / "other.gguf", size=0, base=claimed)
    with pytest.raises(WeightsUnreadable, match="trained over another file") as caught:
        load_llm(adapter=adapter).load()
    assert "this model" in caught.value.cure


def test_one_of_another_shape_is_refused(tmp_path):
    adapter = made_adapter(tmp_path / "narrow.gguf", size=0, narrower=64)
    with pytest.raises(WeightsUnreadable, match="cannot be laid over"):
        load_llm(adapter=adapter).load()


@pytest.mark.parametrize("size", [4, 24, 300, 4_096, 200_000, -1])
def test_one_that_was_cut_short_is_refused(tmp_path, strong, size):
    adapter = tmp_path / "cut.gguf"
    adapter.write_bytes(strong.read_bytes()[:size])
    with pytest.raises(WeightsUnreadable, match="cannot be laid over") as caught:
        load_llm(adapter=adapter).load()
    assert caught.value.cure


def test_a_model_is_no_adapter():
    with pytest.raises(WeightsUnreadable, match="cannot be laid over"):
        load_llm(adapter=packaged_llm()).load()


def test_its_hash_is_checked_before_native_code_sees_it(tmp_path, strong):
    adapter = tmp_path / "changed.gguf"
    shutil.copy(strong, adapter)
    right = sha256_of(adapter)
    assert whole(LlamaLLM(packaged_llm(), adapter=adapter, adapter_sha256=right), QUESTIONS[0])
    adapter.write_bytes(b"GGUF" + b"\xff" * 100)
    with pytest.raises(WeightsUnreadable, match="not as it was shipped") as caught:
        LlamaLLM(packaged_llm(), adapter=adapter, adapter_sha256=right).load()
    assert caught.value.cure


def test_a_file_that_is_plainly_none(tmp_path):
    with pytest.raises(WeightsMissing, match="no file .* with an adapter"):
        load_llm(adapter=tmp_path / "none.gguf")
    with pytest.raises(WeightsMissing, match="folder"):
        load_llm(adapter=tmp_path)
    (tmp_path / "story.gguf").write_text("Once upon a time")
    with pytest.raises(WeightsUnreadable, match="GGUF") as caught:
        load_llm(adapter=tmp_path / "story.gguf")
    assert "adapter" in caught.value.cure


def test_a_model_of_ones_own_takes_none(strong):
    with pytest.raises(ValueError, match="one of the two"):
        load_llm(packaged_llm(), adapter=strong)


# ── The project's own ───────────────────────────────────────────────────────────────────────
def test_the_projects_own_that_is_not_there(tmp_path):
    with pytest.raises(WeightsMissing, match="drafter") as caught:
        adapter_of("drafter", tmp_path)
    assert caught.value.cure


def test_the_projects_own_is_the_one_that_is_pinned():
    assert sha256_of(adapter_of("drafter")) == DRAFTER_SHA256
    llm = LlamaLLM.packaged()
    assert llm.trained
    llm.load()
