"""What decides how the reader is trained: the one place to change it. What it learns from is made by `prepare`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from models.understander import SAID_TOKENS

# How many of the examples of each origin a round takes, as a share of all; all of an origin that isn't named. Small
# files are taken several times, large ones in part, so that none crowds out the others.
SHARES: Mapping[str, float] = MappingProxyType(
    {
        "squad": 0.6,
        "squad, other paragraph": 0.4,
        "squad, without answer": 0.4,
        "squad, exchanged": 0.5,
        "squad, exchanged within": 0.5,
        "squad, opposite": 0.7,
        "squad, cut out": 0.5,
        "nq, without answer": 0.5,
        "nq, shuffled": 0.3,
        "nq, cut out": 0.5,
        "qed": 0.7,
        "qed, without answer": 0.5,
        "qed, shuffled": 0.3,
        "qamr": 0.3,
        "qamr, cut out": 0.4,
        "condaqa": 0.8,
        "condaqa, shuffled": 0.3,
        "wiki, near": 0.7,
        "wiki, other paragraph": 0.6,
        "wiki, beside": 0.6,
        "boolq, shuffled": 0.4,
        "conditionalqa": 0.5,
        "sharc": 0.4,
        "news, other": 0.4,
        "news, exchanged": 0.7,
        "news, mined": 0.25,
        "news, mined, with the answer": 0.7,
        "desk": 1.2,
        "desk, other": 0.4,
        "desk, near": 1.5,
        "desk, exchanged": 0.7,
        "desk, mined": 0.4,
        "polar": 0.5,
        "claim": 0.35,
        "nli": 0.8,
        "nli, asked": 0.6,
        "statements": 1.5,
        "statements, elsewhere": 0.7,
        "tenp": 0.3,
        "tenp, asked": 0.5,
        "cad": 0.4,
        "cad, asked": 0.4,
        "scone": 0.4,
        "fever, asked": 0.7,
        "factuality": 0.3,
        "factuality, asked": 0.3,
        "intents": 4.0,
        "chats": 5.0,
        "chats, stand-alone": 2.0,
        "chats, other": 2.0,
        "cast": 2.0,
    }
)


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out, the pool and the first weights aside. As it is, it is the shipped one."""

    layers: int = 12  # of the encoder: the first weights' six, with a new one after each
    rounds: int = 6
    seed: int = 80
    learning_rate: float = 2e-4  # of the encoder; the heads learn eight times as fast
    warmup: float = 0.06  # share of all steps
    batch_tokens: int = 16_384  # padded tokens a step, about 200 examples
    window: tuple[int, int] = (28, 190)  # tokens of a passage that is cut at random
    longest: int = SAID_TOKENS  # tokens of any passage
    dropout: float = 0.1
    smoothing: float = 0.02  # of the labels' cross entropy (Szegedy et al. 2016, section 7)
    mean: float = 0.998  # of the running mean of the weights: what stays at a step
    part: float = 1.0  # of every origin, for trials
    weights: Mapping[str, float] = field(
        default_factory=lambda: {"parts": 2.0, "carried": 2.0}
    )  # of losses; 1 for others
    shares: Mapping[str, float] = field(default_factory=lambda: SHARES)
