"""Folders of our own: documents that belong together, and what their owners ask, mostly in other words than theirs.

They lie beside this file, a line for each document: `folder`, `name`, `text`, and `questions` with the keys of the rows
of `../shared/train`. `python -m rag.training_data.folders OUT` writes those that are held back (`held_back.json`): the
documents of each to a folder of its own, their questions beside it, as `rag.evaluation.calibrate` takes them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.training.held_back import listed

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


def write_held_back(out: Path, file: Path = FILE) -> None:
    """Write the folders that no training learns from: `OUT/NAME` with the documents, `OUT/NAME_questions.jsonl.gz`."""
    held = listed("folders")
    with tempfile.TemporaryDirectory() as copies:
        for folder in folders(Path(copies), file):
            if not held >= folder.files.keys():
                continue
            (out / folder.name).mkdir(parents=True, exist_ok=True)
            for path in folder.files.values():
                (out / folder.name / path.name).write_bytes(path.read_bytes())
            with gzip.open(out / f"{folder.name}_questions.jsonl.gz", "wt", encoding="utf-8") as rows:
                for n, row in enumerate(folder.rows):
                    own = {"id": f"{folder.name}-{n}", **row, "source": folder.files[row["source"]].name}
                    rows.write(json.dumps(own, ensure_ascii=False) + "\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    write_held_back(parser.parse_args().out)


if __name__ == "__main__":
    main()
