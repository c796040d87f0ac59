"""What became of a matter: the outcome that stands in the part of a document that is about it.

"The motion was put to the vote and was lost" holds no word of what was moved. A part, below its heading or number, is
about a matter where its heading and one of its sentences hold all words of that; its outcome is what it says to be
carried, lost, agreed or put off after it first speaks of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.citing import cited
from rag.answering.compose import Composition, marked
from rag.asking.decided_asked import Decided
from rag.index.retrieve import retrieve
from rag.language.unsaid import unsaid
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.text.line import one_line
from rag.text.shape import is_question
from rag.types import Claim, Sentence, Span, Stance
from rag.ways.ask import Ask

_DONE = re.compile(
    r"\b(?:carried|defeated|unanimously|nem\.? con)\b"
    r"|\b(?:was|were) (?:put to the vote and (?:was )?)?(?:lost|passed|adopted|approved|accepted|agreed|decided"
    r"|rejected|refused|withdrawn|resolved|granted|endorsed|struck out)\b"
    r"|\b(?:amendment|motion|proposal|resolution) (?:fell|failed|passed|fails|falls)\b"
    r"|^\W*(?:resolved|agreed|carried|approved|adopted|rejected|lost|accepted)\b"
    r"|\b(?:committee|council|board|senate|members|meeting|trustees|governors|we|they) (?:\w+ )?(?:decided|resolved"
    r"|agreed|voted|chose|approved|rejected|adopted)\b(?! (?:whether|if))",
    re.I,
)
_PUT_OFF = re.compile(r"\bto (?:defer|postpone|adjourn)\b", re.I)
_GENERAL = frozenset("question matter issue item motion proposal idea vote point plan".split())
_MOST = 2  # sentences
_LONGEST = 14  # sentences of a part: a whole report below its title has other outcomes, too


@dataclass(frozen=True)
class _Part:
    sentences: tuple[Sentence, ...]
    heading: frozenset[str]  # stems


def outcome(ask: Ask, asked: Decided) -> Composition | None:
    """What is said to have been decided; None where no part, or more than one document, is about the matter.

    Args:
        ask: the question.
        asked: what of it is the matter.
    """
    wanted = content_stems(asked.matter) - content_stems(" ".join(_GENERAL))
    query = ask.models.embedder.embed_query(ask.question.standalone)
    passages = retrieve(ask.question.words, query, ask.index, ask.scope) if wanted else ()
    sources = list(dict.fromkeys(p.source for p in passages))
    found = [(part, ends) for source in sources for part in _parts(source, ask) if (ends := _ends(part, wanted))]
    headed = [(part, ends) for part, ends in found if part.heading & wanted] or found
    if len(headed) != 1:
        return None
    [(_, ends)] = headed
    is_open = all(_is_open(s) for s in ends)
    lead = ("No: " if is_open else "Yes: ") if asked.whether else ""
    stance: Stance = "undecided" if is_open else "stated"
    citations = tuple(replace(cited(s, ask.index), n=n) for n, s in enumerate(ends, start=1))
    claims = tuple(
        Claim(f"{lead if c.n == 1 else ''}{marked(c.quote)} [{c.n}]", (c.n,), "quoted", stance) for c in citations
    )
    return Composition(" ".join(c.text for c in claims), claims, citations)


def _parts(source: str, ask: Ask) -> Iterator[_Part]:
    """The parts of a document below its headings."""
    text = ask.text_of(source)
    run: list[Sentence] = []
    units = ask.index.article_units(source)
    for sentence in ask.index.article_sentences(source):
        section = units[sentence.position].section
        if run and units[run[-1].position].section != section:
            yield _part(run, units[run[-1].position].section, text)
            run = []
        if section is not None and units[sentence.position].kind not in (Kind.HEADING, Kind.HEAD, Kind.ROW):
            run.append(sentence)
    if run:
        yield _part(run, units[run[-1].position].section, text)


def _part(run: Sequence[Sentence], section: Span | None, text: str) -> _Part:
    heading = text[section.start : section.end] if section else ""
    return _Part(tuple(run), content_stems(heading))


def _ends(part: _Part, wanted: frozenset[str]) -> list[Sentence]:
    """The outcomes of a part that is about the matter."""
    if len(part.sentences) > _LONGEST:
        return []
    for at, sentence in enumerate(part.sentences):
        if wanted <= part.heading | content_stems(sentence.text):
            ends = [s for s in part.sentences[at:] if _is_outcome(s)]
            return ends[:_MOST]
    return []


def _is_outcome(sentence: Sentence) -> bool:
    return not is_question(sentence.text) and bool(_DONE.search(one_line(sentence.text)) or _is_open(sentence))


def _is_open(sentence: Sentence) -> bool:
    found = unsaid(sentence.text)
    return found is not None and found.kind == "undecided" or bool(_PUT_OFF.search(one_line(sentence.text)))
