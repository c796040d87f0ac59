"""The decoder against llama.cpp, which runs the same file and the same adapter in its own way."""

from __future__ import annotations

import numpy as np
import pytest

from models.decoder import LONGEST, Decoder
from models.errors import WeightsUnreadable
from models.heads import probabilities
from models.judge import DecoderJudge
from models.llm import LlamaLLM
from models.merged import MergedWeights
from models.protocols import Judge
from models.vocabulary import Vocabulary
from models.weights import adapter_of, packaged_llm

TEXTS = (
    "The ferry to Osby sails at",
    "Text: The mill of Tarnow closed in May, said Otto Berg.\nQuestion: Did it close in March?\nAnswer:",
    "Übermäßig lange Wörter — and “quotes”, 1,204 litres; naïve café.",
)
WORDS = (" Yes", " No", " seven", " the", " May")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(packaged_llm())


@pytest.fixture(scope="module")
def weights() -> MergedWeights:
    return MergedWeights(packaged_llm(), adapter_of("drafter"))


@pytest.fixture(scope="module")
def decoder(vocabulary, weights) -> Decoder:
    return Decoder(weights, weights.shape, [vocabulary.tokenize(word)[0] for word in WORDS])


def test_the_vocabulary_is_the_whole_models(vocabulary):
    llm = LlamaLLM.packaged()
    for text in (*TEXTS, "", "<|im_start|>user", "🙂\n\n  \t x", "\x00"):
        assert vocabulary.tokenize(text) == llm.tokens(text)


def test_it_says_what_llama_cpp_says(decoder, vocabulary):
    llama = LlamaLLM.packaged()._load()[0]
    rows = [vocabulary.tokenize(text) for text in TEXTS]
    wanted = np.array([vocabulary.tokenize(word)[0] for word in WORDS])
    said = []
    for row in rows:
        llama._llama.reset()
        llama._llama.eval(row)
        pointer = llama._c.llama_get_logits_ith(llama._llama.ctx, -1)
        said.append(np.ctypeslib.as_array(pointer, shape=(llama._size,))[wanted].copy())
    found = decoder.run(rows)
    assert found.shape == (3, len(WORDS))
    assert np.abs(probabilities(found) - probabilities(np.array(said))).max() < 0.08
    assert (found.argmax(1) == np.array(said).argmax(1)).all()


def test_what_stands_in_the_same_batch_changes_nothing(decoder, vocabulary):
    rows = [vocabulary.tokenize(text) for text in TEXTS]
    together, alone = decoder.run(rows), np.concatenate([decoder.run([row]) for row in rows])
    assert np.abs(probabilities(together) - probabilities(alone)).max() < 0.05
    assert decoder.run([rows[0] * (LONGEST // len(rows[0]))]).shape == (1, len(WORDS))


def test_an_adapter_changes_the_maps_it_was_trained_on_and_no_others(weights):
    from gguf import GGUFReader, dequantize

    base = {t.name: dequantize(t.data, t.tensor_type) for t in GGUFReader(packaged_llm()).tensors if "blk.3." in t.name}
    changed = {name for name, values in base.items() if not np.array_equal(values, weights(name))}
    assert changed == {name for name in base if "norm" not in name} and changed


def test_weights_that_are_not_as_shipped_are_refused_with_a_cure(tmp_path):
    damaged = tmp_path / "judge.gguf"
    damaged.write_bytes(adapter_of("drafter").read_bytes()[:-1_000_000])
    for adapter, sha256 in ((damaged, None), (adapter_of("drafter"), ("0" * 64, "0" * 64))):
        judge = DecoderJudge(packaged_llm(), adapter, sha256)
        assert isinstance(judge, Judge)
        with pytest.raises(WeightsUnreadable, match="Install Unsaid again"):
            judge.load()
