"""What a document itself labels as its result: a summary, a conclusion, findings, decisions.

Three places bear a label: a heading, the words that lead a paragraph in ("**Results.** …", "Summary: …"), and a line
by itself above a paragraph or a list ("Decisions:"). Sentences under such headings are those that people choose for a
summary (Edmundson 1969, "New methods in automatic extracting", J. ACM 16(2), p. 264: the location method), and who
wrote them says himself that they hold the upshot. Only whole labels count: "Results of the 1998 season" is a subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.text.blocks import Kind
from rag.text.seen import seen
from rag.text.units import Unit
from rag.types import Sentence, Span


class Label(StrEnum):
    """What a part of a document is called; what sums up more stands first."""

    SUMMARY = "summary"
    CONCLUSION = "conclusion"
    FINDINGS = "findings"
    DECISIONS = "decisions"


# In the searchable form, English first, then German, French, Spanish, Italian, Dutch, Portuguese, Chinese, Japanese
# and Korean.
_NAMES: dict[Label, str] = {
    Label.SUMMARY: """summary, abstract, in brief, in short, at a glance, tl;dr, tldr, key points, main points,
        takeaways, highlights, zusammenfassung, kurzfassung, kurz gefasst, in kurze, auf einen blick,
        das wichtigste in kurze, das wichtigste, kernaussagen, resume, synthese, en bref, l'essentiel, points cles,
        resumen, sintesis, en breve, en resumen,
        puntos clave, riassunto, sintesi, sommario, in breve, in sintesi, punti chiave, samenvatting, in het kort,
        kernpunten, resumo, sintese, em resumo, em sintese, pontos-chave, pontos chave, pontos principais,
        摘要, 总结, 概要, 要点, 要約, 要旨, まとめ, 요약, 초록""",
    Label.CONCLUSION: """conclusion, conclusions, in conclusion, concluding remarks, bottom line, take-home message,
        fazit, schlussfolgerung, schlussfolgerungen, conclusion de l'etude, pour conclure, conclusiones,
        conclusioni, conclusione, conclusie, conclusies, tot slot, conclusao, conclusoes, 结论, 結論, 결론""",
    Label.FINDINGS: """findings, results, what we found, what was found, ergebnis, ergebnisse, befunde, resultats,
        constats, resultados, hallazgos, risultati, resultaten, bevindingen, achados, 结果, 研究结果, 結果, 결과""",
    Label.DECISIONS: """decisions, decision, resolutions, decisions taken, decisions made, what was decided,
        what we decided, agreed, decided, outcome, outcomes, beschluss, beschlusse, entscheidungen, decisions prises,
        acuerdos, decisiones, decisioni, deliberazioni, besluiten, decisoes, deliberacoes, 决定, 決定, 決定事項, 결정,
        결정 사항""",
}
_LABELS = {name: label for label, names in _NAMES.items() for name in " ".join(names.split()).split(", ")}
# What else leads a paragraph in within a labelled part: an abstract's paragraph on methods is no result.
_OTHERS = frozenset(
    """background, context, introduction, aim, aims, objective, objectives, purpose, motivation, question, questions,
    method, methods, materials, design, setting, participants, data, limits, limitations, funding, keywords, key words,
    acknowledgements, acknowledgments, declaration of interests, conflicts of interest, competing interests, references,
    hintergrund, einleitung, ziel, ziele, methode, methoden, methodik, grenzen, stichworter, schlusselworter,
    contexte, introduction, objectif, objectifs, methode, methodes, limites, mots-cles, mots cles, antecedentes,
    objetivo, objetivos, metodo, metodos, limitaciones, palabras clave, contesto, obiettivo, obiettivi, metodi, limiti,
    parole chiave, achtergrond, doel, methoden, beperkingen, trefwoorden, metodologia, limitacoes,
    palavras-chave""".replace("\n    ", " ").split(", ")
)
_QUALIFIERS = re.compile(
    r"^(?:(?:the|our|my|a|main|key|principal|overall|general|short|brief|quick|executive|important|final|major|zentrale"
    r"|wichtigste|wesentliche|principaux|principales|principais|principali|belangrijkste) )+"
)
_AND = re.compile(r" (?:and|und|et|y|e|en|&) |(?<=\S)[与和及と](?=\S)")
_NUMBER = re.compile(r"[\W_]{0,8}(?:(?:\d{1,3}(?:\.\d{1,3}){0,4}|[ivx]{1,4}(?=[.)]))[.):]?\s{0,4})?")
_LEVEL = re.compile(r"\s{0,3}(?P<hashes>#{1,6})?[\s*_]{0,4}(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})?")
_RUN_IN = re.compile(r"[>*_\s•+-]{0,8}(?P<name>[^\W\d_][^\n:：.*|–—]{1,40}?)[ ]?(?:[.:*_]{1,4}(?=\s|$)|：|[–—](?=\s))")
_LONGEST = 60  # characters of a label


@dataclass(frozen=True)
class _Section:
    """The labelled part at hand; `level`: of its heading, 0 where it shows none."""

    label: Label
    level: int


def label_of(line: str) -> Label | None:
    """The label that a heading is; None for any other.

    Args:
        line: the heading with its marks and number.
    """
    name = _bare(line)
    if found := _LABELS.get(name) or _LABELS.get(_QUALIFIERS.sub("", name, count=1)):
        return found
    parts = [_QUALIFIERS.sub("", part, count=1) for part in _AND.split(name)]
    if any(part in _OTHERS for part in parts):
        return None
    return next((_LABELS[part] for part in parts if part in _LABELS), None)


def level_of(line: str) -> int:
    """How deep a heading stands by its hashes or its number; 0 where it shows neither."""
    match = _LEVEL.match(line)
    if match is None:
        return 0
    return len(match["hashes"] or "") or (match["number"].count(".") + 1 if match["number"] else 0)


def labels(text: str, sentences: Sequence[Sentence | Span], units: Sequence[Unit]) -> tuple[Label | None, ...]:
    """The label that each sentence stands under; None under none, and for headings and labels themselves.

    Args:
        text: a document's.
        sentences: its sentences, in order.
        units: theirs.
    """
    found: list[Label | None] = []
    section: _Section | None = None
    own: Label | None = None
    pending: Label | None = None  # of a line that is nothing but a label: it is the next block's
    of_group: tuple[int, Label] | None = None
    group: int | None = None
    for number, (sentence, unit) in enumerate(zip(sentences, units, strict=True)):
        if unit.kind is Kind.HEADING:
            if unit.begins:
                section = _entered(section, text[sentence.start : sentence.end])
            own, pending, of_group, group = None, None, None, None
            found.append(None)
            continue
        begins = unit.group != group or unit.kind is Kind.ITEM and unit.begins
        if begins:
            if pending:
                of_group, pending = (unit.group, pending), None
            group = unit.group
            own = of_group[1] if of_group and of_group[0] == group else section.label if section else None
        match = _RUN_IN.match(text, sentence.start, min(len(text), sentence.start + _LONGEST)) if begins else None
        if match:
            name, other = label_of(match["name"]), _bare(match["name"]) in _OTHERS
            own = name or (None if other else own)
            if match.end() >= sentence.end and (name or other):
                last = number + 1 == len(units) or units[number + 1].group != group
                pending = name if last else None
                found.append(None)
                continue
        found.append(own)
    return tuple(found)


def _entered(section: _Section | None, line: str) -> _Section | None:
    """The labelled part that a heading begins, or goes on with as a heading below its own."""
    label, level = label_of(line), level_of(line)
    if label:
        return _Section(label, level)
    return section if section and 0 < section.level < level else None


def _bare(line: str) -> str:
    """A label as labels are compared: in the searchable form, without number, marks and end."""
    if len(line) > _LONGEST:
        return ""
    name = seen(line).text.casefold()
    number = _NUMBER.match(name)
    return name[number.end() if number else 0 :].strip(" \t:.*_#–—-|：。")
