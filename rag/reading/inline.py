"""Make a page's markup say what its looks say: raised figures, equations, captions, lines that only ran out of room."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from rag.reading.html_tables import spread
from rag.reading.raised import lowered, raised
from rag.text.wrapped import soft_breaks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INLINE = frozenset("span a time small em strong b i abbr cite label font u mark".split())
_RELATIONS = frozenset("=+−-×·<>≤≥≈≠±→∈")
_SHIFTED = re.compile(r"vertical-align\s*:\s*(super|sub|text-top)", re.I)
_MARK = re.compile(r"\[?\d{1,3}\]?")
_DEPTH = 3  # of frames within frames
BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)


def open_frames(tree: HtmlElement, depth: int = 0) -> None:
    """Put in place what a page shows of shadow roots and of frames that it holds itself."""
    from lxml import etree
    from lxml.html import fragment_fromstring

    for node in list(tree.iter("template")):
        if node.get("shadowrootmode") or node.get("shadowroot"):
            node.tag = "div"
    for node in list(tree.iter("iframe")):
        source = node.get("srcdoc")
        if source and depth < _DEPTH and node.getparent() is not None:
            try:
                inner = fragment_fromstring(source, create_parent="div")
            except (etree.LxmlError, ValueError, AssertionError):
                continue
            open_frames(inner, depth + 1)
            inner.tail, node.tail = node.tail, None
            node.getparent().replace(node, inner)


def spell_out(tree: HtmlElement) -> None:
    """Turn looks into characters, and merged cells into cells."""
    spread(tree)
    _captions(tree)
    _equations(tree)
    _raise(tree)
    _part_words(tree)
    _join_lines(tree)


def _captions(tree: HtmlElement) -> None:
    """Captions are paragraphs of the article, whatever made them: extractors take their class for an ornament's."""
    for node in tree.xpath("//*[contains(@class, 'caption')]"):
        del node.attrib["class"]
    for node in list(tree.iter("figure")):
        node.tag = "div"
    for node in list(tree.iter("figcaption")):
        node.tag = "p" if not any(child.tag in BLOCKS for child in node.iter("*") if child is not node) else "div"


def _equations(tree: HtmlElement) -> None:
    for node in list(tree.iter("math")):
        parent = node.getparent()
        if parent is None or _is_in_equation(node):
            continue
        said = next((a.text or "" for a in node.iter("annotation") if a.text), "") or node.get("alttext") or ""
        text = " ".join((_linear(node) if not said.strip() or "\\" in said or "{" in said else said).split())
        tail, is_alone = node.tail, parent.tag in BLOCKS - {"p", "td", "th", "li"} and not (node.tail or "").strip()
        node.clear()
        node.tag, node.text, node.tail = ("p" if is_alone else "span"), text, tail


def mathml(node: HtmlElement) -> str:
    """An equation of MathML, whatever its namespace, on one line."""
    for inner in node.iter("{*}*"):
        inner.tag = str(inner.tag).rpartition("}")[2]
    return " ".join(_linear(node).split())


def _is_in_equation(node: HtmlElement) -> bool:
    return any(outer.tag == "math" for outer in node.iterancestors())


def _linear(node: HtmlElement) -> str:
    """MathML on one line."""
    inner = [
        child for child in node if isinstance(child.tag, str) and child.tag not in ("annotation", "annotation-xml")
    ]
    parts = [_linear(child) + (child.tail or "").strip() for child in inner]
    if node.tag == "mfrac" and len(parts) == 2:
        return "/".join(part if part.isalnum() else f"({part})" for part in parts)
    if node.tag in ("msup", "msub", "msubsup") and len(parts) > 1:
        above = parts[-1] if node.tag != "msub" else ""
        below = parts[1] if node.tag != "msup" else ""
        power = raised(above)
        return parts[0] + (f"_{below}" if below else "") + (power if power != above else f"^{above}" if above else "")
    if node.tag in ("msqrt", "mroot"):
        return f"√({parts[0] if node.tag == 'mroot' and parts else ''.join(parts)})"
    own = (node.text or "").strip()
    return f" {own} " if node.tag == "mo" and own in _RELATIONS else own + "".join(parts)


def _raise(tree: HtmlElement) -> None:
    """Superscripts and the marks of notes keep apart from the word that they stand at."""
    for node in tree.iter("span", "font", "small", "a"):
        match = _SHIFTED.search(node.get("style") or "")
        if match:
            node.tag = "sub" if match.group(1).lower() == "sub" else "sup"
    for node in list(tree.iter("sup", "sub", "a")):
        if (
            node.tag == "a"
            and not _is_mark(node)
            and not _is_fused(node)
            or any(outer.tag in ("sup", "sub") for outer in node.iterancestors())
        ):
            continue
        text, tail = node.text_content(), node.tail
        is_mark = node.tag == "sup" and any(_is_mark(link) or _is_local(link) for link in node.iter("a"))
        new = lowered(text, _before(node)) if node.tag == "sub" else raised(text, is_mark=is_mark or node.tag == "a")
        begins = new != text and not _before(node).strip() and (tail or "")[:1].isalnum()
        node.clear()
        node.tag, node.text, node.tail = "span", new, f" {tail}" if begins else tail


def _is_mark(link: HtmlElement) -> bool:
    kinds = (
        f"{link.get('epub:type') or ''} {link.get('role') or ''} {link.get('{http://www.idpf.org/2007/ops}type') or ''}"
    )
    return "noteref" in kinds


def _is_fused(link: HtmlElement) -> bool:
    """Whether a link to a place of the page is a figure right behind a word."""
    before = _before(link)
    return (
        bool(_is_local(link) and _MARK.fullmatch(link.text_content()) and before and not before[-1:].isspace())
        and before[-1:] not in "([-–/"
    )


def _is_local(link: HtmlElement) -> bool:
    return "#" in (link.get("href") or "")


def _before(node: HtmlElement) -> str:
    previous = node.getprevious()
    if previous is not None:
        return str(previous.tail or previous.text_content())
    parent = node.getparent()
    return str(parent.text or "") if parent is not None else ""


def _part_words(tree: HtmlElement) -> None:
    """A blank between neighbours that only their looks keep apart: a name and a date, a label and its value."""
    for node in tree.iter(*_INLINE):
        after = node.getnext()
        if after is None or after.tag not in _INLINE or node.tail:
            continue
        left, right = node.text_content()[-2:], after.text_content()[:1]
        if len(left) < 2 or not left.isalnum():
            continue
        if right.isupper() and left[-1].islower() or right.isdigit() != left[-1].isdigit() and right.isalnum():
            node.tail = " "


def _join_lines(tree: HtmlElement) -> None:
    """Breaks that only wrapped a paragraph become blanks."""
    for block in {_block_of(br) for br in tree.iter("br")}:
        pieces = list(_lines(block))
        for _, group in groupby(pieces, key=lambda piece: bool(piece[1].strip())):
            run = list(group)
            soft = soft_breaks([" ".join(text.split()) for _, text in run]) if run[0][1].strip() else []
            for runs_on, (_, (br, _)) in zip(soft, pairwise(run), strict=False):
                if runs_on and br is not None:
                    br.tag, br.tail = "span", f" {br.tail or ''}"


def _block_of(node: HtmlElement) -> HtmlElement:
    return next((outer for outer in node.iterancestors() if outer.tag in BLOCKS), node.getroottree().getroot())


def _lines(block: HtmlElement) -> list[tuple[HtmlElement | None, str]]:
    """The lines of a block, each with the break that it begins with; blocks within it end lines, too."""
    lines: list[tuple[HtmlElement | None, list[str]]] = [(None, [block.text or ""])]

    def walk(node: HtmlElement) -> None:
        for child in node:
            if child.tag == "br":
                lines.append((child, []))
            elif child.tag in BLOCKS:
                lines.extend(((None, []), (None, [])))
            elif isinstance(child.tag, str):
                lines[-1][1].append(child.text or "")
                walk(child)
            lines[-1][1].append(child.tail or "")

    walk(block)
    return [(br, "".join(texts)) for br, texts in lines]
