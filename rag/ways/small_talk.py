"""What Unsaid says of itself: to a greeting, and when asked what it can do. No article is quoted."""

from __future__ import annotations

from rag.asking.question import Request
from rag.types import Absence, Retrieved
from rag.ways.ask import Ask, Events, NotMentioned, end


def small_talk(ask: Ask) -> Events:
    """A reply of its own, with the absence of any finding: nothing was looked for."""
    yield Retrieved(())
    yield from end(ask, NotMentioned(_words(ask), Absence((), ask.index.searched(ask.scope), ())))


def _words(ask: Ask) -> str:
    count = ask.index.article_count(ask.scope)
    articles = "the one article" if count == 1 else f"the {count:,} articles"
    if ask.question.request is Request.ABILITIES:
        return (
            f"I answer from {articles} here, with exact quotes, and say so when they don’t mention a thing. Ask who, "
            "what, when or how much; ask yes or no; ask “What was not discussed?”; or ask for a summary."
        )
    if ask.question.request is Request.THANKS:
        return "You’re welcome."
    if ask.question.request is Request.COMPLAINT:
        return (
            "I’m sorry that this didn’t help. Open the quote to see what stands around it, ask in other words or more "
            "narrowly, or choose the article that you mean."
        )
    return f"Hello. Ask me about {articles} here, for example: What was not discussed?"
