"""The reader on sixteen windows, compiled as it is used, against PyTorch in float32, bfloat16 and dynamic int8.

What the smaller types cost is measured where the training data lies: on SQuAD questions that training held back.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file

from models.network import ReaderNetwork
from models.reader import EncoderReader
from models.weights import packaged_embedder, reader_weights
from rag.index.reader import Index

WINDOWS = 16
QUESTION = "What did the minister say about the price of the bridge?"
FLOPS_PER_TOKEN = 2 * 6 * 12 * 384 * 384  # six layers of MiniLM, attention scores aside
TRAIN = Path(__file__).parents[3] / "shared" / "train"
EXAMPLES = 600  # for the quality


class Torch:
    """The network as training sees it, in the encoder's place."""

    def __init__(self, network: torch.nn.Module) -> None:
        self.network = network.eval()

    def run(self, ids, segments, mask):
        with torch.inference_mode():
            outputs = self.network(*(torch.from_numpy(a) for a in (ids, segments, mask)))
        return [output.float().numpy() for output in outputs]


def readers() -> dict[str, EncoderReader]:
    """The same weights, run in four ways."""
    network = ReaderNetwork(packaged_embedder())
    network.load_state_dict(load_file(reader_weights()), strict=False)
    quantised = torch.ao.quantization.quantize_dynamic(
        copy.deepcopy(network).eval(), {torch.nn.Linear}, dtype=torch.qint8
    )
    found = {
        "PyTorch float32": Torch(copy.deepcopy(network)),
        "PyTorch int8": Torch(quantised),
        "PyTorch bfloat16": Torch(copy.deepcopy(network).to(torch.bfloat16)),
    }
    made = {name: EncoderReader.packaged() for name in found}
    for name, reader in made.items():
        reader._network = found[name]
    ours = EncoderReader.packaged()
    ours.load()
    return {**made, f"unsaid ({ours._network.type})": ours}


def reading(index: Path, medians: Callable[..., Mapping[str, float]]) -> None:
    """Milliseconds a question, the distance to the matrix product, and what each way costs in quality."""
    opened = Index.open(index)
    texts = [" ".join(s.text for s in row.sentences) for row in opened.passages(range(WINDOWS))]
    ways = readers()
    a, b = (torch.rand(1024, 1024, dtype=torch.bfloat16) for _ in range(2))
    works = {name: lambda reader=reader: reader.read(QUESTION, texts) for name, reader in ways.items()}
    seconds = medians(**works, product=lambda: [torch.mm(a, b) for _ in range(50)])
    ours, first = list(ways)[-1], list(ways)[0]
    tokens = sum(
        len(ways[ours]._tokenizer.encode(t).ids) + len(ways[ours]._tokenizer.encode(QUESTION).ids) for t in texts
    )
    print(f"reading {WINDOWS} windows, {tokens:,} tokens")
    quality = held_back(ways) if TRAIN.is_dir() else {}
    for name in ways:
        ratio = "(baseline)" if name == first else f"{seconds[first] / seconds[name]:.2f} x"
        print(f"  {name:<28} {1_000 * seconds[name]:8.0f} ms  {ratio:<10} {quality.get(name, '')}")
    ceiling = 50 * 2 * 1024**3 / seconds["product"]
    reached = tokens * FLOPS_PER_TOKEN / seconds[ours]
    print(
        f"  {reached / 1e9:.0f} of {ceiling / 1e9:.0f} GFLOP/s of the bfloat16 matrix product: {reached / ceiling:.0%}"
    )


def held_back(ways: Mapping[str, EncoderReader]) -> dict[str, str]:
    """F1 of each way on held-back SQuAD."""
    from models.training.measure import read_all, spans
    from models.training.recipe import Recipe, split

    held = [e for e in split(Recipe(), TRAIN)[1] if e.origin == "squad"]
    some = held[:: max(1, len(held) // EXAMPLES)]
    scores = {name: spans(some, read_all(reader, some)) for name, reader in ways.items()}
    return {name: f"SQuAD F1 {s['answer_forced']} / {s['all']} of {s['of']}" for name, s in scores.items()}
