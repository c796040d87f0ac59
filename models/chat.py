"""Turn messages into tokens so that no text can pass for the chat template's own control tokens.

The template (Jinja, from the model's file) is rendered around placeholders. Its own parts are
tokenised with control tokens, the contents without: "<|im_end|>" in an article stays ordinary text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.protocols import Message

_PLACEHOLDER = re.compile("\ue000(\\d+)\ue001")  # private-use characters that no template writes


@dataclass(frozen=True)
class ChatTemplate:
    """A model's chat template with the two control tokens that templates refer to."""

    source: str
    bos: str
    eos: str

    def tokens(self, messages: Sequence[Message], tokenize: Callable[[str, bool], list[int]]) -> list[int]:
        """The prompt for the assistant's next turn.

        Args:
            messages: the conversation.
            tokenize: text → token ids; its second argument says whether control tokens count.

        Raises:
            ValueError: the template refuses these messages or drops one of them.
        """
        rendered = self._render([Message(m.role, f"\ue000{n}\ue001") for n, m in enumerate(messages)])
        tokens: list[int] = []
        used = set()
        end = 0
        for match in _PLACEHOLDER.finditer(rendered):
            tokens += tokenize(rendered[end : match.start()], True) if match.start() > end else []
            number = int(match.group(1))
            used.add(number)
            tokens += tokenize(messages[number].content, False) if messages[number].content else []
            end = match.end()
        if used != set(range(len(messages))):
            raise ValueError("the model's chat template leaves a message out")
        return tokens + (tokenize(rendered[end:], True) if end < len(rendered) else [])

    def _render(self, messages: Sequence[Message]) -> str:
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
        environment.globals["raise_exception"] = _refuse
        environment.globals["strftime_now"] = lambda form: datetime.now().strftime(form)
        try:
            return environment.from_string(self.source).render(
                messages=[{"role": m.role, "content": m.content} for m in messages],
                add_generation_prompt=True,
                bos_token=self.bos,
                eos_token=self.eos,
            )
        except TemplateError as problem:
            raise ValueError(f"the model's chat template refuses the messages ({problem})") from problem


def _refuse(message: str) -> NoReturn:
    raise TemplateError(message)
