"""Training examples, from the files in `../shared/train`.

Each reader turns one file's rows into `Example`s and keeps what a split must not tear apart in `group`.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from models.network import KINDS
from models.protocols import VERDICTS

Task = Literal["question", "claim"]
UNSUPPORTED = "unsupported"  # refuted or unsaid: which of the two was not told


@dataclass(frozen=True)
class Example:
    """A question or claim, a passage, and what should be said of them.

    `spans` are half-open ranges of code points of the passage: the answer, or the sentence that decides
    between yes, no and undecided. They are empty for claims and where there is no answer.
    """

    task: Task
    text: str
    passage: str
    label: str  # of KINDS; or of VERDICTS, or UNSUPPORTED
    spans: tuple[tuple[int, int], ...]
    origin: str  # the file it is from, with what was done to it
    group: str  # examples of one group stay on one side of a split
    beside: str = ""  # the group that the passage is from, where it is another
    answer: str = ""  # in a person's own words, where spans are only what it rests on

    def __post_init__(self) -> None:
        """Refuse a label that no head knows."""
        if self.label not in (KINDS if self.task == "question" else (*VERDICTS, UNSUPPORTED)):
            raise ValueError(f"{self.label!r} is no label of a {self.task}")


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one file of gzip'd JSON lines."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def squad(folder: Path) -> list[Example]:
    """SQuAD 1.1 and 2.0 (Rajpurkar et al. 2018); a group is an article."""
    return [
        Example(
            "question",
            row["question"],
            row["context"],
            "span" if row["answers"] else "absent",
            tuple(dict.fromkeys((a["start"], a["start"] + len(a["text"])) for a in row["answers"])),
            "squad",
            f"squad:{row['title']}",
        )
        for row in rows(folder, "squad")
    ]


_CONDAQA = {"YES": "yes", "NO": "no", "DON'T KNOW": "undecided"}


def condaqa(folder: Path) -> list[Example]:
    """CondaQA (Ravichander et al. 2022): questions about what a negation implies; a group is a passage with its edits.

    What decides between yes, no and undecided is the sentence with the negation, or what an edit made of it.
    """
    found = []
    for row in rows(folder, "condaqa"):
        label, passage = row["label"], row["passage"]
        wanted = row["sentence"] if label in _CONDAQA else label
        at = passage.lower().find(wanted.lower())
        if at >= 0:
            span = (at, at + len(wanted))
        elif label in _CONDAQA:
            span = _most_alike(row["sentence"], passage)
        else:
            continue
        group = f"condaqa:{row['passage_id']}"
        found.append(
            Example("question", row["question"], passage, _CONDAQA.get(label, "span"), (span,), "condaqa", group)
        )
    return found


def _most_alike(sentence: str, passage: str) -> tuple[int, int]:
    """The place of the passage's sentence that shares most of its words with another."""
    said = set(sentence.lower().split())

    def likeness(text: str) -> float:
        own = set(text.lower().split())
        return len(said & own) / max(1, len(said | own))

    best = max(sentences(passage), key=likeness)
    at = passage.find(best)
    return at, at + len(best)


def qamr(folder: Path, seed: int, count: int, fewer: bool = False, near: bool = False) -> list[Example]:
    """QAMR (Michael et al. 2018): `count` questions, each asked of three sentences.

    Some of them see the sentence that answers among two others, the rest see others alone; with `fewer`,
    the others are two, one, or (beside the answer) none; with `near`, half of the time they are among the
    likest ones. A group is a sentence.
    """
    draw = random.Random(seed)
    asked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(folder, "qamr"):
        asked[row["sentence_id"]].append(row)
    plain = {key: detokenised(of[0]["sentence"]) for key, of in asked.items()}
    keys = sorted(plain)
    neighbours = _likest_sentences(keys, plain) if near else {}
    everything = [row for key in keys for row in asked[key]]
    found = []
    for row in draw.sample(everything, min(count, len(everything))):
        own, answer = row["sentence_id"], detokenised(row["answer"])
        pool = neighbours[own] if near and draw.random() < 0.5 else keys
        others = [plain[k] for k in draw.sample(pool, 3) if k != own][:2]
        present = draw.random() < 0.6
        if fewer:
            others = others[: draw.randint(0 if present else 1, 2)]
        sentences = [*others, plain[own]] if present else others
        draw.shuffle(sentences)
        passage = " ".join(sentences)
        at = passage.find(answer, passage.find(plain[own])) if present else -1
        if present and at < 0 or not present and near and answer.lower() in passage.lower():
            continue
        spans = ((at, at + len(answer)),) if present else ()
        label = "span" if present else "absent"
        found.append(Example("question", row["question"], passage, label, spans, "qamr", f"qamr:{own}"))
    return found


def _likest_sentences(keys: Sequence[str], plain: Mapping[str, str]) -> dict[str, list[str]]:
    """For each sentence the eight that share most of their rarer words with it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform([plain[k] for k in keys])
    likeness = (vectors @ vectors.T).toarray()
    return {k: [keys[i] for i in row.argsort()[::-1][1:9]] for k, row in zip(keys, likeness, strict=True)}


def natural_questions(folder: Path) -> list[Example]:
    """Natural Questions open with gold passages (Kwiatkowski et al. 2019); a group is a page."""
    found = []
    for row in rows(folder, "nq_oracle"):
        passage = row["passage"]
        starts = [(m.start(), m.end()) for a in row["answers"] for m in re.finditer(re.escape(a), passage, re.I)]
        if starts:
            group = f"nq:{row['title']}"
            found.append(Example("question", row["question"], passage, "span", tuple(starts), "nq", group))
    return found


def onestopqa(shared: Path) -> list[Example]:
    """OneStopQA (Berzak et al. 2020, "STARC", section 3): its critical spans, in their articles; a group is an article.

    Articles that `news.jsonl` asks about are left out: that set measures what is learnt.
    """
    held = {row["source"] for row in _lines(shared / "eval" / "news.jsonl")}
    found = []
    for row in _lines(shared / "eval" / "onestopqa.jsonl"):
        if row["source"] in held:
            continue
        passage = (shared / "corpora" / "news" / row["source"]).read_text("utf-8")
        spans = tuple((at, at + len(e)) for e in row["evidence"] if (at := passage.find(e)) >= 0)
        group = f"onestopqa:{row['source']}"
        if spans:
            found.append(
                Example("question", row["question"], passage, "span", spans, "onestopqa", group, answer=row["answer"])
            )
    return found


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, file.read_text("utf-8").splitlines())


_NLI = {
    "entailment": "supports", "contradiction": "refutes", "neutral": "says nothing", "not_entailment": "says nothing"
}  # fmt: skip


def negated_nli(folder: Path) -> list[Example]:
    """Negated RTE, SNLI and MNLI (Hossain et al. 2020). RTE's "not entailment" is no verdict and is left out."""
    return [
        Example("claim", r["hypothesis"], r["premise"], _NLI[r["label"]], (), "nli", f"nli:{r['premise']}")
        for r in rows(folder, "negation_nli")
        if r["label"] != "not_entailment"
    ]


def wice(folder: Path) -> list[Example]:
    """WiCE (Kamoi et al. 2023): claims of Wikipedia and the sentences that support them; a group is a claim."""
    found = []
    for row in rows(folder, "wice"):
        evidence, group = row["evidence"], f"wice:{row['claim']}"
        supporting = {i for those in row["supporting_sentences"] for i in those}
        if row["label"] == "supported" and row["supporting_sentences"]:
            passage = " ".join(evidence[i] for i in sorted(row["supporting_sentences"][0]))
            found.append(Example("claim", row["claim"], passage, "supports", (), "wice", group))
        rest = [s for i, s in enumerate(evidence) if i not in supporting and len(s.split()) > 6]
        if rest:
            passage = " ".join(_likest(row["claim"], rest))
            found.append(Example("claim", row["claim"], passage, "says nothing", (), "wice", group))
    return found


def _likest(claim: str, sentences: Sequence[str]) -> list[str]:
    """The three sentences that share most words with a claim, in their order."""
    said = set(claim.lower().split())
    best = sorted(range(len(sentences)), key=lambda i: -len(said & set(sentences[i].lower().split())))[:3]
    return [sentences[i] for i in sorted(best)]


_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"’')\]]*\s+(?=[A-Z“\"(])")


def sentences(passage: str) -> list[str]:
    """A passage cut at sentence ends; rough, since a cut too few or too many does no harm here."""
    return [s for s in _SENTENCE_END.split(passage) if s.strip()] or [passage]


_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": "“", "''": "”"}
_BEFORE = re.compile(r"\s+([,.;:?!%)\]”]|n't\b|'(?:s|re|ve|ll|d|m)\b|'(?=\s|$))")
_AFTER = re.compile(r"([(\[“$])\s+")


def detokenised(text: str) -> str:
    """Tokens of a treebank written as a person would."""
    joined = " ".join(_BRACKETS.get(token, token) for token in text.split())
    return _AFTER.sub(r"\1", _BEFORE.sub(r"\1", joined))
