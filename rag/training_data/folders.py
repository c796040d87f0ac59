"""Folders of our own: documents that belong together, and what their owners ask, mostly in other words than theirs.

They lie beside this file, a line for each document: `folder`, `name`, `text`, and `questions` with the keys of the rows
of `../shared/train`.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("folders.jsonl.gz")


@dataclass(frozen=True)
class Folder:
    """One of them.

    Attributes:
        name: which no other has.
        files: where each document was written; it is called by the folder's name and its own.
        rows: the questions; `source` is a document of `files`.
    """

    name: str
    files: dict[str, Path]
    rows: list[dict[str, Any]]


def folders(copies: Path, file: Path = FILE) -> Iterator[Folder]:
    """All folders, their documents written to files.

    Args:
        copies: where they are written, one below it for each.
        file: what holds them.
    """
    documents: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            documents[row["folder"]].append(row)
    for name, of in documents.items():
        where = copies / name
        where.mkdir(parents=True, exist_ok=True)
        made = Folder(name, {}, [])
        for document in of:
            source = f"{name}/{document['name']}"
            made.files[source] = where / document["name"]
            made.files[source].write_text(document["text"], "utf-8")
            made.rows.extend({**row, "source": source} for row in document["questions"])
        yield made
