"""The described schema holds: schemathesis sends what it allows and what it doesn't."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import httpx
import pytest
from behind_doors import behind

import rag


@pytest.fixture
def own(tmp_path, embedder):
    """The doors of an index that may be changed at will."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "one.txt").write_text("A storm hit Tarnmouth. The council did not discuss sanctions.")
    rag.build_index([tmp_path / "papers"], tmp_path / "index", embedder=embedder)
    with behind(rag.Assistant(tmp_path / "index", embedder=embedder)) as address:
        yield address


def test_every_operation_is_described(address):
    schema = httpx.get(f"{address}/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (path, method)
            problem = operation["responses"]["401"]["content"]["application/problem+json"]["schema"]
            assert problem == {"$ref": "#/components/schemas/Problem"}
    assert schema["paths"]["/api/v1/ask"]["post"]["responses"]["200"]["content"]["application/json"]["example"]


def run(address, tmp_path, phases: str, examples: int) -> subprocess.CompletedProcess[str]:
    # A text that the schema allows may still be no question: that it is refused then is right.
    options = ["--phases", phases, "--max-examples", str(examples), "--exclude-checks", "positive_data_acceptance"]
    code = "from schemathesis.cli import schemathesis; schemathesis()"
    command = [sys.executable, "-c", code, "run", f"{address}/api/v1/openapi.json", *options, "--request-timeout", "60"]
    return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=900)


_NEEDED = pytest.mark.skipif(importlib.util.find_spec("schemathesis") is None, reason="schemathesis is not installed")


@_NEEDED
def test_schemathesis_finds_nothing_in_a_sample(own, tmp_path):
    found = run(own, tmp_path, "examples,coverage", 3)
    assert found.returncode == 0, found.stdout[-6_000:]


@_NEEDED
@pytest.mark.long
def test_schemathesis_finds_nothing(own, tmp_path):
    found = run(own, tmp_path, "examples,coverage,fuzzing,stateful", 60)
    assert found.returncode == 0, found.stdout[-6_000:]
