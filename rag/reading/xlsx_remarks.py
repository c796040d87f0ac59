"""The comments on a workbook's cells: notes of old, and threads in which several people write."""

from __future__ import annotations

from collections.abc import Iterator

from rag.reading.content import tidy
from rag.reading.package import Package, attribute, name
from rag.reading.xlsx_sheet import rich_text

_OF_A_THREAD = "[threaded comment]"  # what a note says that only stands in for one


def remarks(package: Package, main: str, place: str) -> Iterator[str]:
    """The comments on a sheet, each with whose it is and on which cell.

    Args:
        package: the workbook.
        main: its main part, which knows the people.
        place: the sheet's part.
    """
    for kind, part in package.related(place):
        if kind == "comments" and package.has(part):
            yield from _notes(package, part)
        elif kind == "threadedComment" and package.has(part):
            yield from _threads(package, part, _people(package, main))


def _notes(package: Package, part: str) -> Iterator[str]:
    tree = package.tree(part)
    authors = [tidy(node.text) for node in tree.iter("{*}author")] if tree is not None else []
    for node in tree.iter("{*}comment") if tree is not None else ():
        said = next((rich_text(text) for text in node if name(text) == "text"), "").strip()
        if not said or said.lower().startswith(_OF_A_THREAD):
            continue
        number = attribute(node, "authorId")
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else None
        if author and said.startswith(f"{author}:"):  # Excel writes it into the text as well
            said = said[len(author) + 1 :].strip()
        yield _comment(author, attribute(node, "ref"), said)


def _threads(package: Package, part: str, people: dict[str, str | None]) -> Iterator[str]:
    tree = package.tree(part)
    for node in tree.iter("{*}threadedComment") if tree is not None else ():
        said = next((text.text or "" for text in node if name(text) == "text"), "").strip()
        if said:
            yield _comment(people.get(attribute(node, "personId")), attribute(node, "ref"), said)


def _people(package: Package, main: str) -> dict[str, str | None]:
    trees = [package.tree(place) for kind, place in package.related(main) if kind == "person"]
    nodes = [node for tree in trees if tree is not None for node in tree.iter("{*}person")]
    return {attribute(node, "id"): tidy(attribute(node, "displayName")) for node in nodes}


def _comment(author: str | None, cell: str, said: str) -> str:
    where = f" on {cell}" if cell else ""
    return f"Comment by {author}{where}: {said}" if author else f"Comment{where}: {said}"
