"""What a document labels as its result, by headings, by words that lead a paragraph in, by a line above a list."""

from __future__ import annotations

import pytest

from rag.text.labelled import Label, label_of, labels, level_of
from rag.text.sentences import split
from rag.text.units import units

REPORT = """# The reed beds of Tolm

Summary: The beds clean the brook. They cost little.

## 1 Method

We took water every week. Nothing was added to it.

## 2 Results

### 2.1 Spring

Less phosphate left the beds than came in. Birds came, too.

## 3 Talk of other brooks

The brook at Marl is dirtier. No bed was laid there.

Decisions:

- Lay two more beds
- Ask Marl for leave

**Conclusions.** Beds pay for themselves. **They** should be wider.

**Methods.** This was done twice.
"""


def told(text: str) -> dict[str, Label | None]:
    spans = split(text)
    found = labels(text, spans, units(text, spans))
    return {text[span.start : span.end]: label for span, label in zip(spans, found, strict=True)}


def test_what_stands_below_a_label_is_labelled():
    found = told(REPORT)
    summary, findings, decisions = Label.SUMMARY, Label.FINDINGS, Label.DECISIONS
    assert found["Summary: The beds clean the brook."] is found["They cost little."] is summary
    assert found["Less phosphate left the beds than came in."] is found["Birds came, too."] is findings  # heading below
    assert found["- Lay two more beds"] is found["- Ask Marl for leave"] is decisions
    assert found["Beds pay for themselves."] is Label.CONCLUSION
    unlabelled = ("We took water every week.", "The brook at Marl is dirtier.", "This was done twice.", "Decisions:")
    assert [found[s] for s in unlabelled] == [None] * 4


def test_an_abstract_s_other_paragraphs_are_no_result():
    found = told("# A\n\n## Abstract\n\n**Background.** Reeds grow.\n\n**Results.** They clean.\n\nThey are green.\n")
    assert found["Reeds grow."] is None
    assert found["They clean."] is Label.FINDINGS and found["They are green."] is Label.SUMMARY


def test_the_end_of_a_labelled_part_without_levels_is_the_next_heading():
    found = told("The mill\n\nCONCLUSION\n\nIt is sound. It stands.\n\nTHANKS\n\nWe thank the miller. He was kind.\n")
    assert found["It is sound."] is Label.CONCLUSION and found["We thank the miller."] is None


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("## 5. Key findings", Label.FINDINGS),
        ("IV. Conclusions", Label.CONCLUSION),
        ("Results and discussion", Label.FINDINGS),
        ("**Executive summary**", Label.SUMMARY),
        ("In brief", Label.SUMMARY),
        ("Das Wichtigste in Kürze", Label.SUMMARY),
        ("4 Ergebnisse", Label.FINDINGS),
        ("Beschlüsse", Label.DECISIONS),
        ("Résumé", Label.SUMMARY),
        ("Conclusión", Label.CONCLUSION),
        ("Conclusiones", Label.CONCLUSION),
        ("Sintesi", Label.SUMMARY),
        ("Samenvatting", Label.SUMMARY),
        ("Decisões", Label.DECISIONS),
        ("结论", Label.CONCLUSION),
        ("まとめ", Label.SUMMARY),
        ("결론", Label.CONCLUSION),
        ("Methods and results", None),
        ("Results of the 1998 season", None),
        ("Findings Lane", None),
        ("", None),
    ],
)
def test_names_of_labels(line, label):
    assert label_of(line) is label


def test_levels():
    assert [level_of(line) for line in ("# A", "### A", "2.1 Costs", "4 Costs", "COSTS", "")] == [1, 3, 2, 1, 0, 0]
