"""What a list says is left out is answered by its items, not by the line above them."""

from __future__ import annotations

import pytest

import rag

TICKET = (
    "Harbour day ticket\n\nThe ticket covers the ferry and the cable car.\n\nThe ticket does not cover:\n\n"
    "- the lighthouse tower\n- bicycles\n- dogs over 20 kg\n\nTickets are sold at the kiosk on Pier Street.\n"
)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("lists")
    (folder / "ticket.txt").write_text(TICKET, "utf-8")
    (folder / "notice.txt").write_text("The kiosk is closed on Mondays. Ask the harbour master.", "utf-8")
    rag.build_index([folder], folder / "index", embedder=embedder)
    return rag.Assistant(folder / "index", embedder=embedder)


@pytest.mark.parametrize(
    "question", ["What is not covered by the harbour ticket?", "What is not covered by the day ticket?"]
)
def test_its_items_are_quoted(harbour, question):
    text = harbour.ask(question).text
    assert "lighthouse tower" in text and "bicycles" in text and "dogs" in text
