"""What Unsaid says of itself: to a greeting, and when asked what it can do. No article is quoted."""

from __future__ import annotations

from rag.index.reader import Index
from rag.question import Request
from rag.types import Absence


def reply(request: Request, index: Index, scope: frozenset[str] | None) -> tuple[str, Absence]:
    """The words, and the absence of any finding: nothing was looked for."""
    count = index.article_count(scope)
    articles = "the one article" if count == 1 else f"the {count:,} articles"
    if request is Request.ABILITIES:
        words = (
            f"I answer from {articles} here, with exact quotes, and say so when they don’t mention a thing. Ask who, "
            "what, when or how much; ask yes or no; ask “What was not discussed?”; or ask for a summary."
        )
    else:
        words = f"Hello. Ask me about {articles} here, for example: What was not discussed?"
    return words, Absence((), index.searched(scope), ())
