"""What the schema shows as an example."""

from __future__ import annotations

from typing import Any

_QUOTE = "The topics of the recognition of Crimea and the issue of sanctions were not discussed."
ANSWER: dict[str, Any] = {
    "question": "Were sanctions discussed?",
    "standalone_question": "Were sanctions discussed?",
    "status": "answered",
    "text": f"No: “{_QUOTE}” [1]",
    "claims": [{"text": f"No: “{_QUOTE}” [1]", "citations": [1], "verdict": "quoted", "stance": "denied"}],
    "citations": [
        {
            "n": 1,
            "source": "call.txt",
            "title": None,
            "quote": _QUOTE,
            "start": 1030,
            "end": 1030 + len(_QUOTE),
            "support": 0.98,
            "answer": None,
            "spans": [],
        }
    ],
    "absence": None,
    "model": "extractive",
    "timings": {"retrieve": 0.02, "first_quote": 0.31, "first_token": None, "total": 0.32},
    "sent_to": [],
}
