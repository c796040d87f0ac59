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


def fit(text: str, span: Span, count_tokens: Callable[[Sequence[str]], list[int]], limit: int) -> list[Span]:
    """A sentence as parts of at most `limit` tokens each, halved at blanks where there are any.

    A single code point is never cut, however many tokens it has.
    """
    done: list[Span] = []
    waiting = [span]
    while waiting:
        part = waiting.pop()
        if part.end - part.start == 1 or count_tokens([plain(text[part.start : part.end])])[0] <= limit:
            done.append(part)
        else:
            at = break_before(text, part.start, (part.start + part.end + 1) // 2)
            halves = (trimmed(text, part.start, at), trimmed(text, at, part.end))
            waiting += [half for half in reversed(halves) if half]
    return done
