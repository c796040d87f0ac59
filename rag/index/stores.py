"""Which store keeps an index: files in its folder, or the server that the folder names.

The choice is made once, when the folder is new, and is the folder's from then on: whoever opens it finds its articles.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from rag.errors import IndexDamaged, RagError
from rag.index.embedded.store import EmbeddedStore
from rag.index.keeping import Store
from rag.index.layout import Layout, unwritable
from rag.index.own import PLACE, claim, own_generations

STORE_VARIABLE = "UNSAID_STORE"


def store_of(folder: Path) -> Store:
    """The store of the index in a folder.

    Raises:
        IndexDamaged: the folder names one that can't be understood.
        RagError: it needs a library that isn't installed.
    """
    named = _named(folder)
    if named is None:
        return EmbeddedStore(folder)
    from rag.index.milvus.address import milvus_address
    from rag.index.milvus.store import MilvusStore

    address, owner = named
    return MilvusStore(milvus_address(address, allow_remote=True), folder, owner)


def choose_store(folder: Path, address: str | None, *, allow_remote: bool = False) -> None:
    """Let an index be kept by a store; nothing is written there yet.

    Args:
        folder: the index folder; it is made where it isn't there.
        address: like milvus://host:19530/name; None for what the folder names; where it is new, for what
            `UNSAID_STORE` names, else for files in it.
        allow_remote: whether the person has agreed that documents leave this computer.

    Raises:
        RagError: it is no address, or the folder's articles are kept elsewhere already.
    """
    named, layout = _named(folder), Layout(folder)
    is_new = named is None and not own_generations(layout)
    if address is None and is_new:
        address = os.environ.get(STORE_VARIABLE) or None
    if address is None:
        return
    from rag.index.milvus.address import milvus_address

    wanted = milvus_address(address, allow_remote=allow_remote)
    if named and named[0] == wanted.text:
        return
    if not is_new:
        where = named[0] if named else "files"
        raise RagError(
            f"The articles of the index at {folder} are kept in {where}, not in {wanted.text}.",
            "Name a new folder with --index, or delete this index first: unsaid forget",
        )
    try:
        claim(layout)
        aside = folder / f"{PLACE}.part"
        aside.write_text(f"{wanted.text}\n{uuid.uuid4().hex}\n", "utf-8")
        aside.chmod(0o600)
        os.replace(aside, folder / PLACE)
    except OSError as problem:
        raise unwritable(folder, problem) from problem


def recipient_of(folder: Path) -> str | None:
    """The other machine that keeps an index; None where none does."""
    named = _named(folder)
    if named is None:
        return None
    from rag.index.milvus.address import milvus_address

    return milvus_address(named[0], allow_remote=True).recipient


def _named(folder: Path) -> tuple[str, str] | None:
    """The address that a folder names, and what the folder is known by there."""
    try:
        lines = (folder / PLACE).read_text("utf-8").split()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None  # whoever reads the index says what is wrong
    except (OSError, UnicodeDecodeError) as problem:
        raise IndexDamaged(f"The index at {folder} does not say where it is kept ({problem}).", _CURE) from problem
    if len(lines) != 2:
        raise IndexDamaged(f"The index at {folder} does not say where it is kept.", _CURE)
    return lines[0], lines[1]


_CURE = f"Delete the file {PLACE} in it, and name the store again with --store."
