"""Language models that play a part: right so often, always saying yes, inventing, refusing, never stopping.

They read the very prompt that a real one would, and enter through the constructor.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat

from models import Message
from rag.evaluation.score import Row
from rag.evaluation.trust import flat
from rag.language.words import content_words

_LINE = re.compile(r"^\[s(\d+)\] (.*)$", re.M)
NOTHING = {"answered": False, "reply": "none", "decided_by": [], "sentences": []}


def numbered(messages: Sequence[Message]) -> dict[str, str]:
    """The sentences of a prompt by their ids."""
    return {f"s{n}": text for n, text in _LINE.findall(messages[-1].content)}


def question(messages: Sequence[Message]) -> str:
    """What a prompt asks."""
    return messages[-1].content.rpartition("Question: ")[2].partition("\n")[0]


def searching(*texts: str) -> dict:
    """A reply that proposes searches."""
    return {"searches": list(texts)}


def planned_by(plan: Callable[[str], object]) -> Callable[[Callable], Callable]:
    """How a role replies where it is asked for searches; without, it repeats the question."""

    def with_plan(speak: Callable) -> Callable:
        speak.plan = plan
        return speak

    return with_plan


def saying(ids: Sequence[str], text: str, reply: str = "none") -> dict:
    """A reply of one sentence."""
    return {"answered": True, "reply": reply, "decided_by": list(ids), "sentences": [{"text": text, "ids": list(ids)}]}


class ScriptedLLM:
    """Satisfies `LLM`; `speak` gives the reply to the numbered sentences and the question, as a value or raw text.

    Where it is asked for searches, `plan` gives that to the question.
    """

    trained = False
    context_tokens = 4_096

    def __init__(
        self,
        speak: Callable[[dict[str, str], str], object],
        name: str = "scripted",
        plan: Callable[[str], object] | None = None,
    ):
        self.speak, self.name = speak, name
        self.plan = plan or getattr(speak, "plan", searching)
        self.asked: list[Sequence[Message]] = []

    def count_tokens(self, messages):
        return sum(len(m.content.split()) * 3 // 2 for m in messages)

    def stream(self, messages, *, max_tokens, grammar=None, schema=None, should_stop=None) -> Iterator[str]:
        self.asked.append(messages)
        sentences, asked = numbered(messages), question(messages)
        said = self.speak(sentences, asked) if sentences else self.plan(asked)
        raw = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        for at in range(0, len(raw), 16):
            if should_stop and should_stop():
                return
            yield raw[at : at + 16]


class Endless(ScriptedLLM):
    """Begins well and never stops, but for the limit that every model has to keep."""

    def stream(self, messages, *, max_tokens, grammar=None, schema=None, should_stop=None):
        self.asked.append(messages)
        yield '{"answered": true, "reply": "none", "decided_by": ["s1"], "sentences": [{"text": "'
        for _, word in zip(range(max_tokens), repeat("and so on "), strict=False):
            yield word


class Rated:
    """A model that is right in a share of the questions: it knows their keys. Tell it which is asked by `row`.

    It searches for nothing further, so that its rate is that of its replies to what retrieval alone brings up. Where it
    takes another sentence than the right one, that is any, or the `plausible` one that shares most words with the
    question.
    """

    def __init__(self, rate: float, seed: str = "", *, plausible: bool = False):
        self.rate, self.seed, self.plausible = rate, seed, plausible
        self.row: Row | None = None

    def __call__(self, sentences: dict[str, str], asked: str) -> dict:
        row = self.row
        assert row is not None
        right = self._right(row, sentences)
        return right if self._drawn("right", 1_000) < self.rate * 1_000 else self._wrong(row, sentences, right)

    def _drawn(self, what: str, of: int) -> int:
        """A number below `of`, always the same for a question and a purpose."""
        digest = hashlib.sha256(f"{self.seed} {what} {self.row.id}".encode()).digest()
        return int.from_bytes(digest[:6], "big") % of

    def _right(self, row: Row, sentences: dict[str, str]) -> dict:
        if "answered" not in row.status:
            return NOTHING
        ids = [i for i, text in sentences.items() if any(flat(e).strip(' ".') in flat(text) for e in row.evidence)]
        if not ids:  # it wasn't shown them
            return NOTHING
        reply = row.polar or ("open" if row.kind == "undecided" else "none")
        told = [{"text": sentences[i], "ids": [i]} for i in ids[:3]]
        return {"answered": True, "reply": reply, "decided_by": ids[:3], "sentences": told}

    def _wrong(self, row: Row, sentences: dict[str, str], right: dict) -> dict:
        others = [i for i in sentences if i not in right["decided_by"]]
        other = self._other(row, {i: sentences[i] for i in others}) if others else None
        how = self._drawn("how", 3)
        if how == 0 and right["answered"]:
            return NOTHING
        if how == 1 and right["reply"] in ("yes", "no"):
            return {**right, "reply": "no" if right["reply"] == "yes" else "yes"}
        if other is None:
            return NOTHING
        return saying([other], sentences[other], ("yes", "no")[self._drawn("polar", 2)] if row.polar else "none")

    def _other(self, row: Row, sentences: dict[str, str]) -> str:
        if not self.plausible:
            return list(sentences)[self._drawn("other", len(sentences))]
        asked = {w.stem for w in content_words(row.question)}
        return max(sentences, key=lambda i: len(asked & {w.stem for w in content_words(sentences[i])}))


# ── what never helps ────────────────────────────────────────────────────────────────────────
@planned_by(lambda asked: searching(f"Yes, {asked}", "What is agreed?"))
def always_yes(sentences, _):
    first = next(iter(sentences))
    return saying([first], sentences[first], "yes")


@planned_by(lambda _: searching("s99", "[s0]", "What does s1 say?"))
def invents_ids(sentences, _):
    return saying(["s99", "s0"], "The council met on Friday.")


@planned_by(lambda asked: searching(f"{asked} 4,711", "What came to 4,711 in all?"))
def invents_numbers(sentences, _):
    first = next(iter(sentences))
    return saying([first], f"It came to 4,711 in all, {sentences[first][:1].lower()}{sentences[first][1:]}")


@planned_by(lambda _: searching("Who said “we have never been so proud of anything”?"))
def invents_quotes(sentences, _):
    first = next(iter(sentences))
    return saying([first], "The mayor said “we have never been so proud of anything”.")


@planned_by(lambda _: "I'm sorry, but I can't help with that.")
def refuses(*_):
    return "I'm sorry, but I can't help with that."


@planned_by(lambda asked: json.dumps(searching(asked))[:-6])
def breaks_off(sentences, _):
    return json.dumps(always_yes(sentences, ""))[:-20]


@planned_by(lambda asked: {"queries": [asked], "searches": [1, None, {"q": asked}]})
def speaks_otherwise(*_):
    return json.dumps({"answer": "Yes", "sources": [1, 2]})


USELESS = {
    "always yes": always_yes,
    "invents ids": invents_ids,
    "invents numbers": invents_numbers,
    "invents quotes": invents_quotes,
    "refuses": refuses,
    "breaks off": breaks_off,
    "speaks otherwise": speaks_otherwise,
}
