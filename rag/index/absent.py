"""Roots that are not there at the moment: a drive that isn't plugged in, a share that doesn't answer.

Their articles stay as they were until the root is dropped. A file that is gone while its folder is there was deleted,
and its article goes as well.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.index.records import Kept
from rag.index.roots import Found


@dataclass(frozen=True)
class Absent:
    """What stays of roots that can't be looked at, and what to say of each of them."""

    kept: tuple[Kept, ...]
    notes: tuple[tuple[str, str], ...]  # (root, remark)


def absent_roots(
    roots: Sequence[Path], found: Sequence[Found], articles: Mapping[str, Kept], left_out: Collection[Path]
) -> Absent:
    """Look for roots without files that had articles.

    Args:
        roots: of the generation to come.
        found: all that lies below those that are there.
        articles: of the generation before, by path.
        left_out: files that stay out.
    """
    owned = _owned(roots, [a for a in articles.values() if Path(a.path) not in left_out])
    # Below which something was found, by whichever root; a root that itself can't be opened is not there.
    alive = {place for f in found if not (f.problem and f.path == f.root) for place in (f.path, *f.path.parents)}
    kept: list[Kept] = []
    notes = []
    for root in roots:
        theirs = owned[root]
        if root in alive or os.path.isdir(root) and not theirs:
            continue
        if [a.path for a in theirs] == [str(root)] and os.path.isdir(root.parent):
            theirs = []  # a file by itself, and its folder is there
        kept += theirs
        notes.append((str(root), _remark(root, len(theirs))))
    return Absent(tuple(kept), tuple(notes))


def _owned(roots: Sequence[Path], articles: Sequence[Kept]) -> dict[Path, list[Kept]]:
    """The articles of each root; of roots within each other, the innermost has them."""
    owned: dict[Path, list[Kept]] = {root: [] for root in roots}
    for article in articles:
        path = Path(article.path)
        above = [root for root in roots if path == root or root in path.parents]
        if above:
            owned[max(above, key=lambda root: len(root.parts))].append(article)
    return owned


def _remark(root: Path, articles: int) -> str:
    state = "It is empty now" if os.path.isdir(root) else "It is not there now"
    stay = f"; its {articles:,} articles stay as they were" if articles > 1 else "; its article stays as it was"
    return f"{state}{stay if articles else ''}. To drop it: unsaid remove {root}"
