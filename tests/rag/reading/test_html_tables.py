"""Tables of pages: merged cells stand in every place that they cover, heads of two rows are one."""

from __future__ import annotations

import pytest
from samples import LONG, html

from rag.reading.html import read_html


def rows(table: str) -> list[str]:
    text = read_html(html(f"<p>{LONG}</p><p>{LONG}</p><table>{table}</table><p>{LONG}</p>")).text
    return [line.strip() for line in text.splitlines() if line.startswith("|")]


def test_a_header_of_two_rows_is_one():
    head = "<tr><th rowspan=2>Port</th><th colspan=2>2023</th><th colspan=2>2024</th></tr><tr><th>Q1</th><th>Q2</th><th>Q1</th><th>Q2</th></tr>"
    body = "<tr><td>Astrey</td><td>1</td><td>2</td><td>3</td><td>4</td></tr>"
    wanted = ["| Port | 2023 Q1 | 2023 Q2 | 2024 Q1 | 2024 Q2 |", "|---|---|---|---|---|", "| Astrey | 1 | 2 | 3 | 4 |"]
    assert rows(f"<thead>{head}</thead><tbody>{body}</tbody>") == wanted
    assert rows(head + body) == wanted


def test_cells_that_reach_over_rows_stand_in_each():
    head = "<tr><th>Coast</th><th>Port</th><th>Ships</th></tr>"
    body = "<tr><td rowspan=2>North</td><td>Astrey</td><td>1</td></tr><tr><td>Marwick</td><td>2</td></tr><tr><td colspan=2>all</td><td>3</td></tr>"
    assert rows(head + body)[2:] == ["| North | Astrey | 1 |", "| North | Marwick | 2 |", "| all | all | 3 |"]


@pytest.mark.parametrize("span", ["0", "-3", "x", "99999999", "1e9"])
def test_a_reach_that_is_none_costs_nothing(span):
    found = rows(
        f"<tr><th>Port</th><th>Ships</th></tr><tr><td rowspan='{span}' colspan='{span}'>Astrey</td><td>7</td></tr>"
    )
    assert any("Astrey" in line and "7" in line for line in found)


def test_a_table_that_lays_out_a_page_is_left_alone():
    inner = "<table><tr><td colspan=2>inside</td></tr></table>"
    assert "inside" in read_html(html(f"<p>{LONG}</p><table><tr><td colspan=9>{inner}</td></tr></table>")).text
