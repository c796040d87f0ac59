"""What lies on a PDF's pages or beside them: typed notes, comments, filled-in fields, attached files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rag.reading.content import tidy

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_OF_THE_PAGE = ("/FreeText", "/Stamp")  # seen as the page's own words; other annotations are comments on it
_NOT_SAID = ("/Link", "/Popup", "/Widget")
_HIDDEN = 0b100010  # flags: hidden, not to be viewed
_PASSWORD = 1 << 13
_DEPTH = 10  # of fields within fields


def noted(page: PageObject) -> Iterator[str]:
    """The notes, comments and filled-in fields of a page, a paragraph each."""
    for kind, annotation in _annotations(page):
        if kind == "/Widget":
            yield from _field(annotation)
            continue
        said = _text(annotation.get("/Contents")) if kind not in _NOT_SAID else None
        if not said:
            continue
        author = _text(annotation.get("/T"))
        yield said if kind in _OF_THE_PAGE else f"Comment by {author}: {said}" if author else f"Comment: {said}"


def _annotations(page: PageObject) -> Iterator[tuple[str, Any]]:
    listed = _got(page.get("/Annots"))
    for item in listed if isinstance(listed, list) else ():
        annotation = _got(item)
        if not isinstance(annotation, dict) or _number(annotation.get("/F")) & _HIDDEN:
            continue
        yield str(annotation.get("/Subtype")), annotation


def _field(widget: Any) -> Iterator[str]:  # noqa: ANN401 — pypdf's own objects
    """A field's label and what was filled in."""
    kind, flags = str(_inherited(widget, "/FT")), _number(_inherited(widget, "/Ff"))
    value = _got(_inherited(widget, "/V"))
    if value is None or kind == "/Sig" or flags & _PASSWORD:
        return
    said = ", ".join(filter(None, map(_text, value))) if isinstance(value, list) else _text(value)
    if kind == "/Btn":
        state = str(_got(widget.get("/AS")) or value)
        said = "ticked" if state not in ("/Off", "Off", "") else None
    label = _text(_inherited(widget, "/TU")) or _text(_inherited(widget, "/T"))
    if said:
        yield f"{label}: {said}" if label else said


def _inherited(field: Any, key: str) -> Any:  # noqa: ANN401 — pypdf's own objects
    for _ in range(_DEPTH):
        if not isinstance(field, dict):
            return None
        if key in field:
            return field[key]
        field = _got(field.get("/Parent"))
    return None


def attached(reader: PdfReader) -> list[str]:
    """The names of the files that a document carries."""
    root = _got(reader.trailer.get("/Root"))
    names = (
        _got(_got(root.get("/Names")).get("/EmbeddedFiles")) if isinstance(root, dict) and "/Names" in root else None
    )
    found: list[str] = []
    waiting = [names]
    while waiting and len(found) < 1_000:
        node = _got(waiting.pop())
        if isinstance(node, dict):
            pairs = _got(node.get("/Names"))
            found += [_text(name) or "without a name" for name in pairs[::2]] if isinstance(pairs, list) else []
            kids = _got(node.get("/Kids"))
            waiting += kids[:1_000] if isinstance(kids, list) else []
    return found


def _got(item: Any) -> Any:  # noqa: ANN401 — pypdf's own objects
    return item.get_object() if hasattr(item, "get_object") else item


def _text(item: Any) -> str | None:  # noqa: ANN401 — pypdf's own objects
    got = _got(item)
    return (
        tidy(got.decode("latin-1") if isinstance(got, bytes) else got, 20_000)
        if isinstance(got, (str, bytes))
        else None
    )


def _number(item: Any) -> int:  # noqa: ANN401 — pypdf's own objects
    got = _got(item)
    return int(got) if isinstance(got, (int, float)) else 0
