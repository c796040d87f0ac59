"""Virtual environments that see this one's packages but for some: what a machine is like where those aren't installed."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[3]
_OURS = ("unsaid", "__editable__")


def environment(folder: Path, without: tuple[str, ...] = ()) -> Path:
    """Make one; returns its Python. It has no Unsaid and no pip of its own.

    Args:
        folder: where it goes; nothing is there yet.
        without: beginnings of the names of packages, as they lie on disk, that it shall not see.
    """
    venv.create(folder / "env", with_pip=False)
    seen = folder / "seen"
    seen.mkdir()
    for place in (Path(p) for p in sys.path if p.endswith("site-packages")):
        for entry in place.iterdir():
            hidden = entry.name.endswith(".pth") or entry.name.startswith((*_OURS, *without))
            if not hidden and not (seen / entry.name).exists():
                (seen / entry.name).symlink_to(entry)
    python = folder / "env" / "bin" / "python"
    own = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True
    )
    (Path(own.stdout.strip()) / "seen.pth").write_text(f"{seen}\n", "utf-8")
    return python


def ran(python: Path, *arguments: str, home: Path, checkout: bool = True, **more) -> subprocess.CompletedProcess[str]:
    """Run that Python for a stranger: a home of their own, none of this machine's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UNSAID_", "XDG_", "PYTHON"))}
    env = {**kept, "HOME": str(home), **({"PYTHONPATH": str(ROOT)} if checkout else {})}
    return subprocess.run(
        [str(python), *arguments], capture_output=True, text=True, cwd=more.pop("cwd", ROOT), env=env, **more
    )
