"""Excel workbooks (`.xlsx`, `.xlsm`; ECMA-376 part 1, section 18): their sheets as tables of what the cells show.

Formulas are not computed: what counts is the result that was stored with them, which is what was seen when the file
was saved.
"""

from __future__ import annotations

from collections.abc import Iterator

from rag.errors import ArticleUnreadable
from rag.reading.archive import opened
from rag.reading.content import Content, headed
from rag.reading.drawing import Drawing
from rag.reading.grid import told
from rag.reading.package import Package, attribute, core_title, name, relation
from rag.reading.sheet import Left, sheet_name, sheet_notes
from rag.reading.xlsx_remarks import remarks
from rag.reading.xlsx_sheet import Book, Sheet, shared_strings

_CURE = "Save it again as .xlsx, or save its sheets as .csv."
_VISIBLE = ("", "visible")


def read_xlsx(data: bytes) -> Content:
    """A workbook's visible sheets, each under its name.

    Raises:
        ArticleUnreadable: it is damaged, locked, would burst, or is no workbook.
    """
    with opened(data) as archive:
        package = Package(archive)
        main = next((place for kind, place in package.related() if kind == "officeDocument"), "xl/workbook.xml")
        workbook = package.tree(main)
        if workbook is None or name(workbook) != "workbook":
            raise ArticleUnreadable("It is no Excel workbook.", _CURE)
        relations = package.relations(main)
        book = _book(package, main, workbook)
        drawing, left = Drawing(package), Left()
        texts: list[tuple[str, str]] = []
        for node in workbook.iter("{*}sheet"):
            label = attribute(node, "name")
            kind, place = relations.get(relation(node), ("", ""))
            if attribute(node, "state") not in _VISIBLE:
                left.sheets.append(label)
            elif kind == "chartsheet":
                texts.append((label, "\n\n".join(_beside(package, place, drawing))))
            elif kind != "worksheet" or not package.has(place):
                left.missing += 1
            else:
                sheet = Sheet(package, place, book)
                left.add(sheet.left)
                parts = [told(sheet.rows), *_beside(package, place, drawing), *remarks(package, main, place)]
                texts.append((label, "\n\n".join(filter(None, parts))))
        title = core_title(package)
    named = [sheet_name(label, text, is_only=len(texts) == 1) for label, text in texts if text]
    return Content(headed(title, "\n\n".join(named)), title, notes=(*sheet_notes(left), *drawing.notes))


def _book(package: Package, main: str, workbook: object) -> Book:
    places = {kind: place for kind, place in package.related(main)}
    properties = next(iter(workbook.iter("{*}workbookPr")), None)  # type: ignore[attr-defined]
    from_1904 = properties is not None and attribute(properties, "date1904") in ("1", "true")
    strings = shared_strings(package, places.get("sharedStrings", ""))
    styles = places.get("styles", "")
    return Book.of(strings, package.tree(styles) if styles else None, from_1904=from_1904)


def _beside(package: Package, place: str, drawing: Drawing) -> Iterator[str]:
    """The text of boxes and charts that lie on a sheet."""
    for kind, part in package.related(place):
        tree = package.tree(part) if kind == "drawing" else None
        if tree is not None:
            drawing.of_part(part)
            yield from drawing.paragraphs(tree)
