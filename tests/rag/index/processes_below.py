"""Processes that a process has started, found in /proc, as Linux has it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="finds processes in /proc, as Linux has it"
)


def below(pid: int) -> set[int]:
    """Its children, and theirs."""
    found: set[int] = set()
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, children.read_text().split()):
                found |= {child, *below(child)}
        except OSError:  # it has just ended
            continue
    return found


def named(pids: set[int], *parts: str) -> list[int]:
    """Those whose command line has one of these parts."""
    found = []
    for pid in sorted(pids):
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if any(part in line for part in parts):
            found.append(pid)
    return found


def kill(*pids: int) -> None:
    """End them at once, those that are still there."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def alive(pids: set[int]) -> set[int]:
    """Those that are there and no zombies."""
    found = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.add(pid)
    return found
