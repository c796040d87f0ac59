"""More training examples from `../shared/train`: windows of documents, natural questions, statements and verdicts."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from models.training.examples import UNSUPPORTED, Example, rows
from models.training.statements import asked_of_premises, parse


def windows(file: Path) -> Iterator[Example]:
    """What `python -m rag.training_data.windows` wrote; a group is a document."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            r = json.loads(line)
            spans = tuple((a, b) for a, b in r["spans"])
            origin = f"{r['origin']}, with the answer" if spans and "," in r["origin"] else r["origin"]
            yield Example("question", r["question"], r["passage"], r["label"], spans, origin, r["group"], r["beside"])


def wiki_questions(folder: Path) -> list[Example]:
    """Questions over SQuAD's paragraphs; a group is an article. `near`: the window around the sentence that tempts."""
    found = []
    for row in rows(folder, "wiki_questions"):
        kind, passage = row["kind"], row["passage"]
        label = {"fact": "span", "denial": "span"}.get(kind, kind)
        at = passage.find(row["evidence"])
        place = (at, at + len(row["evidence"]))
        if label == "span":
            start = passage.find(row["span"], *place)
            place = (start, start + len(row["span"]))
        spans = () if label == "absent" else (place,)
        group = f"squad:{row['title']}"
        found.append(Example("question", row["question"], passage, label, spans, "wiki", group))
        if label == "absent":
            found.append(Example("question", row["question"], row["evidence"], label, (), "wiki, near", group))
    return found


def boolq(folder: Path) -> list[Example]:
    """BoolQ (Clark et al. 2019); a group is a page. Which words decide is not told."""
    return [
        Example(
            "question",
            r["question"],
            r["passage"],
            r["label"],
            (),
            "boolq",
            f"nq:{r.get('title') or r['passage'][:60]}",
        )
        for r in rows(folder, "boolq")
    ]


def qed(folder: Path) -> list[Example]:
    """QED over Natural Questions (Lamm et al. 2021); a group is a page."""
    found = []
    for r in rows(folder, "qed_nq"):
        known = r["label"] == "answerable"
        spans = ((r["answer_start"], r["answer_start"] + len(r["answer"])),) if known else ()
        label = "span" if known else "absent"
        found.append(
            Example(
                "question",
                r["question"],
                r["passage"],
                label,
                spans,
                "qed",
                f"nq:{r.get('title') or r['passage'][:60]}",
            )
        )
    return found


_SHARC = {"yes": "yes", "no": "no", "undetermined": "undecided", "irrelevant": "absent"}


def rules(folder: Path) -> list[Example]:
    """ConditionalQA (Sun et al. 2022) and ShARC (Saeidi et al. 2018): a rule, and a person's case after it."""
    found = []
    for r in rows(folder, "conditionalqa"):
        passage = f"{r['passage']}\n{r['scenario']}"
        label = "undecided" if r["label"] == "depends" else r["label"]
        spans = ((r["answer_start"], r["answer_start"] + len(r["answer"])),) if label == "span" else ()
        found.append(Example("question", r["question"], passage, label, spans, "conditionalqa", f"cqa:{r['passage']}"))
    for r in rows(folder, "sharc_dev"):
        passage = "\n".join(filter(None, (r["passage"], r.get("scenario"), r.get("history"))))
        group = f"sharc:{r['passage']}"
        found.append(Example("question", r["question"], passage, _SHARC[r["label"]], (), "sharc", group))
    return found


def pubmedqa(folder: Path) -> list[Example]:
    """PubMedQA (Jin et al. 2019): the conclusion decides, with the sentences before it."""
    found = []
    for r in rows(folder, "pubmedqa"):
        before = r["passage"][-300:].partition(". ")[2]
        passage = f"{before} {r['conclusion']}".strip()
        place = (len(passage) - len(r["conclusion"].strip()), len(passage))
        label = {"maybe": "undecided"}.get(r["label"], r["label"])
        found.append(Example("question", r["question"], passage, label, (place,), "pubmedqa", f"pubmed:{r['id']}"))
    return found


def statements(folder: Path, seed: int) -> list[Example]:
    """True and false short statements on sentences of articles; a group is an article.

    A false one says something else with the sentence's words. A true one put beside another sentence of its article
    is unsaid there.
    """
    draw = random.Random(seed)
    everything = list(rows(folder, "statements"))
    of_article: dict[str, list[str]] = {}
    for r in everything:
        of_article.setdefault(r["source"], []).append(r["sentence"])
    found = []
    for r in everything:
        group = f"news:{r['source']}"
        passage = f"{r['before']} {r['sentence']}" if r["before"] else r["sentence"]
        texts = [(text, "supports") for text in r["true"]] + [(text, UNSUPPORTED) for text in r["false"]]
        for text, label in texts:
            said = text if text.endswith((".", "!", "?")) else f"{text}."
            found.append(Example("claim", said, passage, label, (), "statements", group))
        others = [s for s in of_article[r["source"]] if s != r["sentence"]]
        if others:
            other = draw.choice(others)
            text = draw.choice(r["true"])
            found.append(Example("claim", f"{text}.", other, UNSUPPORTED, (), "statements, elsewhere", group))
    return found


_NLI = {
    "entailment": "supports", "contradiction": "refutes", "neutral": "says nothing",
    "supported": "supports", "refuted": "refutes",
}  # fmt: skip
_NUMBER = re.compile(r"\d+")


def inference(folder: Path) -> list[Example]:
    """Entailment: TENP (Bowman et al. 2020), CAD (Kaushik et al. 2020), ScoNe (She et al. 2023), FEVER Symmetric.

    A group is what one premise or its edits gave rise to. ScoNe's "neutral" is unsupported: some of it is refuted.
    """
    found = []
    for r in rows(folder, "tenp_nli"):
        group = f"tenp:{r['id'].rpartition('_')[2].partition('.')[0]}"
        found.append(Example("claim", r["hypothesis"], r["premise"], _NLI[r["label"]], (), "tenp", group))
    for r in rows(folder, "cad_nli"):
        group = f"cad:{r['split']}-{r['id'].rpartition('-')[2]}"
        found.append(Example("claim", r["hypothesis"], r["premise"], _NLI[r["label"]], (), "cad", group))
    for r in rows(folder, "scone_nli"):
        label = "supports" if r["label"] == "entailment" else UNSUPPORTED
        group = f"scone:{r['split']}-{r['id'].rpartition('-')[2]}"
        found.append(Example("claim", r["hypothesis"], r["premise"], label, (), "scone", group))
    for r in rows(folder, "fever_symmetric"):
        subject = " ".join(r["claim"].split()[:2])  # the claims of a pair begin alike
        found.append(Example("claim", r["claim"], r["passage"], _NLI[r["label"]], (), "fever", f"fever:{subject}"))
    return found


_FACTUALITY = {
    "happened": ("supports", "yes"), "not_happened": ("refutes", "no"), "uncertain": ("says nothing", "undecided"),
}  # fmt: skip


def factuality(folder: Path) -> list[Example]:
    """MegaVeridicality (White et al. 2018): what a verb says of the event below it, as a claim and as a question.

    Only the frames whose event is that a thing happened: of the others the claim would be no English. A group is a
    verb.
    """
    found = []
    for r in rows(folder, "factuality_mv2"):
        if not r["event"].startswith("happen"):
            continue
        verdict, kind = _FACTUALITY[r["label"]]
        passage = r["passage"].rstrip(".") + "."
        group = f"mv2:{_verb(passage)}"
        whole = ((0, len(passage)),)
        found.append(Example("claim", "A particular thing happened.", passage, verdict, (), "factuality", group))
        asked = "Did a particular thing happen?"
        found.append(Example("question", asked, passage, kind, whole, "factuality, asked", group))
    return found


def _verb(passage: str) -> str:
    words = [w for w in passage.split() if w.lower() not in ("someone", "was", "wasn't", "didn't", "john", "a", "that")]
    return words[0][:5].lower() if words else ""


def asked(claims: Sequence[Example]) -> list[Example]:
    """Claims of simple form made yes/no questions of their premise; what a premise says nothing of is absent."""
    found = [replace(e, origin=f"{e.origin}, asked") for e in asked_of_premises(claims)]
    for claim in claims:
        statement = parse(claim.text) if claim.label == "says nothing" else None
        if statement:
            question = replace(claim, task="question", text=statement.asked(), label="absent")
            found.append(replace(question, origin=f"{claim.origin}, asked"))
    return found
