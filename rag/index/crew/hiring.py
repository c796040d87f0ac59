"""A crew as a person asked for it, from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from models.protocols import EmbedderInfo
from rag.index.crew.workers import Workers, cores
from rag.index.layout import Layout
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.index.crew.crew import Crew
    from rag.index.crew.hands import Agency


@contextmanager
def at_work(
    told: Mapping[str, Any] | None, layout: Layout, info: EmbedderInfo, settings: Settings
) -> Iterator[Crew | None]:
    """The crew that was asked for, sent away at the end, whatever that is."""
    if told is None:
        yield None
        return
    from rag.index.crew.crew import Crew  # an ordinary rebuild needs none of this
    from rag.index.crew.labour import made_by, order
    from rag.index.crew.spool import Spool

    spool = Spool(layout, made_by(info, settings), info.dimension)
    crew = Crew(_agency(Workers(**told["workers"])), order(told["recipe"], info, settings), spool)
    try:
        yield crew
    finally:
        crew.close()


def _agency(workers: Workers) -> Agency:
    from rag.index.crew.on_ray import OnRay
    from rag.index.crew.processes import Processes

    return OnRay(workers) if workers.ray else Processes(workers.count or cores())
