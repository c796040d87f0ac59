"""A collection whose answers come in every shape: rows of a table, values side by side, a long list, an absence.

A question names the shape it gets. The words of all places are given, so that they can be hostile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scripted import Scripted, absent, quoted

from rag.answering.compose import escaped, marked
from rag.types import Answered, Claim, Evidence, Listed, Near, Span

PLAIN = "The quay"
SHAPES = ("table", "sides", "list", "absence")
ITEMS = 24


@dataclass(frozen=True)
class Words:
    """What stands in the places of a collection."""

    title: str = PLAIN
    author: str = "Ada Brand"
    outlet: str = "The Torby Echo"
    kind: str = "letter"
    cell: str = "East quay"
    value: str = "£13,900"
    topic: str = "new harbour"


class Shapely(Scripted):
    """Answers of every shape about three documents.

    Args:
        words: what stands in their places.
    """

    def __init__(self, words: Words | None = None) -> None:
        self.words = words or Words()
        cell, value = (" ".join(w.replace("|", "/").split()) for w in (self.words.cell, self.words.value))
        self.value = value
        self.head = "| Mooring | Depth | Fee | Since | Keeper |"
        self.rows = [f"| {cell} {n} | {n}.5 | £{n}2 | 19{n:02} | Jens Holt |" for n in range(1, ITEMS + 1)]
        names = [f"Mooring {n} was let to barge {n}." for n in range(1, ITEMS + 1)]
        texts = {
            "quays.md": "\n".join([self.head, "|---|---|---|---|---|", *self.rows]) + "\n",
            "new.txt": f"Repairs cost {value} in all. Nobody knows who pays.\n",
            "old.txt": f"Repairs will cost {value} or so. " + " ".join(names) + "\n",
        }
        super().__init__(texts, self._shape, titles=dict.fromkeys(texts, self.words.title))
        self.topics = (self.words.topic, "old harbour")

    def articles(self):
        """The documents with all that can be known of one."""
        w = self.words
        return tuple(
            Listed(s, w.title, "2024-05-03", 2, w.outlet, author=w.author, kind=w.kind) for s in self.sources()
        )

    def document(self, source):
        """One of them with the same."""
        w = self.words
        return replace(super().document(source), author=w.author, outlet=w.outlet, kind=w.kind, date="2024-05-03")

    def _shape(self, question, history, sources):
        shape = next((name for name in SHAPES if name in question), "list")
        answer = getattr(self, f"_{shape}")(question)
        yield Evidence(answer.citations)
        yield Answered(answer)

    def _table(self, question):
        head = self.cite(len(self.rows) + 1, "quays.md", self.head)
        spans = Span(head.start, head.end)
        cited = [self.cite(n, "quays.md", row) for n, row in enumerate(self.rows, start=1)]
        cited = [replace(c, spans=(Span(c.start, c.end), spans)) for c in cited]
        first = cited[0]
        at = first.start + first.quote.index("£12")
        cited[0] = replace(first, answer=Span(at, at + 3))
        return quoted(question, (*cited, head), text=" ".join(f"{marked(c.quote)} [{c.n}]" for c in (*cited, head)))

    def _sides(self, question):
        cited = [self.cite(1, "new.txt", f"Repairs cost {self.value} in all."),
                 self.cite(2, "old.txt", f"Repairs will cost {self.value} or so.")]  # fmt: skip
        at = [c.start + c.quote.index(self.value) for c in cited]
        cited = [replace(c, answer=Span(a, a + len(self.value))) for c, a in zip(cited, at, strict=True)]
        leads = ("As of 5 May 2023", "Earlier, 3 May 2023")
        claims = [
            Claim(f"{lead}: {marked(c.quote)} [{c.n}]", (c.n,), "quoted", "stated")
            for lead, c in zip(leads, cited, strict=True)
        ]
        return replace(quoted(question, cited), claims=tuple(claims))

    def _list(self, question):
        cited = [self.cite(n, "old.txt", f"Mooring {n} was let to barge {n}.") for n in range(1, ITEMS + 1)]
        text = ", ".join(f"{escaped(self.words.title)} {c.n} [{c.n}]" for c in cited)
        claim = Claim(text, tuple(c.n for c in cited), "supported", "stated")
        return replace(quoted(question, cited), claims=(claim,), text=text)

    def _absence(self, question):
        quote = "Nobody knows who pays."
        start = self.documents["new.txt"].index(quote)
        near = [Near("new.txt", quote, start, start + len(quote), 0.4)]
        return absent(question, near * 5, term=self.words.topic)
