"""One question on the page and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from rag.types import Answer, Answered, Citation, Draft, Event, Evidence, Retrieved, Span
from ui import answers, export, render
from ui.page.edge import Failed

Stage = Literal["waiting", "searching", "quoting", "settled", "stopped", "failed"]
_BUSY = {"waiting": "Waiting …", "searching": "Searching the articles …", "quoting": "Checking …"}
_NAMED_SOURCES = 3  # chips over an answer that was asked of some articles only


@dataclass(frozen=True)
class Place:
    """A stretch of an article that can be shown, with the quote that stood there when it was cited."""

    ref: str
    source: str
    start: int
    end: int
    quote: str
    answer: Span | None = None  # the words that answer, as offsets like its own
    label: str = ""  # the number at its mark
    also: tuple[Span, ...] = ()  # further stretches that are marked with it: a row's head, the cells of a sum

    def covers(self, start: int, end: int) -> bool:
        """Whether a piece of the article lies in one of its stretches."""
        return self.start <= start and end <= self.end or any(s.start <= start and end <= s.end for s in self.also)


@dataclass(frozen=True)
class Turn:
    """A question and how far it has come."""

    number: int
    question: str
    sources: tuple[str, ...] | None
    stage: Stage = "waiting"
    note: str = ""
    citations: tuple[Citation, ...] = ()
    draft: str = ""
    answer: Answer | None = None
    failed: Failed | None = None
    drafted: bool = False  # the LLM wrote something on the way
    trace: tuple[tuple[str, str], ...] = ()  # what `--explain` prints of it
    told: str = ""  # the text to copy, where more is known of the cited articles than the answer holds
    reported: str = ""  # where the answer was written down as wrong

    @property
    def open(self) -> bool:
        """Whether it is still being worked on."""
        return self.stage in _BUSY

    def after(self, event: Event | Failed) -> Turn:
        """The turn once this has happened."""
        match event:
            case Retrieved():
                return replace(self, stage="searching", note="Weighing the evidence …")
            case Evidence(citations):
                return replace(self, stage="quoting" if citations else "searching", citations=citations, note="")
            case Draft(delta):
                return replace(self, draft=self.draft + delta, drafted=True, note="")
            case Answered(answer, trace):
                settled = replace(self, stage="settled", answer=answer, citations=answer.citations, trace=trace)
                return replace(settled, draft="", note="")
            case Failed():
                return replace(self, stage="failed", failed=event, draft="", note="")

    def places(self) -> Iterator[Place]:
        """Everything in this turn that opens an article."""
        for c in self.citations:
            ref = render.cite_ref(self.number, c.n)
            yield Place(ref, c.source, c.start, c.end, c.quote, c.answer, str(c.n), c.spans[1:])
        if self.answer is not None and self.answer.absence is not None:
            for k, near in enumerate(self.answer.absence.nearest, start=1):
                yield Place(render.near_ref(self.number, k), near.source, near.start, near.end, near.quote)

    def html(self, *, last: bool = False) -> Markup:
        """The turn as it stands on the page; the last one can be asked again."""
        return Markup('<section class="un-turn" data-stage="{}" data-turn="{}">{}{}{}{}</section>').format(
            self.stage,
            self.number,
            render.question(self.question),
            self._scope() + self._understood(),
            self._body(last),
            self._acts(last),
        )

    def _scope(self) -> Markup:
        if not self.sources:
            return Markup('<p class="un-asked">Asked: all articles</p>')
        names = [*self.sources[:_NAMED_SOURCES]]
        if len(self.sources) > _NAMED_SOURCES:
            names.append(f"and {len(self.sources) - _NAMED_SOURCES:,} more")
        chips = render.joined(Markup('<span class="un-chip" dir="auto">{}</span> ').format(n) for n in names)
        return Markup('<p class="un-asked">Asked only: {}</p>').format(chips)

    def _understood(self) -> Markup:
        """What a follow-up was taken to ask, which can be put right."""
        alone = self.answer.standalone_question if self.answer is not None else ""
        if not alone or _bare(alone) == _bare(self.question):
            return Markup("")
        return Markup(
            '<p class="un-asked un-understood" dir="auto">Asked as: {} <button type="button" class="un-act" '
            'data-act="reword" data-turn="{}" aria-label="Change what was asked">Change</button></p>'
        ).format(alone, self.number)

    def _body(self, last: bool) -> Markup:
        if self.failed is not None:
            return render.problem(self.failed.problem, self.failed.cure)
        if self.answer is not None:
            return answers.answer(self.answer, self.number, drafted=self.drafted, last=last)
        parts = [answers.evidence(self.citations, self.number)] if self.citations else []
        if self.draft:
            parts.append(answers.draft(self.draft))
        if self.stage == "stopped":
            words = "Stopped. The quotes above are exact." if self.citations else "Stopped before anything was found."
            parts.append(render.status(words, busy=False))
        else:
            parts.append(render.status(self.note or _BUSY[self.stage]))
        return render.joined(parts)

    def _acts(self, last: bool) -> Markup:
        """What can be done with a turn that is over; the text to copy waits beside its button."""
        if self.open:
            return Markup("")
        acts = [("edit", "Edit the question")]
        if last:
            acts.insert(0, ("retry", "Ask again"))
        copied = Markup("")
        if self.answer is not None:
            acts.insert(0, ("copy", "Copy with citations"))
            if not self.reported:
                acts.append(("wrong", "Wrong answer"))
            copied = Markup('<pre hidden class="un-copied">{}</pre>').format(self.told or export.as_text(self.answer))
        buttons = render.joined(
            Markup('<button type="button" class="un-act" data-act="{}" data-turn="{}">{}</button>').format(
                name, self.number, words
            )
            for name, words in acts
        )
        return Markup('<div class="un-acts">{}{}</div>{}').format(buttons, copied, self._report())

    def _report(self) -> Markup:
        if not self.reported:
            return Markup("")
        return Markup('<p class="un-asked un-reported" role="status">{} <code>{}</code></p>').format(
            "Written down as wrong, on this computer only:", self.reported
        )


def _bare(question: str) -> str:
    """A question without its marks and blanks."""
    return "".join(c for c in question.casefold() if c.isalnum())
