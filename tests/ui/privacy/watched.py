"""Run a command in a home of its own and write down what it looks up, whom it connects to, and where it writes.

Two witnesses: Python's audit events, in every Python process that is started; and, where it runs, strace, which sees
other processes and libraries in C, too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
CONTINUOUS = re.compile(
    r"^(CI|TF_BUILD|JENKINS|GITHUB_|GITLAB_|TRAVIS|BUILD_|DO_NOT_TRACK|.*OFFLINE|.*TELEMETRY|.*ANALYTICS)"
)
_CALLS = "connect,sendto,sendmsg,sendmmsg,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,symlink,symlinkat,link,linkat"
_HOOK = """
import os, sys
_to = os.open(os.environ["WATCHED_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
def _note(event, args):
    try:
        if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
            line = f"name {args[0]!r}"
        elif event in ("socket.connect", "socket.sendto"):
            line = f"reach {args[1]!r}"
        elif event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            line = f"write {os.path.abspath(os.fsdecode(args[0]))}"
        elif event in ("os.mkdir", "os.rename", "os.link", "os.symlink"):
            line = f"write {os.path.abspath(os.fsdecode(args[event != 'os.mkdir']))}"
        else:
            return
        os.write(_to, (line + "\\n").encode("utf-8", "replace"))
    except (TypeError, ValueError, OSError):
        return
sys.addaudithook(_note)
"""


class Watched:
    """A place to run commands in. `home` is empty at first, `index` and `scratch` are where a command may write."""

    def __init__(self, place: Path) -> None:
        self.home, self.scratch, self.index = place / "home", place / "scratch", place / "index"
        self._hooks, self._log, self._trace = place / "hooks", place / "audit.txt", place / "trace"
        for folder in (self.home, self.scratch, self._hooks, self._trace):
            folder.mkdir()
        (self._hooks / "sitecustomize.py").write_text(_HOOK)
        self._own = (self._log, self._trace)
        if os.geteuid() == 0:  # an ordinary user is who runs it
            for path in (place, self.home, self.scratch, self._trace):
                path.chmod(0o777)
            self._log.touch()
            self._log.chmod(0o666)

    def command(self, *arguments: str) -> list[str]:
        """The words of `python ARGUMENTS` with everything that watches it."""
        return [*_ordinary(), *_tracer(self._trace / "calls"), sys.executable, *arguments]

    @property
    def environment(self) -> dict[str, str]:
        """That of a person's shell: nothing tells of continuous integration, nothing switches anything off."""
        inherited = {k: v for k, v in os.environ.items() if not CONTINUOUS.match(k) and not k.startswith("XDG_")}
        inherited = {k: v for k, v in inherited.items() if not k.startswith(("UNSAID_", "GRADIO_", "PYTEST_", "TORCH"))}
        return {
            **inherited,
            "HOME": str(self.home),
            "USER": "somebody",  # as in every shell; else Python asks the name service who runs it
            "LOGNAME": "somebody",
            "TMPDIR": str(self.scratch),
            "UNSAID_INDEX": str(self.index),
            "WATCHED_LOG": str(self._log),
            "PYTHONPATH": f"{self._hooks}{os.pathsep}{ROOT}",
            "PYTHONDONTWRITEBYTECODE": "1",  # where a program is installed, its user can't write it anyway
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `python ARGUMENTS` to its end."""
        return subprocess.run(
            self.command(*arguments),
            env=self.environment,
            cwd=self.scratch,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def seen(self) -> list[str]:
        """What was looked up, reached beyond this machine, or written where it shouldn't be; and starts anew."""
        lines = [*_of_audit(self._log.read_text() if self._log.exists() else ""), *_of_traces(self._trace)]
        self._log.write_text("")
        for file in self._trace.iterdir():
            file.unlink()
        allowed = tuple(f"{p}{end}" for p in (self.index, self.scratch, *self._own) for end in ("", "/"))
        return sorted({f"{kind} {what}" for kind, what in lines if kind != "write" or not _may_write(what, allowed)})


def _may_write(path: str, allowed: tuple[str, ...]) -> bool:
    return path.startswith(("/dev/", "/proc/self", *(a for a in allowed if a.endswith("/")))) or path in allowed


@lru_cache(maxsize=1)
def traces() -> bool:
    """Whether strace runs here."""
    tool = shutil.which("strace")
    return bool(tool) and subprocess.run([tool, "-f", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def _tracer(to: Path) -> list[str]:
    if not traces():
        return []
    fast = (
        ["--seccomp-bpf"]
        if _works("strace", "-f", "--seccomp-bpf", "-e", "trace=connect", "-o", os.devnull, "true")
        else []
    )
    return ["strace", "-ff", *fast, "-y", "-s", "4096", "-e", f"trace={_CALLS}", "-o", str(to)]


@lru_cache(maxsize=1)
def _ordinary() -> list[str]:
    """What makes root an ordinary user, who can still read a checkout that is root's own."""
    reads = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *reads]
    return drop if os.name == "posix" and os.geteuid() == 0 and _works(*drop, sys.executable, "-c", "") else []


def _works(*command: str) -> bool:
    return bool(shutil.which(command[0])) and subprocess.run(command, capture_output=True).returncode == 0


def _of_audit(log: str) -> list[tuple[str, str]]:
    found = []
    for line in log.splitlines():
        kind, _, what = line.partition(" ")
        if kind == "name" and not re.fullmatch(r"'(127\.[\d.]+|::1|localhost|0\.0\.0\.0)'|None", what):
            found.append(("name", what))
        elif kind == "reach" and not re.match(r"\('(127\.|::1)", what):
            found.append(("reach", what))
        elif kind == "write":
            found.append(("write", what))
    return found


_PEER = re.compile(r"sa_family=AF_(INET6?|UNIX).*?(?:inet_addr\(\"|inet_pton\(AF_INET6, \"|sun_path=@?\")([^\"]*)")
_PATHS = re.compile(r"(?:AT_FDCWD|\d+)?(?:<([^>]*)>, )?\"((?:[^\"\\]|\\.)*)\"")


def _of_traces(folder: Path) -> list[tuple[str, str]]:
    found = []
    for file in folder.iterdir():
        for line in file.read_text(errors="replace").splitlines():
            call, _, rest = line.partition("(")
            if "sa_family=" in rest:
                found += _peers(rest)
            elif call in ("openat", "open", "creat") and not re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest):
                continue
            elif not call.startswith(("connect", "send")) and " = -1 " not in rest:
                places = [os.path.normpath(os.path.join(base or "/", name)) for base, name in _PATHS.findall(rest)]
                found += [("write", place) for place in places[-1:]]
    return found


def _peers(rest: str) -> list[tuple[str, str]]:
    found = []
    for family, address in _PEER.findall(rest):
        if family == "UNIX":  # the name service's cache, a resolver: whoever asks them looks something up
            found.append(("name", f"through {address}"))
        elif not address.startswith("127.") and address not in ("::1", "::ffff:127.0.0.1"):
            found.append(("reach", address))
    return found
