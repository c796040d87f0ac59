"""What answers say in other languages than English: one catalogue, `phrases.json`, by language and key.

English words stand where they are used; nothing of them changes here. Where a phrase differs for one thing, a key
with "_one" holds it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("phrases.json")
_STOPS = {"zh": "。", "ja": "。"}
_COLONS = {"zh": "：", "ja": "：", "fr": "\xa0: "}  # a blank that doesn't break stands before it in French
_COMMAS = {"zh": "、", "ja": "、"}


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """All phrases, by language and key."""
    data: dict[str, dict[str, str]] = json.loads(_FILE.read_text("utf-8"))
    return data


def say(language: str, key: str, number: int | None = None, /, **values: object) -> str:
    """A phrase with its values; the one for a single thing where `number` is 1 and there is one."""
    phrases = catalogue()[language]
    one = f"{key}_one"
    return phrases[one if number == 1 and one in phrases else key].format(**values)


def ended(language: str, *sentences: str) -> str:
    """Sentences with a full stop after each, those that are empty aside."""
    stop = _STOPS.get(language, ".")
    gap = "" if stop == "。" else " "
    return gap.join(s if s.endswith((".", "。", "!", "?")) else f"{s}{stop}" for s in sentences if s)


def led(language: str, lead: str, rest: str) -> str:
    """Some words after "Yes" or the like and a colon."""
    return f"{lead}{_COLONS.get(language, ': ')}{rest}" if lead else rest


def listed(language: str, items: Sequence[str]) -> str:
    """Things in a row."""
    return _COMMAS.get(language, ", ").join(items)


def either(language: str, items: Sequence[str]) -> str:
    """Things of which none is there: "a, b or c"."""
    if len(items) < 2:
        return "".join(items)
    return say(language, "or", a=listed(language, items[:-1]), b=items[-1])
