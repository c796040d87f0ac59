"""What workers have made so far, by hash: a build that was ended goes on where it was.

    <index>/.spool/<16 hex digits>/<64 hex digits>    one file's piece

The folder's digits stand for everything beside the file that decides a piece, a file's for its bytes and suffix. A
piece is whole or absent: it gets its name once it is written, and says by its hash whether the disk has kept it all.
Everything is deleted once a generation is there, whoever built it.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from contextlib import suppress
from pathlib import Path

from rag.index.crew.piece import Broken, Piece
from rag.index.layout import Layout, unwritable
from rag.index.own import SPOOL
from rag.index.taken_in import Unread

_FORM = 1  # raise it when pieces are written otherwise
_OURS = re.compile(r"[0-9a-f]{16}")
_PIECE = re.compile(r"[0-9a-f]{64}(?:\.part\d{1,20})?")


class Spool:
    """Pieces in an index folder. Safe from several threads.

    Args:
        layout: of the index.
        made_by: everything beside a file's bytes and suffix that decides what is made of it.
        dimension: of the vectors.
    """

    def __init__(self, layout: Layout, made_by: str, dimension: int) -> None:
        digits = hashlib.sha256(f"{_FORM} {made_by}".encode()).hexdigest()[:16]
        self._layout = layout
        self._folder = layout.folder / SPOOL / digits
        self._dimension = dimension

    def find(self, unread: Unread) -> Piece | None:
        """The piece of a file; None if there is none, or not all of it."""
        try:
            data = self._place(unread).read_bytes()
            return Piece.unpacked(data, unread.source, unread.path, self._dimension)
        except (OSError, Broken):
            return None

    def keep(self, unread: Unread, data: bytes) -> Piece:
        """Keep a file's piece, unless the same file might give another the next time.

        Raises:
            Broken: the bytes are none.
            RagError: it can't be written.
        """
        piece = Piece.unpacked(data, unread.source, unread.path, self._dimension)
        if piece.lasts:
            place = self._place(unread)
            partial = place.with_name(f"{place.name}.part{threading.get_ident()}")
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                partial.write_bytes(data)
                os.replace(partial, place)
            except OSError as problem:
                with suppress(OSError):
                    partial.unlink()
                raise unwritable(self._layout.folder, problem) from problem
        return piece

    def _place(self, unread: Unread) -> Path:
        name = hashlib.sha256(f"{unread.file.sha256} {unread.file.suffix}".encode()).hexdigest()
        return self._folder / name


def delete_spool(layout: Layout) -> None:
    """Delete what workers have made, and the folders of it that hold nothing else."""
    home = layout.folder / SPOOL
    if home.is_symlink() or not home.is_dir():
        return
    with suppress(OSError):
        for folder in home.iterdir():
            if _OURS.fullmatch(folder.name) and not folder.is_symlink():
                _delete_pieces(folder)
        home.rmdir()


def _delete_pieces(folder: Path) -> None:
    with suppress(OSError):
        for piece in folder.iterdir():
            if _PIECE.fullmatch(piece.name):
                piece.unlink(missing_ok=True)
        folder.rmdir()
