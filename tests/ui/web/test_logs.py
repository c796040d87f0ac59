"""Logs as JSON hold no text of anybody's."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

from rag.errors import UnknownSource
from ui.web.logs import JsonLines

SECRET = "zeppelin of Grünau"


def line(name: str, message: str, *args, **more) -> dict:
    record = logging.LogRecord(name, logging.ERROR, "/x/some_file.py", 7, message, args, more.pop("exc_info", None))
    vars(record).update(more)
    text = JsonLines().format(record)
    assert "\n" not in text and text.isascii() and SECRET not in text and "zeppelin" not in text
    return json.loads(text)


def test_a_pattern_stays_and_what_people_wrote_goes():
    assert (
        line("rag.assistant", "%s: %d of %s", SECRET, 3, UnknownSource(SECRET, "Look."))["event"]
        == "…: 3 of UnknownSource"
    )
    assert line("ui.x", "unexpected error")["event"] == "unexpected error"
    assert line("ui.x", "%d and %d", SECRET)["event"] == "%d and %d"  # which fits nothing


def test_of_other_packages_only_the_place_is_told():
    told = line("mcp.server", f"Resource {SECRET} failed")
    assert "event" not in told and told["at"] == "some_file:7" and told["level"] == "error"


def test_an_error_is_told_by_its_kind():
    try:
        raise UnknownSource(SECRET, "Look.")
    except UnknownSource as error:
        told = line("ui.x", "unexpected error", exc_info=(type(error), error, error.__traceback__))
    assert told["error"] == "UnknownSource" and told["frames"][-1].startswith("test_an_error_is_told_by_its_kind:")


def test_figures_stand_beside():
    told = line("unsaid.requests", "request", figures={"operation": "POST /api/v1/ask", "status": 200, "ms": 3.5})
    assert (told["event"], told["operation"], told["status"], told["ms"]) == ("request", "POST /api/v1/ask", 200, 3.5)


PROGRAM = """
import logging
from fastapi import FastAPI
from ui.web.logs import REQUESTS, log_as_json
from ui.web.serving import server
log_as_json()
server(FastAPI(), own_logs=False)
REQUESTS.info("request", extra={"figures": {"ms": 1.5}})
logging.getLogger("uvicorn.error").error("zeppelin", exc_info=ValueError("zeppelin"))
logging.getLogger("rag.assistant").warning("%s", "zeppelin")
logging.getLogger("httpx").info("zeppelin")
"""


def test_a_program_writes_nothing_else():
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    lines = [json.loads(line) for line in run.stderr.splitlines()]
    assert [line["logger"] for line in lines] == ["unsaid.requests", "uvicorn.error", "rag.assistant"]
    assert lines[1]["error"] == "ValueError" and "zeppelin" not in run.stderr
