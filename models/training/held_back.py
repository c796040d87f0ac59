"""What no training learns from: groups of examples that measure it. `held_back.json` lists the documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

LISTED = Path(__file__).with_name("held_back.json")
_BY_NAME = ("nq", "cqa", "sharc", "pubmed", "tenp", "cad", "scone", "fever", "mv2", "intents", "chats", "cast")
_ONE_IN = 10


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


def _drawn(group: str) -> bool:
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:4], "big") % _ONE_IN == 0
