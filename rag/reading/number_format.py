"""A spreadsheet's numbers as its cells show them: number formats after ECMA-376 part 1, section 18.8.30.

Formats that follow the reader's own country ("short date") are told as ISO 8601: the file doesn't say which it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from rag.reading.serial_date import date_text

GENERAL = "General"
# The formats that files name by number alone.
_PLAIN = dict(zip(range(5), (GENERAL, "0", "0.00", "#,##0", "#,##0.00"), strict=True))
_SHARES = {9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 48: "##0.0E+0", 49: "@"}
_DAYS = {14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "yyyy-mm-dd h:mm"}
_TIMES = {18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss"}
_AMOUNTS = {
    **dict.fromkeys((37, 38, 41, 42), "#,##0;-#,##0"),
    **dict.fromkeys((39, 40, 43, 44), "#,##0.00;-#,##0.00"),
}
_EAST_ASIAN = {**dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"), 32: "h:mm", 33: "h:mm:ss"}
BUILT_IN = {**_PLAIN, **_SHARES, **_DAYS, **_TIMES, **_AMOUNTS, **_EAST_ASIAN, 34: "h:mm", 35: "h:mm:ss"}
_LONGEST = 255  # characters of a format; no program writes a longer one
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]{0,80}\]|[^;"\\\[]|[\[\\"])*)(;|$)', re.S)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<gap>[_*].)|\[(?P<bracket>[^\]]{0,80})\]|(?P<general>General)'
    r"|(?P<date>y+|m+|d+|h+|s+|AM/PM|A/P)|(?P<power>E[+-])|(?P<digit>[0#?])|(?P<sign>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"(h+|m+|s+)", re.I)
_CURRENCY = re.compile(r"\$([^-]*)")
_COMPARED = {
    "<": lambda a, b: a < b, ">": lambda a, b: a > b, "=": lambda a, b: a == b, "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b, "<>": lambda a, b: a != b,
}  # fmt: skip

Token = tuple[str, str]  # kind and text


@dataclass(frozen=True)
class _Section:
    """One of a format's up to four parts, for numbers above, below and at zero, and for text."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None

    @property
    def is_date(self) -> bool:
        return any(kind in ("date", "elapsed") for kind, _ in self.tokens)


def number_text(value: float, code: str, *, from_1904: bool = False) -> str:
    """A number as a cell of this format shows it.

    Args:
        value: what the cell holds; of a day, how many have passed since the calendar's beginning.
        code: the format, as "#,##0.00" or "d mmm yyyy".
        from_1904: whether the calendar begins in 1904, as on old Macs, rather than 1900.
    """
    sections = _sections(code[:_LONGEST]) if len(code) <= _LONGEST else ()
    section, is_negative = _chosen(sections, value)
    if section is None or not section.tokens:
        return _general(value) if not sections else ""
    if section.is_date:
        return date_text(value, section.tokens, from_1904=from_1904) or _general(value)
    return _number(abs(value) if is_negative else value, section.tokens)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    if not code.strip() or code.lower() == GENERAL.lower():
        return ()
    found: list[_Section] = []
    at = 0
    while at <= len(code) and len(found) < 4:
        match = _SECTION.match(code, at)
        if match is None:
            break
        found.append(_section(match.group(1)))
        at = match.end()
        if not match.group(2):
            break
    return tuple(found)


def _section(code: str) -> _Section:
    tokens: list[Token] = []
    condition = None
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "sign", match.group(match.lastgroup or 0)
        if kind == "bracket":
            compared, money = _CONDITION.fullmatch(text), _CURRENCY.match(text)
            if compared:
                condition = (compared.group(1), float(compared.group(2)))
            elif money:
                tokens.append(("text", money.group(1)))
            elif _ELAPSED.fullmatch(text):
                tokens.append(("elapsed", text.lower()))
        elif kind == "gap":
            tokens.append(("text", " " if text[0] == "_" else ""))
        elif kind in ("quoted", "escaped"):
            tokens.append(("text", text))
        else:
            tokens.append((kind, text.lower() if kind == "date" else text))
    return _Section(tuple(tokens), condition)


def _chosen(sections: tuple[_Section, ...], value: float) -> tuple[_Section | None, bool]:
    """The section for a value, and whether that section itself says that the value is below zero."""
    numeric = sections[:3]
    for section in numeric:
        if section.condition and _COMPARED[section.condition[0]](value, section.condition[1]):
            return section, False
    plain = [s for s in numeric if not s.condition]
    if not plain:
        return (sections[-1] if sections else None), False
    if len(plain) > 1 and value < 0 and not any(s.condition for s in numeric):
        return plain[1], True
    if len(plain) > 2 and value == 0:
        return plain[2], False
    return (plain[-1] if any(s.condition for s in numeric) else plain[0]), False


def _general(value: float) -> str:
    """A number without a format: whole ones in full, others with ten figures, as wide cells show them."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace("e+", "E+").replace("e-", "E-")


def _number(value: float, tokens: tuple[Token, ...]) -> str:
    if any(kind == "general" or (kind, text) == ("sign", "@") for kind, text in tokens):
        inner = "".join(_general(value) if kind == "general" or text == "@" else text for kind, text in tokens)
        return " ".join(inner.split())
    digits = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    if not digits:
        sign = "-" if value < 0 else ""
        return sign + " ".join("".join(text for kind, text in tokens if kind in ("text", "sign")).split())
    first, last = digits[0], digits[-1]
    head, middle, tail = tokens[:first], tokens[first : last + 1], tokens[last + 1 :]
    commas = 0
    while tail and tail[0] == ("sign", ","):
        commas, tail = commas + 1, tail[1:]
    percents = sum(token == ("sign", "%") for token in tokens)
    try:
        exact = Decimal(f"{value:.15g}").scaleb(2 * percents - 3 * commas)
        body = _body(exact, middle)
    except (InvalidOperation, OverflowError, ValueError):
        return _general(value)
    before, after = ("".join(text for _, text in part) for part in (head, tail))
    shown = " ".join(f"{before}{body.lstrip('-')}{after}".split())
    return f"-{shown}" if body.startswith("-") and any(c in "123456789" for c in body) else shown


def _body(value: Decimal, tokens: tuple[Token, ...]) -> str:
    """The figures of a number, and what stands amid them."""
    kinds = [kind for kind, _ in tokens]
    if "power" in kinds:
        return _power(value, tokens, kinds.index("power"))
    if ("sign", "/") in tokens and ("sign", ".") not in tokens:
        return _fraction(value, tokens)
    point = tokens.index(("sign", ".")) if ("sign", ".") in tokens else len(tokens)
    whole, part = tokens[:point], tokens[point + 1 :]
    places = [text for kind, text in part if kind == "digit"]
    rounded = value.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    figures, _, decimals = f"{abs(rounded):f}".partition(".")
    kept = len(places)
    while kept and places[kept - 1] == "#" and decimals[kept - 1] == "0":
        kept -= 1
    text = _whole(figures.lstrip("0"), whole)
    end = "".join(t for kind, t in part if kind != "digit")
    return ("-" if rounded < 0 else "") + text + (f".{decimals[:kept]}" if kept else "") + end


def _whole(figures: str, tokens: tuple[Token, ...]) -> str:
    """Figures put into their places from the right, as in "000-0000"; in groups of three where the format has a ","."""
    is_grouped = ("sign", ",") in tokens
    places = [token for token in tokens if token != ("sign", ",")]
    least = sum(text == "0" for kind, text in places if kind == "digit")
    if all(kind == "digit" for kind, _ in places):
        padded = figures.rjust(least, "0")
        return f"{int(padded):,}".rjust(least, "0") if is_grouped and padded else padded
    out: list[str] = []
    left = figures
    for kind, text in reversed(places):
        if kind != "digit":
            out.append(text)
        elif left:
            out.append(left[-1])
            left = left[:-1]
        elif text == "0":
            out.append("0")
    return left + "".join(reversed(out))


def _power(value: Decimal, tokens: tuple[Token, ...], at: int) -> str:
    point = tokens.index(("sign", ".")) if ("sign", ".") in tokens[:at] else at
    places = sum(kind == "digit" for kind, _ in tokens[point:at])
    mantissa, _, power = f"{value:.{places}E}".partition("E")
    width = sum(text == "0" for kind, text in tokens[at:] if kind == "digit")
    sign = "-" if power.startswith("-") else "+" if tokens[at][1].endswith("+") else ""
    return f"{mantissa}E{sign}{power.lstrip('+-').rjust(width, '0')}"


def _fraction(value: Decimal, tokens: tuple[Token, ...]) -> str:
    slash = tokens.index(("sign", "/"))
    size = max(1, sum(kind == "digit" for kind, _ in tokens[slash:]))
    sign, whole = "-" if value < 0 else "", int(abs(value))
    rest = Fraction(abs(value) - whole).limit_denominator(10 ** min(size, 4) - 1)
    whole, rest = (whole + 1, Fraction(0)) if rest == 1 else (whole, rest)
    parts = [str(whole)] if whole or not rest else []
    return sign + " ".join([*parts, *([f"{rest.numerator}/{rest.denominator}"] if rest else [])])
