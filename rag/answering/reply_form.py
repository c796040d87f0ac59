"""The form in which a language model of one's own replies to numbered evidence: as a grammar, a JSON schema, and read.

Ids are limited to those of the evidence while it decodes. A server may keep to neither, so nothing is taken for granted
when the reply is read: what isn't of this form is no reply.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from rag.evidence.polarity import Said

MAX_SENTENCES = 5
_MOST_IDS = 4  # that one sentence rests on, or that decide
_LONGEST = 600  # characters of a sentence
_REPLIES = get_args(Said)  # yes, no, open
_NONE = "none"
_TEXT = re.compile(r'"text"\s*:\s*"((?:[^"\\]|\\.)*)')
_NUMBER = re.compile(r"\[?s?(\d{1,3})\]?")


@dataclass(frozen=True)
class Told:
    """A sentence of a reply with the places (0-based) of what it rests on; None for an id that there isn't."""

    text: str
    places: tuple[int | None, ...]


@dataclass(frozen=True)
class Reply:
    """What a model replies."""

    answered: bool
    said: Said | None  # to a yes/no question
    decisive: tuple[int, ...]  # places (0-based) of the sentences that decide
    sentences: tuple[Told, ...]


def reply_grammar(count: int, *, polar: bool) -> str:
    """GBNF of a reply to `count` sentences, to a yes/no question or another."""
    said = " | ".join(f'"\\"{r}\\""' for r in _REPLIES) if polar else f'"\\"{_NONE}\\""'
    ids = " | ".join(f'"\\"s{n}\\""' for n in range(1, count + 1))
    none = rf'"false, \"reply\": \"{_NONE}\", \"decided_by\": [], \"sentences\": []"'
    some = (
        r'"true, \"reply\": " reply ", \"decided_by\": [" ids "], \"sentences\": [" sentence (", " sentence)'
        f'{{0,{MAX_SENTENCES - 1}}} "]"'
    )
    return (
        rf'root ::= "{{\"answered\": " ({none} | {some}) "}}"' + "\n"
        rf"reply ::= {said}" + "\n"
        r'sentence ::= "{\"text\": \"" letter+ "\", \"ids\": [" ids "]}"' + "\n"
        r'letter ::= [^"\\\x00-\x1F] | "\\" ["\\]' + "\n"
        f'ids ::= id (", " id){{0,{_MOST_IDS - 1}}}\n'
        f"id ::= {ids}\n"
    )


def reply_schema(count: int, *, polar: bool) -> Mapping[str, Any]:
    """The same as a JSON schema, as far as servers understand one."""
    ids = {"type": "array", "items": {"type": "string", "enum": [f"s{n}" for n in range(1, count + 1)]}}
    sentence = _object({"text": {"type": "string"}, "ids": ids})
    return _object(
        {
            "answered": {"type": "boolean"},
            "reply": {"type": "string", "enum": [*(_REPLIES if polar else ()), _NONE]},
            "decided_by": ids,
            "sentences": {"type": "array", "items": sentence},
        }
    )


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def read_reply(raw: str, count: int) -> Reply | None:
    """A finished reply to `count` sentences; None for what isn't of its form."""
    start = raw.find("{")
    try:
        found, _ = json.JSONDecoder().raw_decode(raw[start:] if start >= 0 else "")
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("answered"), bool):
        return None
    sentences = _sentences(found.get("sentences"), count)
    decisive = _places(found.get("decided_by"), count)
    if sentences is None or decisive is None:
        return None
    said = found.get("reply") if found.get("reply") in _REPLIES else None
    known = tuple(p for p in decisive if p is not None)
    if found["answered"] and not sentences:
        return None
    return Reply(found["answered"], said, known, sentences if found["answered"] else ())


def _sentences(value: object, count: int) -> tuple[Told, ...] | None:
    if not isinstance(value, list):
        return None
    found = []
    for one in value[:MAX_SENTENCES]:
        places = _places(one.get("ids"), count) if isinstance(one, dict) else None
        if places is None or not isinstance(one["text"] if "text" in one else None, str):
            return None
        found.append(Told(" ".join(one["text"].split())[:_LONGEST], places))
    return tuple(found)


def _places(value: object, count: int) -> tuple[int | None, ...] | None:
    """Places by ids: None among them for an id that there isn't; None for what are no ids."""
    if not isinstance(value, list):
        return None
    found: dict[int | None, None] = {}
    for one in value[:_MOST_IDS]:
        number = _NUMBER.fullmatch(str(one))
        place = int(number[1]) - 1 if number else -1
        found[place if 0 <= place < count else None] = None
    return tuple(found)


def words_so_far(raw: str) -> str:
    """The sentences of a reply that is still coming, to be shown as a draft."""
    return " ".join(_unescaped(text) for text in _TEXT.findall(raw))


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:  # it ends in the middle of an escape
        return text.rpartition("\\")[0]
