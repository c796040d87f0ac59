"""The reader's network: the embedder's own encoder with small heads.

A question and a passage go in together. Out come, for each token, whether the answer starts or ends
there (position 0 means nowhere), what kind of answer there is, and whether the passage supports a claim.
The span head is that of BERT (Devlin et al. 2019, NAACL, section 4.3). An utterance goes in alone, or together with
what was said before: what it wants, which of its words name what, whether it needs what was said before, and of that
which words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from models.heads import FIRST_HEADS, TOKEN_HEADS
from models.protocols import ANSWERS

KINDS = ANSWERS
FROZEN = "encoder.embeddings.word_embeddings.weight"  # stays the embedder's, so it is neither trained nor stored
_LAYER = "encoder.encoder.layer."


class ReaderNetwork(nn.Module):
    """Encoder and heads, with random weights.

    Args:
        config: of a BERT, as its `config.json` says.
        layers: of the encoder; None for as many as the config says.
        dropout: of its hidden states, while training.
    """

    def __init__(self, config: Mapping[str, Any], layers: int | None = None, dropout: float = 0.0) -> None:
        super().__init__()
        changed = {"hidden_dropout_prob": dropout, "attention_probs_dropout_prob": 0.0}
        own = BertConfig(**{**config, **changed, "num_hidden_layers": layers or config["num_hidden_layers"]})
        self.encoder = BertModel(own, add_pooling_layer=False)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        for name, size in {**TOKEN_HEADS, **FIRST_HEADS}.items():
            setattr(self, name, nn.Linear(own.hidden_size, size))

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """Read a batch.

        Args:
            ids: int64 (batch, length), `[CLS] question [SEP] passage [SEP]` and padding.
            segments: int64 (batch, length), 1 over the passage and its `[SEP]`.
            mask: int64 (batch, length), 0 over padding.

        Returns:
            Logits of each head by its name, of shape (batch, length, outputs) for those of tokens and (batch, outputs)
            for the others; those of "span" are minus infinity where no answer may stand.
        """
        hidden = self.encoder(input_ids=ids, token_type_ids=segments, attention_mask=mask).last_hidden_state
        first = hidden[:, 0]
        found = {name: getattr(self, name)(hidden).float() for name in TOKEN_HEADS}
        found |= {name: getattr(self, name)(first).float() for name in FIRST_HEADS}
        open_to_answers = (segments * mask).bool()
        open_to_answers[:, 0] = True
        found["span"] = found["span"].masked_fill(~open_to_answers.unsqueeze(-1), float("-inf"))
        return found


def start(network: ReaderNetwork, weights: Mapping[str, Tensor], words: Tensor) -> None:
    """Take weights of an encoder of the same or half the depth, and of the heads that they have.

    Args:
        network: takes them; heads that the weights lack stay as they are.
        weights: by the names of a `ReaderNetwork`; without the words' vectors.
        words: the embedder's vectors of its words.

    Raises:
        ValueError: they are not a reader's.
    """
    depth = len(network.encoder.encoder.layer)
    known = {name: tensor.float() for name, tensor in weights.items()}
    given = layers_of(known)
    if given * 2 == depth:
        known = deepened(known, given)
    missing, unexpected = network.load_state_dict({**known, FROZEN: words.float()}, strict=False)
    heads = {f"{name}.{part}" for name in (*TOKEN_HEADS, *FIRST_HEADS) for part in ("weight", "bias")}
    if unexpected or set(missing) - heads:
        raise ValueError("the weights don't fit a reader's network")


def layers_of(weights: Mapping[str, Tensor]) -> int:
    """How many layers an encoder's weights have."""
    return 1 + max(int(name[len(_LAYER) :].split(".")[0]) for name in weights if name.startswith(_LAYER))


def deepened(weights: Mapping[str, Tensor], layers: int) -> dict[str, Tensor]:
    """Weights with a new layer after each: a copy of it that at first adds nothing.

    What a copy would add is multiplied by nought (as in LLaMA Pro, Wu et al. 2024, section 3.2), and its norms give
    back about what comes in, so that the deeper network begins near the one it was made of.
    """
    found = {name: tensor for name, tensor in weights.items() if not name.startswith(_LAYER)}
    for layer in range(layers):
        own = {
            name.removeprefix(f"{_LAYER}{layer}."): tensor
            for name, tensor in weights.items()
            if name.startswith(f"{_LAYER}{layer}.")
        }
        found |= {f"{_LAYER}{2 * layer}.{name}": tensor for name, tensor in own.items()}
        found |= {f"{_LAYER}{2 * layer + 1}.{name}": tensor for name, tensor in _idle(own).items()}
    return found


def _idle(layer: Mapping[str, Tensor]) -> dict[str, Tensor]:
    scale, shift = layer["output.LayerNorm.weight"], layer["output.LayerNorm.bias"]
    mean = shift.mean()
    # The spread of what comes in, of normal values scaled and shifted.
    spread = (scale.square().mean() + (shift - mean).square().mean()).sqrt()
    found = {name: tensor.clone() for name, tensor in layer.items()}
    for part in ("attention.output", "output"):
        for name in ("weight", "bias"):
            found[f"{part}.dense.{name}"] = torch.zeros_like(found[f"{part}.dense.{name}"])
        found[f"{part}.LayerNorm.weight"] = torch.full_like(scale, float(spread))
        found[f"{part}.LayerNorm.bias"] = torch.full_like(shift, float(mean))
    return found
