"""An assistant that plays a script, for what no real model does on demand. It enters through the constructor."""

from __future__ import annotations

import re
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rag.corpus.values import Ledger, Overview, Unsaid
from rag.errors import IndexMissing, UnknownSource
from rag.types import (
    Absence,
    Answer,
    Answered,
    Citation,
    Claim,
    Document,
    Event,
    Evidence,
    IndexReport,
    Listed,
    Near,
    Progress,
    Retrieved,
    Searched,
    Span,
    Timings,
    Topic,
)

Script = Callable[[str, Sequence[Answer], Sequence[str] | None], Iterator[Event]]
EXAMPLES = ("What was not discussed?", "Who criticized it?", "How long did the call last?", "Was NATO mentioned?")
TIMINGS = Timings(retrieve=0.01, first_quote=0.02, first_token=None, total=0.03)


class Rebuild:
    """What a scripted assistant's rebuild does: shows progress, waits to be let go, then adds the files."""

    def __init__(self, skipped: tuple[tuple[str, str], ...] = (), paused: bool = False):
        self.skipped = skipped
        self.go = threading.Event()
        self.started = threading.Event()
        if not paused:
            self.go.set()

    def __call__(self, assistant, files, progress, replacing=False):
        progress(Progress("reading", 1, 2, files[0].name if files else ""))
        if files:
            progress(Progress("reading", 2, 2, files[0].name, 2))
        progress(Progress("embedding", 0, 8))
        progress(Progress("embedding", 3, 8))
        self.started.set()
        self.go.wait(20)
        known = set(assistant.documents)
        both = set() if replacing else set(assistant.same_named(files))
        names = [f"{f.stem} (2){f.suffix}" if f.name in both else f.name for f in files]
        for name, file in zip(names, files, strict=True):
            assistant.documents[name] = file.read_text(encoding="utf-8")
        return IndexReport(
            added=tuple(n for n in names if n not in known),
            changed=tuple(n for n in names if n in known),
            skipped=self.skipped,
        )


class Scripted:
    """Satisfies `Asks`; keeps what it was asked in `asked`."""

    def __init__(
        self,
        documents: dict[str, str],
        script: Script | None = None,
        titles: dict[str, str] | None = None,
        rebuild: Rebuild | None = None,
    ):
        self.documents = documents
        self.index_dir = Path(tempfile.mkdtemp(prefix="scripted-index-"))
        self.rebuilding = rebuild or Rebuild()
        self.titles = titles or {}
        self.script = script or self.first_sentences
        self.asked: list[tuple[str, tuple[Answer, ...], tuple[str, ...] | None]] = []
        self.lacking: str | None = None
        self.elsewhere: tuple[str, ...] = ()
        self.topics: tuple[str, ...] = ()
        self.warm = threading.Event()
        self.warm.set()

    def stream(self, question, history=(), sources=None):
        self.asked.append((question, tuple(history), None if sources is None else tuple(sources)))
        if sources is not None and set(sources) - set(self.documents):
            raise UnknownSource("No article is called that.", "See what there is: unsaid list")
        return self.script(question, history, sources)

    def sources(self):
        return tuple(sorted(self.documents))

    def articles(self):
        if not self.documents:
            raise IndexMissing("There is no index.", "Build one.")
        return tuple(Listed(s, self.titles.get(s), None, self.documents[s].count(".")) for s in self.sources())

    def skipped(self):
        return self.rebuilding.skipped

    def overview(self):
        dates = sorted(a.date for a in self.articles() if a.date)
        first, last = (dates[0], dates[-1]) if dates else (None, None)
        kinds = tuple(Counter(a.kind for a in self.articles()).items())
        count, sentences = len(self.documents), sum(a.sentences for a in self.articles())
        return Overview(count, sentences, kinds, first, last, count - len(dates), self.topics, self.unsaid().lines)

    def offers(self):
        yield from EXAMPLES if self.documents else ()

    def rebuild(self, files, progress, replacing=False):
        return self.rebuilding(self, files, progress, replacing)

    def same_named(self, files):
        texts = {f.name: f.read_text(encoding="utf-8") for f in files}
        return tuple(n for n, text in texts.items() if self.documents.get(n, text) != text)

    def unsaid(self, topics=(), speakers=(), kinds=(), sources=None):
        """Sentences that begin with "Nobody knows": enough to be left open."""
        lines = tuple(
            Unsaid(s, None, m[0], m.start(), m.end(), "unknown", Span(0, 12), None)
            for s in (self.sources() if sources is None else sources)
            for m in re.finditer(r"Nobody knows[^.]*\.", self.documents[s])
        )
        return Ledger(lines, Searched(len(self.documents), 1, 0))

    def remove(self, source):
        del self.documents[source]
        return IndexReport(removed=(source,), unchanged=self.sources())

    def forget(self):
        self.documents.clear()

    def document(self, source):
        if source not in self.documents:
            raise UnknownSource(f"No article is called {source!r}.", "See what there is: unsaid list")
        return Document(source, self.documents[source], self.titles.get(source), None, "0" * 64)

    def file(self, source, spans=()):
        return self.document(source).text.encode()

    def recipients(self):
        return self.elsewhere

    def lacks(self):
        return self.lacking

    def warm_up(self, progress):
        progress("the embedder", 1, 2)
        self.warm.wait(20)

    def cite(self, n: int, source: str, quote: str) -> Citation:
        start = self.documents[source].index(quote)
        return Citation(n, source, self.titles.get(source), quote, start, start + len(quote), 0.9)

    def first_sentences(self, question, history, sources):
        """Quote the first sentence of every article in scope."""
        chosen = [s for s in self.sources() if sources is None or s in sources]
        citations = tuple(
            self.cite(n, s, self.documents[s].split(". ")[0] + ".") for n, s in enumerate(chosen, start=1)
        )
        yield Retrieved(())
        yield Evidence(citations)
        yield Answered(quoted(question, citations))


def quoted(question: str, citations: Sequence[Citation], text: str | None = None) -> Answer:
    claims = tuple(Claim(text or f"“{c.quote}” [{c.n}]", (c.n,), "quoted", "stated") for c in citations)
    return Answer(
        question,
        question,
        "answered",
        " ".join(c.text for c in claims),
        claims,
        tuple(citations),
        None,
        "extractive",
        TIMINGS,
    )


def absent(question: str, nearest: Sequence[Near], term: str = "NATO", skipped: int = 2) -> Answer:
    found = Absence((Topic(term, (term.upper(),), 0, 1),), Searched(3, 41, skipped), tuple(nearest))
    text = f"The 3 articles don’t mention “{term}”."
    return Answer(question, question, "not_mentioned", text, (), (), found, "extractive", TIMINGS)
