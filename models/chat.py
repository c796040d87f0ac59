"""Cut a conversation into the parts of a prompt, so that no text can pass for the template's control tokens.

The template (Jinja, from the model's file) is rendered around placeholders. Only the template's own parts are
tokenised with control tokens, the contents without: "<|im_end|>" in an article stays ordinary text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NoReturn

from jinja2 import Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.protocols import Message

_PLACEHOLDER = re.compile("\ue000(\\d+)\ue001")  # private-use characters that no template writes


@dataclass(frozen=True)
class Part:
    """A piece of a prompt: the template's own words, or the content of a message."""

    text: str
    is_content: bool


@dataclass(frozen=True)
class ChatTemplate:
    """A model's chat template with the two control tokens that templates refer to."""

    source: str
    bos: str
    eos: str

    def parts(self, messages: Sequence[Message]) -> list[Part]:
        """The prompt for the assistant's next turn, in order; each content stands alone and unchanged.

        Some templates refuse or drop a system message; then it opens the first user's message.

        Raises:
            ValueError: the template is broken, refuses these messages or leaves one out.
        """
        rest = messages[1:]
        if messages and messages[0].role == "system" and rest and rest[0].role == "user":
            try:
                return self._parts(messages)
            except ValueError:
                merged = Message("user", f"{messages[0].content}\n\n{rest[0].content}")
                return self._parts([merged, *rest[1:]])
        return self._parts(messages)

    def _parts(self, messages: Sequence[Message]) -> list[Part]:
        rendered = self._render([m.role for m in messages])
        parts: list[Part] = []
        used: list[int] = []
        end = 0
        for match in _PLACEHOLDER.finditer(rendered):
            number = int(match.group(1))
            used.append(number)
            parts += [Part(rendered[end : match.start()], False), Part(messages[number].content, True)]
            end = match.end()
        if used != list(range(len(messages))):
            raise ValueError("the model's chat template leaves a message out")
        return [part for part in [*parts, Part(rendered[end:], False)] if part.text]

    def _render(self, roles: Sequence[str]) -> str:
        try:
            return self._template.render(
                messages=[{"role": role, "content": f"\ue000{n}\ue001"} for n, role in enumerate(roles)],
                add_generation_prompt=True,
                bos_token=self.bos,
                eos_token=self.eos,
            )
        except Exception as problem:  # a template is a program from a file: it may fail in any way
            raise ValueError(f"the model's chat template refuses the messages ({problem})") from problem

    @cached_property
    def _template(self) -> Template:
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        environment.globals["raise_exception"] = _refuse
        environment.globals["strftime_now"] = lambda form: datetime.now().strftime(form)
        return environment.from_string(self.source)


def _refuse(message: str) -> NoReturn:
    raise TemplateError(message)
