"""Which articles are asked: the line that says so, with a chip for each chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from rag.types import Listed
from ui import render
from ui.page.edge import Failed
from ui.words import counted

_CHIPS = 3  # chosen articles named on the line


def known(chosen: object, found: Sequence[Listed] | Failed) -> list[str]:
    """Those of the chosen articles that there are, each once; what is no list of names chooses none."""
    there = {} if isinstance(found, Failed) else {as_seen(a.source): a.source for a in found}
    names = chosen if isinstance(chosen, (list, tuple)) else []
    return [there[c] for c in dict.fromkeys(as_seen(n) for n in names if isinstance(n, str)) if c in there]


def as_seen(name: str) -> str:
    """A name as it comes back from a browser: its parser folds line ends and replaces NUL."""
    return name.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def source_of(seen: object, found: Sequence[Listed] | Failed) -> str | None:
    """The article that a name from the page means."""
    return next(iter(known([seen], found)), None)


def line(chosen: Sequence[str], found: Sequence[Listed] | Failed) -> str:
    """What the next question is asked of, and how to ask all again."""
    total = 0 if isinstance(found, Failed) else len(found)
    if not total:
        return str(Markup('<p class="un-asking">{}</p>').format("No articles yet"))
    if not chosen:
        words = "Asking your one article" if total == 1 else f"Asking all {total:,} articles"
        return str(Markup('<p class="un-asking">{}</p>').format(words))
    titles = {} if isinstance(found, Failed) else {a.source: a.title for a in found}
    chips = render.joined(
        Markup('<span class="un-chip" dir="auto">{}</span> ').format(titles.get(c) or c) for c in chosen[:_CHIPS]
    )
    more = f"and {len(chosen) - _CHIPS:,} more " if len(chosen) > _CHIPS else ""
    return str(
        Markup(
            '<p class="un-asking">{}</p> {}{}<button type="button" class="un-act" data-all>Ask all articles</button>'
        ).format(f"Asking {len(chosen):,} of {counted(total, 'article')}", chips, more)
    )
