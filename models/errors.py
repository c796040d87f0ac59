"""What can go wrong on the ground floor. `rag.errors` translates these at its one border.

ModelError               a model cannot be used; `cure` says what to do
├── WeightsMissing       the file or package that holds the weights is not there
├── WeightsUnreadable    it is there, but is not a model this program can load
├── ModelUnfit           it can be loaded, but not asked: its template or its vocabulary is broken
├── ServerFailed         the server that runs it can't be reached, refuses, or speaks another protocol
└── ConsentMissing       it is on another machine, and nobody has agreed that texts are sent there
"""

from __future__ import annotations


class ModelError(Exception):
    """A model cannot be used.

    Args:
        problem: what is wrong, one sentence.
        cure: what the person can do about it, one sentence.
    """

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(f"{problem} {cure}")
        self.problem = problem
        self.cure = cure


class WeightsMissing(ModelError):
    """The file or package that should hold a model's weights is not on this machine."""


class WeightsUnreadable(ModelError):
    """The weights are there but cannot be loaded."""


class ModelUnfit(ModelError):
    """The weights can be loaded, but what is needed to ask them is broken inside the file."""


class ServerFailed(ModelError):
    """A server can't be reached, refuses, breaks off or speaks another protocol."""


class ConsentMissing(ModelError):
    """Texts would be sent to another machine, which nobody has agreed to."""
