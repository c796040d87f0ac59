"""The reader on sixteen windows: bfloat16 as it is used, against float32 and dynamic int8."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path

import torch

from models.reader import EncoderReader
from rag.index.reader import Index

WINDOWS = 16
QUESTION = "What did the minister say about the price of the bridge?"
FLOPS_PER_TOKEN = 2 * 6 * 12 * 384 * 384  # six layers of MiniLM, attention scores aside


def reading(index: Path, medians: Callable[..., Mapping[str, float]]) -> None:
    """Milliseconds a question, and the distance to the matrix product."""
    opened = Index.open(index)
    texts = [" ".join(s.text for s in row.sentences) for row in opened.passages(range(WINDOWS))]
    ours = EncoderReader.packaged()
    ours.load()
    plain, quantised = EncoderReader.packaged(), EncoderReader.packaged()
    plain._network = copy.deepcopy(ours._network).float()
    quantised._network = torch.ao.quantization.quantize_dynamic(
        copy.deepcopy(plain._network), {torch.nn.Linear}, dtype=torch.qint8
    )
    a, b = (torch.rand(1024, 1024, dtype=torch.bfloat16) for _ in range(2))
    seconds = medians(
        float32=lambda: plain.read(QUESTION, texts),
        int8=lambda: quantised.read(QUESTION, texts),
        bfloat16=lambda: ours.read(QUESTION, texts),
        product=lambda: [torch.mm(a, b) for _ in range(50)],
    )
    tokens = sum(len(ours._tokenizer.encode(t).ids) + len(ours._tokenizer.encode(QUESTION).ids) for t in texts)
    ceiling = 50 * 2 * 1024**3 / seconds["product"]
    reached = tokens * FLOPS_PER_TOKEN / seconds["bfloat16"]
    print(f"reading {WINDOWS} windows, {tokens:,} tokens")
    print(f"  float32                      {1_000 * seconds['float32']:8.0f} ms  (baseline)")
    for name in ("int8", "bfloat16"):
        print(f"  {name:<28} {1_000 * seconds[name]:8.0f} ms  {seconds['float32'] / seconds[name]:.2f} x")
    print(f"  bfloat16: {reached / 1e9:.0f} of {ceiling / 1e9:.0f} GFLOP/s of the matrix product")
