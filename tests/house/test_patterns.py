"""No pattern that meets a foreign text can be made to take for ever.

Every pattern is run, in a process of its own, over strings made to be hard: long runs that nearly match. Those of the
modules that see whole texts must take time in proportion to their length, in the way that they are used; all others see
sentences, questions or titles, which are bounded, and must be done with such a one at once. Of those
`make test` takes every third string for each pattern, from another one on for each, `make test-all` all of them.
"""

from __future__ import annotations

import ast
import importlib
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from zlib import crc32

import pytest

ROOT = Path(__file__).parents[2]
WHOLE = ("rag.reading.", "rag.text.")
LONG, BOUNDED = 20_000, 2_000  # characters; a sentence has 1,000 at most
LATE = {
    LONG: 2.5,
    BOUNDED: 1.5,
}  # seconds of the processor's time, thrice what a quick one needs; a quadratic pattern takes five to fifteen for the long ones
# Run over what we or libraries wrote, never over a foreign text.
OURS = ("rag.evaluation", "rag.training_data", "models.", "rag.corpus.calibrate", "rag.training_data.mining")

UNITS = [
    *(" ", "\t", "\n", " \n", "\r\n", "\xa0", "a", "A", "é", "0", "1.", "1,", "a ", "A ", "Ab ", "a-", "a'", "a’", "a.", "A.", "a, "),
    *('"', "“", "”", "'", "‘", "’", "(", ")", "[", "]", "[1]", "\\[", "<", ">", "<a ", "<meta ", "{", "#", "# ", "*", "_", "-", "--"),
    *("–", "/", "\\", "\\\\", "!", "?", ".", "...", "…", ":", ";", "=", "|", "$1", "%", "http://", "http:// ", "a@a.", "not ", "no "),
    *("the ", "he said ", "of the ", "I ", "who ", "“a ", "a\n", "> ", "- ", "&", "\u0301", "\u200b", "A. ", "1/", "2024-"),
]  # fmt: skip
AROUND = [("", ""), ("", "x\0"), ("# a", "b"), ("“", "!"), ("a", "\n")]
_ANCHORED = ("match", "fullmatch")
_SCRIPT = f"import sys; sys.path.insert(0, {str(ROOT / 'tests' / 'house')!r}); import test_patterns as t; t.run(*sys.argv[1:])"


def modules() -> list[str]:
    """Those of our modules that have patterns and see what others wrote."""
    files = sorted(p for floor in ("rag", "ui") for p in (ROOT / floor).rglob("*.py"))
    names = {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in files}
    return [n for n, p in names.items() if "import re\n" in p.read_text("utf-8") and not n.startswith(OURS)]


def patterns(module: str) -> Iterator[tuple[str, re.Pattern, set[str]]]:
    """Each pattern of a module with its name and the methods that are called on it."""
    imported = importlib.import_module(module)
    source = Path(imported.__file__).read_text("utf-8")
    for name, value in vars(imported).items():
        for pattern in held(value):
            if isinstance(pattern, re.Pattern):
                uses = set(re.findall(rf"\b{name}\.(\w+)", source if name[0] == "_" else _all())) | (
                    set() if isinstance(value, re.Pattern) else {"search"}
                )
                yield name, pattern, uses or {"search"}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re":
            first = node.args[0]
            if (
                node.func.attr != "compile"
                and isinstance(first, ast.Constant)
                and isinstance(first.value, (str, bytes))
            ):
                yield f"line {node.lineno}", re.compile(first.value), {node.func.attr}


def held(value: object) -> Iterator[object]:
    """What a list or tuple holds, and what a table does, however deeply; anything else itself."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _deep(inner)
    else:
        yield from value if isinstance(value, (list, tuple)) else [value]


def _deep(value: object) -> Iterator[object]:
    if isinstance(value, (list, tuple)):
        for inner in value:
            yield from _deep(inner)
    else:
        yield value


@lru_cache(maxsize=1)
def _all() -> str:
    return "".join(p.read_text("utf-8") for floor in ("rag", "ui") for p in (ROOT / floor).rglob("*.py"))


class TooSlow(Exception):
    pass


def _too_slow(*_: object) -> None:
    raise TooSlow


def run(every: str, *names: str) -> None:
    """Print what is too slow, a line each; of the hard strings each pattern gets one in `every`."""
    signal.signal(signal.SIGPROF, _too_slow)  # the engine of patterns looks for signals on its way
    for module in names:
        length = LONG if module.startswith(WHOLE) else BOUNDED
        for name, pattern, uses in patterns(module):
            if not _repeats(pattern):
                continue
            ways = [w for w in _ANCHORED if w in uses] + ["search"] * bool(uses - set(_ANCHORED))
            slow = next(
                (
                    s
                    for s in _hard(length, int(every), name)
                    if any(_is_slow(pattern, way, s, LATE[length]) for way in ways)
                ),
                None,
            )
            if slow is not None:
                sys.stdout.write(f"{module}.{name}: {pattern.pattern[:80]!r} over {slow[:12]!r}…\n")


def _repeats(pattern: re.Pattern) -> bool:
    """Whether it may repeat anything: one that can't takes steps in proportion to the text, whatever that is."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    return not {"*", "+", "{"}.isdisjoint(written)


def _hard(length: int, every: int, name: str) -> Iterator[str]:
    made = (head + unit * (length // len(unit)) + end for unit in UNITS for head, end in AROUND)
    return islice(made, crc32(name.encode()) % every, None, every)


def _is_slow(pattern: re.Pattern, way: str, text: str, seconds: float) -> bool:
    given = text if isinstance(pattern.pattern, str) else text.encode()
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        getattr(pattern, way)(given)
    except TooSlow:
        return True
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return False


def slow_ones(every: int, *names: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(every), *names], capture_output=True, text=True, cwd=ROOT, timeout=1_800
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer that interrupts patterns")


def test_patterns_over_whole_texts_take_linear_time():
    assert slow_ones(1, *(m for m in modules() if m.startswith(WHOLE))) == []


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.long)])
def test_patterns_over_sentences_and_questions_are_done_at_once(every):
    assert slow_ones(every, *(m for m in modules() if not m.startswith(WHOLE))) == []


def test_a_slow_pattern_is_found(tmp_path):
    """Else all that goes before would prove nothing."""
    (tmp_path / "slow.py").write_text('import re\n_TITLE = re.compile(r"\\s*#+[ ]+(.+?)[ ]*#*[ ]*$")\n_TITLE.match\n')
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; " + _SCRIPT
    done = subprocess.run(
        [sys.executable, "-c", code, "1", "slow"], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert "slow._TITLE" in done.stdout, done.stderr
