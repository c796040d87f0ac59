"""Runs of whole sentences that fit the embedder's window, and sentences cut down to fit it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.text.plain import plain
from rag.text.sentences import break_before, trimmed
from rag.types import Span


def chunk(lengths: Sequence[int], *, window: int, overlap: int, limit: int) -> list[tuple[int, int]]:
    """Half-open runs of sentence positions, in order, that together hold every sentence.

    Neighbouring runs share `overlap` sentences where these fit; no run lies within another.

    Args:
        lengths: of the sentences, in tokens.
        window: most sentences in a run.
        overlap: sentences that a run takes over from the one before; less than `window`.
        limit: most tokens in a run. A sentence longer than that stands alone.
    """
    runs: list[tuple[int, int]] = []
    first = reached = 0  # `reached`: how many sentences the runs hold so far
    while reached < len(lengths):
        end, total = first + 1, lengths[first]
        while end < len(lengths) and end - first < window and total + lengths[end] <= limit:
            total += lengths[end]
            end += 1
        if end > reached:
            runs.append((first, end))
            reached = end
            first = max(first + 1, end - overlap)
        else:
            first += 1  # the shared sentences leave no room for a new one
    return runs


def fit(
    text: str,
    spans: Sequence[Span],
    lengths: Sequence[int],
    count_tokens: Callable[[Sequence[str]], list[int]],
    limit: int,
) -> tuple[list[Span], list[int]]:
    """Sentences as parts of at most `limit` tokens each, and their lengths; halved at blanks where there are any.

    A single code point is never cut, however many tokens it has. All that is too long is halved at once, so that
    tokens are counted a dozen times, however many sentences there are.

    Args:
        text: the article's.
        spans: its sentences.
        lengths: of the sentences, in tokens.
        count_tokens: how many tokens texts have.
        limit: most tokens of a part.
    """
    done = list(zip(spans, lengths, strict=True))
    while any(_is_long(span, length, limit) for span, length in done):
        parts = [part for span, length in done for part in _halved(text, span, length, limit)]
        counted = iter(count_tokens([plain(text[p.start : p.end]) for p, length in parts if length is None]))
        done = [(p, next(counted) if length is None else length) for p, length in parts]
    return [span for span, _ in done], [length for _, length in done]


def _is_long(span: Span, length: int, limit: int) -> bool:
    return length > limit and span.end - span.start > 1


def _halved(text: str, span: Span, length: int, limit: int) -> list[tuple[Span, int | None]]:
    """A part that is too long as its halves, whose lengths aren't known; else the part with its length."""
    if not _is_long(span, length, limit):
        return [(span, length)]
    at = break_before(text, span.start, (span.start + span.end + 1) // 2)
    halves = (trimmed(text, span.start, at), trimmed(text, at, span.end))
    return [(half, None) for half in halves if half]
