"""What the page shows before anything was asked: what it can do, and how far loading is."""

from __future__ import annotations

from markupsafe import Markup

from ui import render
from ui.page.background import Loading

LINE = (
    "Every answer rests on exact quotes that open the article at their sentence; “not mentioned” comes with the search "
    "behind it. Nothing leaves this computer."
)
_TRY = "Try one of these"
_BEGIN = "Begin under Sources: drop files there, or paste a text."


def html(*, examples: bool) -> str:
    """The line, and what to do next: try an example, or add articles first."""
    return str(
        Markup('<div class="un-welcome"><p>{}</p><p class="un-label">{}</p></div>').format(
            LINE, _TRY if examples else _BEGIN
        )
    )


def loading(at: Loading) -> Markup:
    """How far loading the models is; a question can be typed meanwhile."""
    words = f"Loading {at.name or 'the models'} … you can ask already"
    bar = Markup('<progress aria-label="Loading the models" max="{}" value="{}"></progress>').format(
        at.total or 1, at.done
    )
    return Markup('<div class="un-loading">{}{}</div>').format(render.status(words), bar)
