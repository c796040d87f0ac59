"""Measure "Was X mentioned?" over the news articles: `python -m tests.rag.corpus.mentioned [--failures]`.

Names and things are drawn from the articles by chance (seeded), each put into twelve wordings: every one must be
answered Yes with a sentence that holds it; and as many invented names must all be denied, with the proof.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from pathlib import Path

from rag.assistant import Assistant
from rag.corpus.people import people_in
from rag.index.build import build_index
from rag.language.names import names
from rag.language.words import content_words
from rag.types import Answer

NEWS = Path(__file__).parents[4] / "shared" / "corpora" / "news"
MANY = 60
# Worded for this test; `mentioned` was not made to fit them.
WORDINGS = (
    "Was {} mentioned?",
    "Is {} ever brought up?",
    "Do the articles say anything about {}?",
    "Does anything in here touch on {}?",
    "Is there anything at all about {}?",
    "Did {} come up anywhere?",
    "Any word on {}?",
    "Could you find out for me whether {} gets mentioned?",
    "I was wondering if the texts talk about {}.",
    "Please check: does {} appear in any of these articles?",
    "Where do the articles mention {}?",
    "I have read a few of them myself – is {} discussed in one of the articles?",
)
_SYLLABLES = "bar del fen gor hul jas kel lom mir nov ost pel quin rud sev tam ul vor wex yan zim".split()
_HEAD = re.compile(r"[.!?:“\"]\s*$|^\s*$")


def drawn(assistant: Assistant, seed: int = 7) -> list[str]:
    """A third full names of people, a third other names, a third nouns of the articles."""
    chance = random.Random(seed)
    index = assistant.index()
    people = sorted({p.name for p in people_in(index, None) if " " in p.name})
    single, plain = set[str](), set[str]()
    for source in index.sources():
        for s in index.article_sentences(source):
            for w in names(s.text):
                if w.is_content and len(w.lower) > 3 and not _HEAD.search(s.text[: w.start]):
                    single.add(w.surface)
            plain |= {w.surface for w in content_words(s.text) if _is_noun(w.surface)}
    third = MANY // 3
    return [
        *(chance.sample(people, third)),
        *chance.sample(sorted(single), third),
        *chance.sample(sorted(plain), third),
    ]


def _is_noun(word: str) -> bool:
    from lemminflect import getAllLemmas

    return word.isalpha() and word.islower() and len(word) > 4 and set(getAllLemmas(word)) == {"NOUN"}


def invented(assistant: Assistant, seed: int = 7) -> list[str]:
    """Names that stand in no article."""
    chance = random.Random(seed)
    text = " ".join(assistant.document(s).text for s in assistant.sources())
    found: list[str] = []
    while len(found) < MANY:
        first, last = ("".join(chance.sample(_SYLLABLES, 2)).capitalize() for _ in range(2))
        name = first if len(found) % 3 == 0 else f"{first} {last}" if len(found) % 3 == 1 else first.lower()
        if name.split()[-1].lower() not in text.lower() and name not in found:
            found.append(name)
    return found


def is_right(answer: Answer, topic: str, *, where: bool) -> bool:
    """Whether it says Yes (or where), with a sentence that holds the topic."""
    lead = answer.text.startswith("Yes") or where
    parts = [p.lower()[:4] for p in topic.split()[-1:]]
    held = any(all(p in c.quote.lower() for p in parts) for c in answer.citations)
    return answer.status == "answered" and lead and held


def is_denied(answer: Answer, topic: str, *, where: bool) -> bool:
    """Whether it says No, with a search that found nothing."""
    lead = answer.text.startswith("No: ") or where
    proof = answer.absence and answer.absence.topics[0].exact + answer.absence.topics[0].variant == 0
    return answer.status == "not_mentioned" and lead and f"“{topic}”" in answer.text and bool(proof)


def measure(assistant: Assistant, *, failures: bool = False) -> dict[str, tuple[int, int]]:
    """For each wording how many of the names were found, and how many of the invented ones denied."""
    figures = {}
    there, nowhere = drawn(assistant), invented(assistant)
    for wording in WORDINGS:
        where = wording.startswith("Where")
        right = [is_right(assistant.ask(wording.format(t)), t, where=where) for t in there]
        denied = [is_denied(assistant.ask(wording.format(t)), t, where=where) for t in nowhere]
        figures[wording] = (sum(right), sum(denied))
        if failures:
            missed = [(t, assistant.ask(wording.format(t)).text) for t, ok in zip(there, right, strict=True) if not ok]
            kept = [(t, assistant.ask(wording.format(t)).text) for t, ok in zip(nowhere, denied, strict=True) if not ok]
            print(wording, missed, kept)
    return figures


def main() -> None:
    """Index the news articles and print the figures."""
    if not NEWS.is_dir():
        sys.exit(f"The news corpus is not at {NEWS}.")
    with tempfile.TemporaryDirectory() as folder:
        index = Path(sys.argv[sys.argv.index("--index") + 1]) if "--index" in sys.argv else Path(folder) / "index"
        if not index.is_dir():
            build_index([NEWS], index)
        figures = measure(Assistant(index), failures="--failures" in sys.argv)
    for wording, (right, denied) in figures.items():
        print(f"{right} of {MANY} found, {denied} of {MANY} denied  {wording}")


if __name__ == "__main__":
    main()
