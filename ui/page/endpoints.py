"""The page's named endpoints, for programs: `/ask`, `/articles`, `/article`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TypeVar

import gradio as gr

from ui.page.actions import Actions
from ui.page.edge import Failed

T = TypeVar("T")


def endpoints(actions: Actions) -> None:
    """Add the endpoints to the page that is being built."""

    def ask(question: str, sources: list[str] | None = None, history: list[dict] | None = None) -> dict:  # type: ignore[type-arg]
        """Answer one question from the articles (all, or the named ones) as Unsaid's JSON object.

        `history` holds earlier answers, oldest first, so that a follow-up is understood.
        """
        return _or_error(actions.ask(question, sources, history or ()))

    def articles() -> list[dict]:  # type: ignore[type-arg]
        """The indexed articles: source, title, kind, date, author, number of sentences, outlet, remarks."""
        return [asdict(a) for a in _or_error(actions.articles())]

    def article(source: str) -> dict:  # type: ignore[type-arg]
        """One article: the text that the offsets of citations point into, with title, date and SHA-256."""
        return asdict(_or_error(actions.document(source)))

    gr.api(ask, api_name="ask", concurrency_limit=1)
    gr.api(articles, api_name="articles")
    gr.api(article, api_name="article")


def _or_error(result: T | Failed) -> T:
    if isinstance(result, Failed):
        raise gr.Error(f"{result.problem} {result.cure}", print_exception=False)
    return result
