"""What is found over all articles, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.corpus.values import Mentions
from ui.terminal import counted, plain, searched_line

SHOWN = 10  # items before "and N more"


def mention_lines(found: Mentions) -> Iterator[str]:
    """The count, the sentences, the articles without the topic, and what comes close in meaning."""
    articles = found.searched.articles
    if found.articles:
        of = (
            "the article mentions" if articles == 1 else f"{len(found.articles):,} of the {articles:,} articles mention"
        )
        yield f"{of[:1].upper()}{of[1:]} “{plain(found.topic)}”, in {counted(found.sentences, 'sentence')}."
    else:
        whose = "The article doesn’t" if articles == 1 else f"The {articles:,} articles don’t"
        yield f"{whose} mention “{plain(found.topic)}”."
    yield searched_line(found.searched)
    if found.variants:
        yield f"Also as: {plain(_some(found.variants))}"
    for article in found.articles[:SHOWN]:
        first = article.sentences[0]
        yield f"{article.count:>5}  {plain(article.source)}: {plain(' '.join(first.quote.split()))}"
    if len(found.articles) > SHOWN:
        yield f"       and {len(found.articles) - SHOWN:,} more; --json names them all"
    if found.articles and found.without:
        yield f"Not in {counted(len(found.without), 'article')}: {plain(_some(found.without))}"
    if found.related:
        yield "Close in meaning, not counted:"
    for near in found.related[:SHOWN]:
        yield f"  {near.score:.2f}  {plain(near.source)}: {plain(' '.join(near.quote.split()))}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
