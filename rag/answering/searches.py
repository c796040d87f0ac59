"""Further searches that a language model of one's own proposes: in which form, and read.

They are looked for and nothing else: no word of them is ever said, and what isn't of this form is none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rag.language.words import content_words
from rag.text.seen import visible

MOST = 4  # searches
LONGEST = 200  # characters of one
_KEY = "searches"


def searches_grammar() -> str:
    """GBNF of a reply."""
    return (
        rf'root ::= "{{\"{_KEY}\": [" search (", " search){{0,{MOST - 1}}} "]}}"' + "\n"
        r'search ::= "\"" letter+ "\""' + "\n"
        r'letter ::= [^"\\\x00-\x1F]' + "\n"
    )


def searches_schema() -> Mapping[str, Any]:
    """The same as a JSON schema, as far as servers understand one."""
    return {
        "type": "object",
        "properties": {_KEY: {"type": "array", "items": {"type": "string"}}},
        "required": [_KEY],
        "additionalProperties": False,
    }


def read_searches(raw: str, besides: str) -> tuple[str, ...]:
    """The searches of a finished reply, each once; none for what isn't of its form.

    Args:
        raw: the reply.
        besides: what was searched for already.
    """
    start = raw.find("{")
    try:
        found, _ = json.JSONDecoder().raw_decode(raw[start:] if start >= 0 else "")
    except (ValueError, RecursionError):
        return ()
    told = found.get(_KEY) if isinstance(found, dict) else None
    if not isinstance(told, list):
        return ()
    tidy = (visible(one)[:LONGEST] for one in told[:MOST] if isinstance(one, str))
    known = {_flat(besides)}
    kept = []
    for one in tidy:
        if content_words(one) and _flat(one) not in known:
            kept.append(one)
            known.add(_flat(one))
    return tuple(kept)


def _flat(text: str) -> str:
    return " ".join(w.lower for w in content_words(text))
