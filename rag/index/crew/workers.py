"""Who reads, cuts and embeds, as a person names it: `4`, `ray`, `ray:4`, `ray://HOST:PORT`, `ray://HOST:PORT#4`."""

from __future__ import annotations

import os
import re
from dataclasses import asdict, dataclass
from typing import Any

from models.address import address_of
from models.errors import ConsentMissing, ModelError
from models.protocols import Embedder, Portable
from rag.errors import RagError

AGAIN = "Run the same command again: it goes on where this one stopped."
_NUMBER = re.compile(r"[1-9]\d{0,3}")
_CURE = "Give a number of processes (--workers 4), ray, ray:4, or a cluster: --workers ray://HOST:10001"


@dataclass(frozen=True)
class Workers:
    """So many workers, and where."""

    ray: bool = False  # or processes of this machine
    count: int | None = None  # None: one for each core there
    cluster: str | None = None  # HOST:PORT of a Ray that runs already; None: one of this machine's own
    recipient: str | None = None  # the machine that documents are sent to; None where that is this one

    @classmethod
    def named(cls, text: str, *, allow_remote: bool = False) -> Workers:
        """Read a name.

        Args:
            text: as it was typed.
            allow_remote: whether the person has agreed that documents leave this computer.

        Raises:
            RagError: it is none; or it is another machine, and nobody has agreed to that.
        """
        name = text.strip()
        if name.lower().startswith("ray://"):
            return cls._of_cluster(name, allow_remote)
        kind, _, number = name.rpartition(":") if ":" in name else ("", "", name)
        if name == "ray":
            return cls(ray=True)
        if kind not in ("", "ray") or not _NUMBER.fullmatch(number):
            raise RagError(f"“{text}” names no workers.", _CURE)
        return cls(ray=kind == "ray", count=int(number))

    @classmethod
    def _of_cluster(cls, name: str, allow_remote: bool) -> Workers:
        place, _, number = name.partition("#")
        try:
            address = address_of(f"http{place[3:]}", allow_remote=allow_remote)
        except ConsentMissing as problem:
            what = f"{place} is another machine: your documents would be sent there, whole."
            raise RagError(what, problem.cure) from None
        except ModelError:
            raise RagError(f"“{name}” is no address of a Ray cluster.", _CURE) from None
        if address.url != f"http://{address.host}" or (number and not _NUMBER.fullmatch(number)):
            raise RagError(f"“{name}” is no address of a Ray cluster.", _CURE)
        return cls(True, int(number) if number else None, address.host, address.recipient)


def wanted(workers: Workers | None, embedder: Embedder) -> dict[str, Any] | None:
    """What the process that rebuilds is told of its crew, as JSON; None for none.

    Raises:
        RagError: the embedder can't be loaded by anybody else.
    """
    if workers is None:
        return None
    if not isinstance(embedder, Portable):
        raise RagError("This embedder is known to this process alone, so no worker can load it.", "Index without them.")
    return {"workers": asdict(workers), "recipe": embedder.recipe}


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
