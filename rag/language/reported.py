"""To whom by name a sentence ascribes what it reports: "…", said union leader X; according to X; X, who …, added.

Names are told by their capitals. With quotation marks any verb of speech will do; without them only plain ones, and the
name must be a person's: of two words or behind a title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.language.speech import VERBS
from rag.language.words import STOP_WORDS

QUOTED = "¤"  # stands for a quotation that was taken out
_PART = r"[A-Z](?:[’'][A-Z])?[\w-]*[a-z][\w’-]*"
_NAME = rf"{_PART}(?: (?:(?:van|von|de|der|den|du|da|bin|al|el|la|ibn|O’) ){{0,2}}(?:[A-Z]\. )?{_PART}){{0,5}}"
_LIVELY = (
    rf"(?:{VERBS}|maintain(?:s|ed)?|confirm(?:s|ed)?|complain(?:s|ed)?|jok(?:ed?|es)|continu(?:ed?|es)|remark(?:s|ed)?"
    r"|observ(?:ed?|es)|answer(?:s|ed)?|respond(?:s|ed)?|agre(?:ed?|es)|caution(?:s|ed)?|counsel(?:s|led)|vow(?:s|ed)?"
    r"|promis(?:ed?|es)|chuckl(?:ed?|es)|laugh(?:s|ed)?|sigh(?:s|ed)?|mus(?:ed?|es)|quip(?:s|ped)|shout(?:s|ed)?"
    r"|recount(?:s|ed)?|reflect(?:s|ed)?|counter(?:s|ed)|retort(?:s|ed)|puts? it|goes on|went on|lament(?:s|ed))"
)
_PLAIN = (
    r"(?:sa(?:id|ys)|t(?:old|ells)|add(?:ed|s)|argu(?:ed|es)|claim(?:ed|s)|expla(?:ins|ined)|insist(?:ed|s)|warn(?:ed|s)"
    r"|stress(?:ed|es)|announc(?:ed|es)|admit(?:ted|s)|repl(?:ied|ies)|stat(?:ed|es)|not(?:ed|es)"
    r"|acknowledg(?:ed|es)|conced(?:ed|es)|maintain(?:s|ed)|predict(?:ed|s)|confirm(?:s|ed)|complain(?:s|ed)|thinks"
    r"|believ(?:ed|es)|ask(?:ed|s)|suggest(?:ed|s)|recall(?:ed|s)|point(?:ed|s) out|promis(?:ed|es)|apologi[sz]ed"
    r"|(?:went|goes) on to (?:say|add|argue|claim|explain|insist|warn|stress|admit|suggest|complain|predict|promise))"
)
_FIRST = (  # verbs that may stand before who speaks; "told X" names the hearer
    r"(?:sa(?:id|ys)|add(?:ed|s)|argu(?:ed|es)|claim(?:ed|s)|expla(?:ins|ined)|insist(?:ed|s)|warn(?:ed|s)|not(?:ed|es)"
    r"|admit(?:ted|s)|repl(?:ied|ies)|ask(?:ed|s)|wr(?:ote|ites)|conced(?:ed|es)|recall(?:ed|s)|continu(?:ed|es)|jok(?:ed|es)"
    r"|counsel(?:s|led)|agre(?:ed|es)|declar(?:ed|es)|comment(?:ed|s)|sigh(?:s|ed)|complain(?:s|ed)|acknowledg(?:ed|es))"
)
_ROLE = r"(?:(?:the |a |an |its |their |his |her |our )?(?:[\w’'-]+ ){0,6}?)"
_ASIDE = (
    r"(?: ?\([^()]{1,40}\))?"
    r"(?:,[^,.;:]{1,90},(?:[^,.;:]{1,60},)?|,? (?:of|from|at|for) [^,.;:]{1,60}(?:,[^,.;:]{1,60},)?)?"
)
_ADVERB = (
    r"(?:(?:has|had|have|also|later|then|however|yesterday|today|once|recently|himself|herself|publicly|since) ){0,2}"
)
_DIRECT = (
    re.compile(rf"(?P<name>{_NAME}){_ASIDE},?:? {_ADVERB}{_LIVELY}\b"),
    re.compile(rf"(?:^|[{QUOTED},;–—-])\s*{_LIVELY} (?P<after>[^,.;:{QUOTED}–—(]{{2,90}})"),
    re.compile(rf"(?P<name>{_NAME}){_ASIDE}:\s*{QUOTED}"),
)
_REPORTED = (
    re.compile(rf"(?P<name>{_NAME}){_ASIDE},? {_ADVERB}{_PLAIN}\b(?! (?:that )?its\b)"),
    re.compile(rf"[,–—-]\s*{_FIRST} (?P<after>[^,.;:{QUOTED}–—(]{{2,90}})"),
)
_ALWAYS = (
    re.compile(rf"\b[Aa]ccording to (?P<after>[^,.;:{QUOTED}–—(]{{2,90}})"),
    re.compile(rf"(?P<name>{_NAME}){_ASIDE},? (?:was|is|has been) (?:also )?quoted (?:as|by|saying)\b"),
    re.compile(rf"\b[Aa]s (?P<name>{_NAME}) (?:puts?|put) it\b"),
)
_ENDS = re.compile(
    r" (?:of|from|at|who|whose|in|on|as|to|for|with|when|after|during|while|that|and|about|by|is|was|had)\b"
)
_HE_SAYS = {
    direct: re.compile(rf"\b(?:[Hh]e|[Ss]he)(?: \w+)? {verbs}\b|\b{verbs} (?:he|she)\b|\b[Aa]ccording to (?:him|her)\b")
    for direct, verbs in ((True, _LIVELY), (False, _PLAIN))
}
_RUN = re.compile(_NAME)
_HEARER = re.compile(r"(?:told|tells?|asked|asks|urged|urges|warned|warns|informed)$")
ROLES = frozenset(
    """mr mrs ms miss mx dr sir dame lord lady baron baroness prof professor president chancellor senator sen governor
    mayor judge justice minister captain general pope king queen prince princess chief officer station manager
    deputy councillor cllr commissioner secretary director constable inspector sergeant sgt superintendent
    detective archbishop bishop rev reverend father ambassador congressman congresswoman representative rep
    politician coach campaigner executive dear academic registrar prime foreign home vice attorney colonel major
    lieutenant corporal commander admiral spokesman spokeswoman spokesperson union leader chair chairman
    chairwoman guild analyst economist historian author writer editor activist interior defence finance health
    education state local assistant senior head fire former acting then clerk town case scientist researcher
    actor actress singer monday tuesday wednesday thursday friday saturday sunday january february march april
    june july august september october november december""".split()
)
_PERSONAL = frozenset("mr mrs ms miss dr sir dame lord lady cllr councillor prof professor sgt rev chief".split())
_HEADS = frozenset(
    "after since until despite although unlike while whereas according today yesterday later meanwhile but and".split()
)
_ORGANISED = frozenset(
    """university council police department association foundation ministry agency committee commission institute group
    company bank party union board office trust guild society league federation government court school college
    hospital museum church land times post guardian news service services international organisation organization
    network centre center authority parliament congress house club fund press street city county states kingdom
    nations research survey study report ltd inc plc corporation limited line lines co charity campaign""".split()
)


@dataclass(frozen=True)
class Named:
    """A name as a sentence has it, without titles and roles; `personal`: one stood before it that only people have."""

    name: str
    personal: bool

    @property
    def is_person(self) -> bool:
        """Whether it is likely a person's: of two or three words or behind a title, and nothing that is organised."""
        parts = self.name.split()
        return (self.personal or 2 <= len(parts) <= 4) and not {p.lower() for p in parts} & _ORGANISED


def named_speaker(around: str, *, direct: bool) -> Named | None:
    """Who speaks in a sentence, by name.

    Args:
        around: the sentence; each of its quotations is one `QUOTED`.
        direct: whether it has any.
    """
    plain = " ".join(around.split())
    for pattern in (*_ALWAYS, *(_DIRECT if direct else _REPORTED)):
        for match in pattern.finditer(plain):
            found = _in(match, plain)
            if found is None or not found.name or found.name.lower() in _ORGANISED:
                continue
            if direct and pattern not in _ALWAYS or found.is_person or len(found.name.split()) == 1:
                return found
    return None


def says_he(around: str, *, direct: bool) -> bool:
    """Whether "he" or "she" says it; `around` and `direct` as above."""
    return bool(_HE_SAYS[direct].search(around))


def _in(match: re.Match[str], plain: str) -> Named | None:
    """The name that a pattern has found, or the last one of the words behind its verb: "union leader Ada Lund"."""
    groups = match.groupdict()
    if "after" in groups:
        runs = list(_RUN.finditer(_ENDS.split(groups["after"])[0]))
        last = runs[-1][0] if runs else ""
        return None if re.search(r"['’]s?$", last) else bare(last, head=False)
    before = plain[: match.start("name")].rstrip()
    if _HEARER.search(before) or re.search(r"\b(?:[Tt]he|[Aa]n?)$", before) and QUOTED not in plain:
        return None
    return bare(match["name"], head=not before or before[-1] in f"{QUOTED}.:;–—“‘(")


def bare(name: str, *, head: bool) -> Named:
    """A name without titles, roles, a possessive and, at a sentence's head, the sentence's own first word."""
    parts = re.sub(r"['’]s?$", "", name).split()
    personal = False
    while parts and (_is_role(parts[0]) or head and parts[0].lower() in STOP_WORDS | _HEADS):
        personal = personal or parts[0].rstrip(".").lower() in _PERSONAL
        parts.pop(0)
    return Named(" ".join(parts), personal)


def _is_role(part: str) -> bool:
    plain = part.rstrip(".").lower()
    return plain in ROLES or plain.endswith("s") and plain[:-1] in ROLES
