"""Another site, a real browser and the page in one network namespace: the whole attack gets nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from browser import MISSING, find_browser

SCRIPT = Path(__file__).with_name("network_attack.py")


def isolated() -> list[str]:
    """How to run a program in a network namespace of its own; skips where that is not possible."""
    for name in ("unshare", "ip"):
        if not shutil.which(name):
            pytest.skip(f"no {name}: install util-linux and iproute2")
    for way in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        if subprocess.run([*way, "ip", "link", "set", "lo", "up"], capture_output=True).returncode == 0:
            return way
    pytest.skip("no network namespaces here: neither root nor user namespaces")


@pytest.fixture(scope="module")
def got():
    way = isolated()
    if find_browser() is None:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    done = subprocess.run(
        [*way, sys.executable, "-W", "ignore", str(SCRIPT)], capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_another_site_gets_nothing(got):
    assert got["visited"] > 5, "the attack took place"
    assert "http://evil.test" in got["ran at"], "its script ran where it may"
    assert [origin for origin in got["ran at"] if "evil" not in origin and origin != "null"] == []
    assert got["read"] == []
    assert got["copies"] == []
    assert got["uploads"] == []


def test_a_name_pointed_at_this_computer_is_refused(got):
    assert got["rebound"] == ["This page does not go by that host name."]


def test_the_server_speaks_to_nobody(got):
    assert got["asked by the server"] == []
    if not got["traced"]:
        pytest.skip("strace is not installed or may not trace here; the other site saw no request of the server")
    assert got["beyond"] == []
