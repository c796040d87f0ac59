"""Workers on Ray: one that is started here and ends with the build, or a cluster that runs already.

What travels are files' suffixes and bytes, JSON and pieces. Ray itself packs and unpacks calls with pickle: a cluster
runs code here as well as there, so it must be trusted as this machine is.
"""

from __future__ import annotations

import importlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rag.errors import RagError
from rag.index.crew.hands import Lost
from rag.index.crew.labour import Labour
from rag.index.crew.workers import Workers, cores

INSTALL = "pip install 'unsaid[workers]'"
_STORE = 128 * 1024**2  # bytes of memory for files on their way; more of them go through the disk
_LONGEST = 16  # characters of the folder for temporary files
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0"}
# Of a Ray that is ours alone: without "clusters" every port is bound to loopback, and each call shows the token.
_OURS = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token"}


class OnRay:
    """A Ray and its workers; satisfies `Agency`. One in the life of a process: Ray reads its settings once.

    Args:
        workers: which, and how many.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._ray: Any = None
        self._place: Path | None = None

    def open(self) -> int:
        """Start Ray, or connect to it; as many workers as were asked for, else as there are cores.

        Raises:
            RagError: it isn't installed, or can't be started or reached.
        """
        os.environ.update(_QUIET)
        if self._workers.cluster is None:
            os.environ.update(_OURS, RAY_AUTH_TOKEN=secrets.token_hex(32))
        try:
            self._ray = importlib.import_module("ray")
        except ImportError:
            raise RagError("Ray, which runs the workers, is not installed.", f"Install it: {INSTALL}") from None
        try:
            return self._connected(self._workers.cluster) if self._workers.cluster else self._started()
        except Exception as problem:  # Ray has no one type for it
            self.close()
            where = f"at {self._workers.cluster}" if self._workers.cluster else "on this machine"
            what = " ".join(str(problem).split())[:300]
            raise RagError(
                f"There is no Ray {where} to work with ({type(problem).__name__}: {what}).",
                "See that it runs in the same version, or use processes of this machine: --workers 2",
            ) from problem

    def _started(self) -> int:
        """Ray opens its folder to everybody, so that lies in one that is open to nobody else."""
        count = self._workers.count or cores()
        self._place = Path(tempfile.mkdtemp(prefix="unsaid-ray-", dir=_with_room(tempfile.gettempdir())))
        os.chdir(self._place)  # workers could import from where a process of Ray is
        self._ray.init(
            address="local",
            num_cpus=count,
            num_gpus=0,
            include_dashboard=False,
            object_store_memory=_STORE,
            log_to_driver=False,
            configure_logging=False,
            _temp_dir=str(self._place / "r"),
        )
        return count

    def _connected(self, cluster: str) -> int:
        self._ray.init(address=f"ray://{cluster}", log_to_driver=False)
        return self._workers.count or max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def hire(self) -> Actor:
        """A further worker, which has one core."""
        return Actor(self._ray)

    def close(self) -> None:
        """Disconnect; end what was started."""
        with suppress(Exception):
            self._ray.shutdown()
        if self._place:
            os.chdir(self._place.parent)
            shutil.rmtree(self._place, ignore_errors=True)


def _with_room(folder: str) -> str:
    """A folder for temporary files whose name leaves room for those of Ray's sockets, which may have 103 characters."""
    return folder if len(folder) <= _LONGEST or os.name != "posix" else "/tmp"


class Actor:
    """A worker on Ray; satisfies `Hand`.

    Raises:
        Lost: Ray makes none.
    """

    def __init__(self, ray: Any) -> None:  # noqa: ANN401 — a module
        self._ray = ray
        with _as_lost():
            self._actor = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Labour).remote()

    def begin(self, order: str) -> str:
        """Hand over the order; waits until the cluster has room for the worker."""
        with _as_lost():
            told: str = self._ray.get(self._actor.begin.remote(order))
        return told

    def work(self, suffix: str, data: bytes, sha256: str) -> tuple[str, bytes]:
        """Hand over a file."""
        with _as_lost():
            told, piece = self._ray.get(self._actor.work.remote(suffix, data, sha256))
        return told, piece

    def dismiss(self) -> None:
        """End it."""
        with suppress(Exception):
            self._ray.kill(self._actor)


@contextmanager
def _as_lost() -> Iterator[None]:
    """Whatever Ray raises, there is no more work from this worker."""
    try:
        yield
    except Exception as problem:  # Ray has no one type for it
        what = " ".join(str(problem).split())
        raise Lost(f"is gone ({type(problem).__name__}: {what[:300]})") from problem
