"""The LLM's training made small: real weights, real steps, a stop in the middle, and an export that computes the same."""

from __future__ import annotations

import dataclasses
from copy import deepcopy

import llama_cpp
import numpy as np
import pytest
import torch

from models.llm import LlamaLLM
from models.protocols import Message
from models.training.adapt import CHECKPOINT, Recipe, adapter_of, network, run
from models.training.export_adapter import export, tensors
from models.training.lessons import Lesson, Row, batches, load, mixed, save, split, tokenised
from models.weights import LLM_SHA256, packaged_llm

ROWS = [
    Row((Message("system", "Answer."), Message("user", f"[s1] Mill {n} closed.\n\nQuestion: What of it?")), f"Mill {n} closed. [s1]", f"made:{n}", "made")
    for n in range(6)
]  # fmt: skip
SMALL = Recipe(batch_tokens=120, epochs=1.0, learning_rate=1e-3)


def in_use(rows: list[Row], longest: int) -> list[Lesson]:
    llm = LlamaLLM.packaged()
    return tokenised(rows, lambda m: llm.prompt(m).tokens, llm.completion, longest)


@pytest.fixture(scope="module")
def lessons():
    return in_use(ROWS, 200)


def test_a_lesson_is_what_is_read_and_written_in_use(lessons):
    llm = LlamaLLM.packaged()
    assert list(lessons[0].prompt) == llm.prompt(ROWS[0].messages).tokens
    assert lessons[0].completion[-1] == 2  # the turn's end
    assert in_use(ROWS, 10) == []


def test_lessons_are_kept_as_arrays_and_come_back_as_they_were(tmp_path, lessons):
    save(tmp_path / "lessons.npz", lessons[:4], lessons[4:])
    assert load(tmp_path / "lessons.npz") == (lessons[:4], lessons[4:])
    save(tmp_path / "lessons.npz", [], [])
    assert load(tmp_path / "lessons.npz") == ([], [])


def test_no_group_is_on_both_sides_and_no_kind_is_overdone():
    learn, held = split([dataclasses.replace(r, group=f"made:{n // 2}") for n, r in enumerate(ROWS * 10)])
    assert held and not {r.group for r in learn} & {r.group for r in held}
    assert len(mixed(ROWS, {"made": 4}, 1)) == 4 and mixed(ROWS, {}, 1) == []


def test_every_lesson_is_in_one_batch_that_fits(lessons):
    cut = list(batches(lessons, 120, 3))
    assert sorted(p for places in cut for p in places) == list(range(len(lessons)))
    assert all(
        len(places) * max(len(lessons[p].prompt) + len(lessons[p].completion) for p in places) <= 120
        or len(places) == 1
        for places in cut
    )


def test_training_stops_goes_on_and_what_is_exported_computes_the_same(tmp_path, lessons):
    fresh = network(SMALL)  # made once: it takes longer than the steps
    run(tmp_path / "out", deepcopy(fresh), lessons[:4], lessons[4:], SMALL, stop_after=1)
    assert torch.load(tmp_path / "out" / CHECKPOINT, weights_only=True)["step"] == 1
    run(tmp_path / "out", deepcopy(fresh), lessons[:4], lessons[4:], SMALL)
    run(tmp_path / "whole", deepcopy(fresh), lessons[:4], lessons[4:], SMALL)
    state, whole = (torch.load(tmp_path / o / CHECKPOINT, weights_only=True) for o in ("out", "whole"))
    assert state["step"] == whole["step"] >= 2
    for name, learnt in state["adapter"].items():
        torch.testing.assert_close(learnt, whole["adapter"][name], rtol=0.05, atol=1e-4)
    assert any(p.abs().max() > 0 for n, p in state["adapter"].items() if n.endswith("lora_B"))

    # Large values, so that a wrong order of rows or of rotary pairs shows.
    chance = torch.Generator().manual_seed(0)
    large = {n: 0.05 * torch.randn(p.shape, generator=chance) for n, p in state["adapter"].items()}
    with torch.no_grad():
        for name, parameter in adapter_of(fresh).items():
            parameter.copy_(large[name])
        ids = torch.tensor([list(lessons[0].prompt)])
        wanted = fresh(input_ids=ids).logits[0, -1].float().numpy()
    export({"adapter": large, "recipe": state["recipe"]}, tmp_path / "a.gguf")
    with_it = llama_cpp.Llama(
        str(packaged_llm()), lora_path=str(tmp_path / "a.gguf"), n_ctx=256, verbose=False, logits_all=True
    )
    plain = llama_cpp.Llama(str(packaged_llm()), n_ctx=256, verbose=False, logits_all=True)
    found, base = (_last(x, lessons[0]) for x in (with_it, plain))
    assert _alike(wanted, found) > 0.98 > _alike(wanted, base)


def _last(llama: llama_cpp.Llama, lesson: Lesson) -> np.ndarray:
    llama.eval(list(lesson.prompt))
    return np.array(llama.scores[len(lesson.prompt) - 1])


def _alike(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def test_what_was_exported_is_read_back(tmp_path):
    from models.training.import_adapter import adapter_from

    chance = torch.Generator().manual_seed(0)
    places = {"self_attn.q_proj": (576, 576), "self_attn.v_proj": (192, 576), "mlp.down_proj": (576, 1536)}
    adapter = {
        f"model.layers.3.{place}.lora_{part}": torch.randn(shape, generator=chance)
        for place, (rows, width) in places.items()
        for part, shape in (("A", (32, width)), ("B", (rows, 32)))
    }
    export({"adapter": adapter, "recipe": {"alpha": 64}}, tmp_path / "a.gguf")
    found = adapter_from(tmp_path / "a.gguf")
    assert set(found) == set(adapter)
    for name, weight in adapter.items():
        torch.testing.assert_close(found[name], weight, rtol=0.0, atol=0.03)  # blocks of 8 bits


def test_the_export_says_what_it_belongs_to(tmp_path):
    from gguf import GGUFReader

    from models.adapter import BASE

    adapter = {
        f"model.layers.0.self_attn.k_proj.lora_{part}": torch.zeros(shape)
        for part, shape in (("A", (32, 576)), ("B", (192, 32)))
    }
    export({"adapter": adapter, "recipe": {"alpha": 64}}, tmp_path / "a.gguf")
    fields = GGUFReader(tmp_path / "a.gguf").fields
    assert bytes(fields[BASE].parts[-1]).decode() == LLM_SHA256
    assert set(tensors(adapter)) == {"blk.0.attn_k.weight.lora_a", "blk.0.attn_k.weight.lora_b"}
