"""Which models an assistant works with, as they are chosen, lacking or to be loaded."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from models import llm_lacking, load_embedder, load_judge, load_llm, load_reader, load_rewriter, load_understander
from models.protocols import LLM, Embedder, EvidenceModel, Judge, Message, Understander
from rag.answering.votes import Votes
from rag.errors import mapped_model_errors
from rag.settings import Settings
from rag.ways.ask import Models

_LOG = logging.getLogger(__name__)
_WARM_UP = (Message("system", "warm-up"), Message("user", "warm-up"))  # which a broken template refuses


@dataclass(frozen=True)
class Equipment:
    """The models, and the cure for what isn't installed.

    Args:
        models: each is loaded when first needed.
        cure: how to get what answers have to do without; None where all is there.
    """

    models: Models
    cure: str | None

    def lacks(self) -> str | None:
        """What answers have to do without on this machine, in words and with its cure; None where all is there."""
        if self.cure is None:
            return None
        without = "There is no judge here: "
        if self.models.llm is None:
            without = "There is no language model here: answers are exact quotes alone, and "
        return f"{without}Yes or No is said less often. {self.cure}"

    def say_once_what_lacks(self) -> None:
        """Log it, once in a process, however many assistants there are."""
        if lacks := self.lacks():
            _say_once(lacks)

    def load(self, progress: Callable[[str, int, int], None] | None = None) -> None:
        """Load what is there.

        Args:
            progress: told what is being loaded, how many parts are done, and how many there are.

        Raises:
            ModelMissing.
        """
        models = self.models
        parts: list[tuple[str, Callable[[], object]]] = [
            ("the embedder", lambda: models.embedder.embed_query("warm-up"))
        ]
        if (reader := models.reader) is not None:
            parts.append(("the reader", lambda: reader.read("warm-up", ["warm-up"])))
        if (judge := models.judge) is not None:
            parts.append(("the judge", lambda: judge.answered("warm-up", ["warm-up"])))
        if models.drafts and (llm := models.llm) is not None:
            parts.append(("the language model", lambda: llm.count_tokens(_WARM_UP)))
        with mapped_model_errors():
            for done, (name, load) in enumerate(parts):
                if progress:
                    progress(name, done, len(parts))
                load()


def equipped(
    llm: str | Path | LLM | None,
    embedder: str | Path | Embedder | None,
    reader: EvidenceModel | Literal["packaged"] | None,
    understander: Understander | Literal["packaged"] | None,
    judge: Judge | Literal["packaged"] | None,
    rewriter: LLM | Literal["packaged"] | None,
    votes: Votes | Literal["stored"] | None,
    settings: Settings,
) -> Equipment:
    """The models that are asked for, as `Assistant` takes them.

    Raises:
        models.errors.ModelError: one that is named isn't there, or is no model.
    """
    lacking, remote = llm_lacking(), settings.allow_remote
    given = (
        load_llm(llm, allow_remote=remote) if isinstance(llm, (str, Path)) or (llm is None and lacking is None) else llm
    )
    packaged = load_judge() if judge == "packaged" and lacking is None else None
    second = packaged if judge == "packaged" else judge
    models = Models(
        embedder=load_embedder(embedder, allow_remote=remote)
        if embedder is None or isinstance(embedder, (str, Path))
        else embedder,
        llm=given,
        drafts=settings.draft,
        reader=load_reader() if reader == "packaged" else reader,
        understander=load_understander() if understander == "packaged" else understander,
        judge=second,
        rewriter=(load_rewriter() if lacking is None else None) if rewriter == "packaged" else rewriter,
        own_words=settings.own_words,
        votes=votes,
    )
    without = given is None or (judge == "packaged" and second is None)
    return Equipment(models, str(lacking) if lacking is not None and without else None)


@cache
def _say_once(words: str) -> None:
    _LOG.warning("%s", words)
