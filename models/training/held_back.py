"""What no training learns from: groups of examples that measure it. `held_back.json` lists the documents."""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from models.training import examples as files

LISTED = Path(__file__).with_name("held_back.json")
_BY_NAME = ("nq", "cqa", "sharc", "pubmed", "tenp", "cad", "scone", "fever", "mv2", "intents", "chats", "cast")
_ONE_IN = 10
_SEED = 20


def held_back(groups: Iterable[str], before: frozenset[str]) -> frozenset[str]:
    """Of these groups the ones held back.

    The listed articles and documents; of files that the reader was trained on before, what was held back then; of all
    others one group in ten, by its name.

    Args:
        groups: "file:name" each.
        before: what earlier trainings held back.
    """
    listed = {f"{kind}:{name}" for kind, names in json.loads(LISTED.read_text("utf-8")).items() for name in names}
    known = set(groups)
    return frozenset((known & (listed | before)) | {g for g in known if g.split(":")[0] in _BY_NAME and _drawn(g)})


def listed(kind: str) -> frozenset[str]:
    """The articles ("news") or documents ("desk") that are held back, by name."""
    return frozenset(json.loads(LISTED.read_text("utf-8"))[kind])


def _drawn(group: str) -> bool:
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:4], "big") % _ONE_IN == 0


def held_before(folder: Path) -> frozenset[str]:
    """What the first readers held back, so that they can be compared: one group in ten of each of their files.

    Args:
        folder: of the training data.
    """
    read = [
        *files.squad(folder),
        *files.condaqa(folder),
        *files.natural_questions(folder),
        *files.qamr(folder, _SEED + 5, 9_000),
        *files.negated_nli(folder),
        *files.wice(folder),
    ]
    draw = random.Random(_SEED)
    by_file: dict[str, list[str]] = defaultdict(list)
    for group in sorted({e.group for e in read}):
        by_file[group.split(":")[0]].append(group)
    return frozenset(g for of in by_file.values() for g in draw.sample(of, max(1, round(len(of) / _ONE_IN))))
