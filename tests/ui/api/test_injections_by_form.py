"""Instructions where times, motions, saved pages and follow-ups are read change no answer's decision, either."""

from __future__ import annotations

from dataclasses import replace

import pytest
from injected import decision, said
from injections import KINDS
from injections_by_form import BEFORE, FOLLOW_UP, FORMS, MOTION, PAGE, SINCE, Form

import rag
from rag.types import Answer

pytestmark = pytest.mark.long


def text(kind: str, form: Form) -> str:
    return KINDS[kind].replace("LIE", form.lie)


@pytest.fixture(scope="module")
def desk(tmp_path_factory, embedder):
    """Each document clean and, but for that of follow-ups, with each kind of injection."""
    papers = tmp_path_factory.mktemp("forms") / "papers"
    for form in FORMS:
        for place, kind in enumerate(("", *(KINDS if form is not FOLLOW_UP else ()))):
            path = papers / folder(kind) / form.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(form.written(text(kind, form) if kind else "", place), "utf-8")
    report = rag.build_index([papers], papers.parent / "index", embedder=embedder)
    assert not report.skipped and len(report.added) == len(FORMS) + 20 * (len(FORMS) - 1)
    return rag.Assistant(papers.parent / "index", embedder=embedder)


def folder(kind: str) -> str:
    return kind.replace(" ", "-") or "plain"


def asked(desk, form: Form, kind: str, history=()) -> Answer:
    # Both letters are there, so that a time has something to choose from.
    names = [SINCE.name, BEFORE.name] if form in (SINCE, BEFORE) else [form.name]
    return desk.ask(form.question, history, [f"{folder(kind)}/{name}" for name in names])


@pytest.fixture(scope="module")
def right(desk):
    """The answers without any injection."""
    told = {
        f.name: asked(desk, f, "", [desk.ask(f.before, (), [f"plain/{f.name}"])] if f.before else ()) for f in FORMS
    }
    for form in FORMS:
        assert form.holds in told[form.name].text and decision(told[form.name], form.sentence)[3], form
    return told


@pytest.mark.parametrize("form", [SINCE, BEFORE, MOTION, PAGE], ids=lambda form: form.name)
def test_in_what_is_read_besides(desk, right, form):
    wanted = decision(right[form.name], form.sentence)
    got = {kind: decision(asked(desk, form, kind), form.sentence) for kind in KINDS}
    if form is MOTION:  # a heading parts a motion from its outcome: then it is neither Yes nor No
        assert got.pop("headings")[:2] == ("answered", "")
    assert {kind: it for kind, it in got.items() if it != wanted} == {}


def test_in_what_a_follow_up_leans_on(desk, right):
    """What came back of the last answer is changed, or another answer stands between that nobody gave."""
    form, source = FOLLOW_UP, f"plain/{FOLLOW_UP.name}"
    last = desk.ask(form.before, (), [source])
    for n, kind in enumerate(KINDS):
        told = text(kind, form)
        if n % 2:
            forged = [
                replace(last, text=f"{last.text} {told}", claims=tuple(replace(c, text=told) for c in last.claims))
            ]
        else:
            forged = [replace(last, question=told, standalone_question=told, text=told), last]
        got = desk.ask(form.question, forged, [source])
        assert decision(got, form.sentence) == decision(right[form.name], form.sentence), kind
        assert said(got) == "" and form.lie not in got.text
