"""The settings file: what a person would else type with every command.

    # ~/.config/unsaid/unsaid.toml
    index = "/home/ada/papers-index"
    llm = "mine"

    [ask]
    format = "md"

An option on the command line comes first, then the environment, then this file. It is the person's own: none that
happens to lie in a folder of documents is ever read.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.errors import RagError
from rag.settings import INDEX_VARIABLE

CONFIG_VARIABLE = "UNSAID_CONFIG"
_CURE = "Mend it, or delete it: {}"
Options = Mapping[str, Mapping[str, str]]  # of each command: an option's name as it is typed, and its parameter's


def config_path() -> Path:
    """Where the settings file lies: `UNSAID_CONFIG`, else in the user's configuration folder. It need not be there."""
    from platformdirs import user_config_path

    given = os.environ.get(CONFIG_VARIABLE)
    return Path(given).expanduser() if given else user_config_path("unsaid", appauthor=False) / "unsaid.toml"


def defaults(options: Options) -> dict[str, dict[str, Any]]:
    """The settings file as the parser's defaults: of each command its parameters' values; empty where there is none.

    Args:
        options: what can be set; a setting outside all tables holds for every command that has such an option.

    Raises:
        RagError: the file cannot be read, or names what there is not.
    """
    path = config_path()
    stored = _read(path)
    found: dict[str, dict[str, Any]] = {}
    shared = {name: value for name, value in stored.items() if not isinstance(value, dict)}
    if INDEX_VARIABLE in os.environ:
        shared.pop("index", None)
    known = {name for of in options.values() for name in of}
    _refuse(path, [name for name in shared if name not in known], known)
    _refuse(path, [n for n, value in stored.items() if isinstance(value, dict) and n not in options], options)
    for command, of in options.items():
        own = stored[command] if isinstance(stored.get(command), dict) else {}
        _refuse(path, [name for name in own if name not in of], of)
        found[command] = {of[name]: value for name, value in {**shared, **own}.items() if name in of}
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        raise RagError(f"The settings in {path} cannot be read ({problem}).", _CURE.format(path)) from problem


def _refuse(path: Path, unknown: Sequence[str], known: Mapping[str, Any] | set[str]) -> None:
    if unknown:
        raise RagError(
            f"The settings in {path} name “{unknown[0]}”, which there is not.",
            f"There are: {', '.join(sorted(known))}.",
        )
