"""The file behind an article on its way to the browser: a PDF to be looked at, any other to be saved."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import partial

from rag.types import Span
from ui.page.edge import Failed, attempt
from ui.page.protocols import Asks

_PDF = b"%PDF-"


def carried(assistant: Asks, source: str, spans: Sequence[Span] = ()) -> str:
    """The file as JSON: its name, its bytes in base 64, whether it is a PDF; or why there is none.

    A PDF is a copy in which these stretches of the article's text are highlighted.

    What is no PDF is never shown by the browser: a page of HTML would speak as one of ours.
    """
    pdf = source.lower().endswith(".pdf")
    found = attempt(partial(assistant.file, source, spans) if pdf and spans else partial(assistant.file, source))
    if isinstance(found, Failed):
        return json.dumps({"problem": f"{found.problem} {found.cure}"})
    name = source.rpartition("/")[2]
    pdf = pdf and found.startswith(_PDF)
    return json.dumps({"name": name, "pdf": pdf, "bytes": b64encode(found).decode("ascii")})
