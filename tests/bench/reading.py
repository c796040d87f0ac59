"""The reader on sixteen windows, compiled as it is used, against PyTorch in float32, bfloat16 and dynamic int8.

What the smaller types cost is measured where the training data lies: on SQuAD questions that training held back.
"""

from __future__ import annotations

import copy
import math
import re
import string
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file

from models.network import layers_of
from models.protocols import ANSWERS, Reading
from models.reader import EncoderReader
from models.training.examples import Example, squad
from models.training.held_back import held_before
from models.training.recipe import Recipe
from models.training.train import beginning
from models.weights import packaged_embedder, reader_weights
from rag.index.reader import Index

WINDOWS = 16
QUESTION = "What did the minister say about the price of the bridge?"
FLOPS_PER_TOKEN = 2 * 12 * 12 * 384 * 384  # twelve layers of MiniLM, attention scores aside
TRAIN = Path(__file__).parents[3] / "shared" / "train"
EXAMPLES = 600  # for the quality


class Torch:
    """The network as training sees it, in the encoder's place."""

    def __init__(self, network: torch.nn.Module) -> None:
        self.network = network.eval()

    def run(self, ids, segments, mask):
        with torch.inference_mode():
            outputs = self.network(*(torch.from_numpy(a) for a in (ids, segments, mask)))
        return {name: output.float().numpy() for name, output in outputs.items()}


def readers() -> dict[str, EncoderReader]:
    """The same weights, run in four ways."""
    weights = load_file(reader_weights())
    network = beginning(packaged_embedder(), Recipe(layers=layers_of(weights), dropout=0.0), weights)
    quantised = torch.ao.quantization.quantize_dynamic(
        copy.deepcopy(network).eval(), {torch.nn.Linear}, dtype=torch.qint8
    )
    found = {
        "PyTorch float32": Torch(copy.deepcopy(network)),
        "PyTorch int8": Torch(quantised),
        "PyTorch bfloat16": Torch(copy.deepcopy(network).to(torch.bfloat16)),
    }
    made = {
        name: EncoderReader(reader_weights(), packaged_embedder(), network=network) for name, network in found.items()
    }
    ours = EncoderReader.packaged()
    return {**made, "unsaid": ours}


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
        len(ways[ours].heads.tokenizer.encode(t).ids) + len(ways[ours].heads.tokenizer.encode(QUESTION).ids)
        for t in texts
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
    """F1 of each way on SQuAD's articles that training held back."""
    held = held_before(TRAIN)
    some = [e for e in squad(TRAIN) if e.group in held]
    some = some[:: max(1, len(some) // EXAMPLES)]
    scores = {name: spans(some, [reader.read(e.text, [e.passage])[0] for e in some]) for name, reader in ways.items()}
    return {name: f"SQuAD F1 {forced} / {everything} of {len(some)}" for name, (forced, everything) in scores.items()}


def spans(examples: Sequence[Example], readings: Sequence[Reading]) -> tuple[float, float]:
    """Token F1 as of SQuAD (Rajpurkar et al. 2016, section 6.1) in percent.

    Where an answer exists and one is forced; and over all, answered at even odds: there, 1 for a question without an
    answer that gets none.
    """
    forced, everything = [], []
    for example, reading in zip(examples, readings, strict=True):
        score, start, end, _ = reading.best(0, len(example.passage))
        absent = min(1 - 1e-6, max(1e-6, reading.kinds[ANSWERS.index("absent")]))
        answered = score + math.log((1 - absent) / absent) > 0
        best = max((f1(example.passage[start:end], example.passage[a:b]) for a, b in example.spans), default=0.0)
        if example.label == "span":
            forced.append(best)
            everything.append(best if answered else 0.0)
        else:
            everything.append(float(not answered))
    return tuple(round(100 * sum(of) / max(1, len(of)), 1) for of in (forced, everything))


def f1(said: str, gold: str) -> float:
    """Token F1 after taking off case, punctuation and articles."""
    a, b = _normal(said), _normal(gold)
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if common else float(a == b)


def _normal(text: str) -> list[str]:
    plain = text.lower().translate(str.maketrans("", "", string.punctuation))
    return re.sub(r"\b(?:a|an|the)\b", " ", plain).split()
