"""The examples in deploy/: their form, and that what they name is there. Containers are not run here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from ui.api.operations import METRICS
from ui.api.probes import LIVES, READY
from ui.cli import app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
FILES = sorted(DEPLOY.glob("*.yaml"))
yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")


def loaded(name: str) -> dict:
    return yaml.safe_load((DEPLOY / name).read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_yamllint_finds_nothing(path):
    pytest.importorskip("yamllint", reason="yamllint is not installed")
    from yamllint.config import YamlLintConfig
    from yamllint.linter import run

    rules = "extends: default\nrules: {line-length: {max: 130}, comments: {min-spaces-from-content: 2}, truthy: enable}"
    assert [str(p) for p in run(path.read_text("utf-8"), YamlLintConfig(rules), str(path))] == []


def options(command: str) -> set[str]:
    known = typer.main.get_command(app).commands
    return {opt for parameter in known[command].params for opt in parameter.opts}


def told(arguments: list[str]) -> dict[str, str]:
    """A command's options with their values; each must be one of ours."""
    command, *given = arguments
    found = dict((a.split("=", 1) if "=" in a else (a, "")) for a in given)
    assert set(found) <= options(command)
    return found


def test_the_processes_are_served_as_the_proxy_asks_for_them():
    services = loaded("compose.yaml")["services"]
    proxy = (DEPLOY / "nginx-many.conf").read_text("utf-8")
    servers = re.findall(r"^\s*server (\S+):(\d+)", proxy, re.MULTILINE)
    assert {name for name, _ in servers} == {name for name in services if name != "proxy"}
    for name, port in servers:
        given = told(services[name]["command"])
        assert given["--port"] == port and given["--public-url"] == "https://docs.example.org"
        assert f"location {given['--root-path']}/" in proxy and "docs.example.org" in proxy
        assert READY in str(services[name]["healthcheck"]["test"])
    audits = {told(services[name]["command"])["--audit"] for name, _ in servers}
    assert len(audits) == len(servers), "an audit log is one process's own"
    assert any("nginx-many.conf" in volume for volume in services["proxy"]["volumes"])


def test_the_values_name_what_there_is():
    values = loaded("values.yaml")
    given = told(values["args"])
    port = int(given["--port"])
    assert values["service"]["port"] == port and values["ingress"]["path"] == given["--root-path"]
    assert values["livenessProbe"]["httpGet"] == {"path": LIVES, "port": port}
    for probe in ("readinessProbe", "startupProbe"):
        assert values[probe]["httpGet"] == {"path": READY, "port": port}
    assert values["metrics"]["path"] == METRICS.path
    assert values["secrets"]["tokens"]["defaultMode"] == 0o400
    assert "$http_authorization" in str(values["ingress"]["annotations"])


def test_each_example_says_what_was_not_tried():
    for name in ("compose.yaml", "values.yaml", "Dockerfile"):
        words = " ".join(re.sub(r"^# ?", "", (DEPLOY / name).read_text("utf-8"), flags=re.MULTILINE).split())
        assert re.search(r"has not been (run|built)", words), name
