"""How questions about documents themselves are worded, as patterns. Blanks are single before they are matched."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable

_KIND_NOUNS: dict[str, str] = {
    **dict.fromkeys(("letter", "minutes", "memo", "interview", "transcript", "speech", "notes", "log", "notice"), ""),
    **dict.fromkeys(("review", "obituary", "policy", "manual", "invoice", "recipe", "timeline", "diary", "table"), ""),
    **dict.fromkeys(("contract", "press release", "report", "article", "chat", "mail", "FAQ", "slides"), ""),
    **{"memorandum": "memo", "email": "mail", "e-mail": "mail", "agreement": "contract", "lease": "contract"},
    **{"news release": "press release", "media release": "press release", "spreadsheet": "table", "guide": "manual"},
    **{"presentation": "slides", "chronology": "timeline", "faq": "FAQ", "news article": "article"},
}
KINDS = {noun: kind or noun for noun, kind in _KIND_NOUNS.items()}
ANY = ("document", "file", "text", "article", "piece", "paper", "story", "report")
PLURALS = {
    **{f"{noun}s": kind for noun, kind in KINDS.items() if noun[-1] not in "sy"},
    **{f"{noun[:-1]}ies": kind for noun, kind in KINDS.items() if noun[-1] == "y"},
    **{noun: kind for noun, kind in KINDS.items() if noun[-1] == "s" or noun in ("mail", "chat")},
    **{"speeches": "speech", "memoranda": "memo", "sets of minutes": "minutes", "slide decks": "slides"},
}
SELF_EVIDENT = frozenset(PLURALS) - {
    "articles",
    "reports",
    "tables",
    "policies",
    "reviews",
    "logs",
    "guides",
    "agreements",
}


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))) + ")"


_ONE = _any((*KINDS, *ANY))
_MANY = _any(PLURALS)
_TAIL = (
    r"(?:[ ](?:about|on|to|from|of|for|regarding|concerning|with|by|called|titled|dated)[ ]"
    r"(?!which\b|whom\b|that[ ]).{1,80}?)?"
)
DOCUMENT = (
    rf"(?P<doc>(?:the|this|that|my|our)[ ](?:(?!(?:first|last|next|same|other"
    rf"|only|to|of|for|on|in|about|from|and|reply|answer)[ ])[\w’'&-]+[ ]){{0,4}}?(?P<noun>{_ONE}){_TAIL}"
    r"|[\w./&+()-]{1,80}\.[a-z0-9]{2,5}|[“\"‘'][^“”\"]{2,120}[”\"’'])"
)
_WRITTEN = r"(?:written|sent|composed|drafted|authored|typed|drawn[ ]up|put[ ]together)"
_ISSUED = rf"(?:{_WRITTEN}|published|posted|issued|dated|produced|printed)"
_ASKED_OF_ONE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "author",
        (
            rf"who(?:[ ]has|[ ]is[ ]it[ ]that)?[ ](?:wrote|written|authored|drafted|composed|sent|penned|took"
            rf"|compiled)[ ]{DOCUMENT}",
            rf"(?:who(?:[ ]is|'s|[ ]was|[ ]are|[ ]were)|(?:name|tell[ ]me|give[ ]me|what(?:[ ]is"
            rf"|'s)))[ ](?:the[ ])?(?:name[ ]of[ ]the[ ])?"
            rf"(?:authors?|writers?)[ ](?:of|behind)[ ]{DOCUMENT}",
            rf"who(?:[ ]is|'s|[ ]was)[ ]{DOCUMENT}[ ](?:by|{_WRITTEN}[ ]by|from)",
            rf"by[ ]whom[ ](?:is|was|were)[ ]{DOCUMENT}(?:[ ]{_WRITTEN})?",
        ),
    ),
    (
        "date",
        (
            rf"when(?:[ ]was|[ ]were|[ ]is|[ ]are)[ ]{DOCUMENT}[ ](?:{_ISSUED}|from)",
            rf"(?:(?:what|which)(?:[ ]is|'s|[ ]was)|(?:tell|give)[ ]me)[ ]the[ ]date[ ](?:of|on)[ ]{DOCUMENT}",
            rf"(?:what|which)[ ](?:date|day|year)[ ](?:is|was|does|do)[ ]{DOCUMENT}(?:[ ](?:{_ISSUED}|from|have"
            rf"|bear|carry|give|has))",
            rf"when[ ](?:does|do)[ ]{DOCUMENT}[ ]date[ ]from",
            rf"how[ ](?:old|recent)[ ](?:is|are)[ ]{DOCUMENT}",
        ),
    ),
    (
        "kind",
        (
            rf"(?:what|which)[ ](?:kind|type|sort)[ ]of[ ](?:an?[ ])?(?:document|text|file|thing|paper)[ ](?:is"
            rf"|are)[ ]{DOCUMENT}",
            rf"what[ ](?:kind|type|sort)[ ](?:is|are)[ ]{DOCUMENT}",
        ),
    ),
    (
        "title",
        (
            rf"what(?:[ ]is|'s)[ ]the[ ](?:title|headline|heading|subject)[ ]of[ ]{DOCUMENT}",
            rf"what[ ]is[ ]{DOCUMENT}[ ](?:called|titled)",
        ),
    ),
)
OF_ONE = tuple((wanted, re.compile(pattern, re.I)) for wanted, patterns in _ASKED_OF_ONE for pattern in patterns)
MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
PERIOD = re.compile(
    rf"(?:the[ ]month[ ]of[ ]|the[ ]year[ ])?(?:(?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?[ ](?:of[ ])?)?(?:(?P<month>{_any(MONTHS)})\.?)?"
    r"(?:(?:^|,?[ ])(?P<year>(?:19|20)\d\d))?|(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)",
    re.I,
)
_GENERIC = (
    r"(?:documents?|files?|texts?|articles?|papers?|ones"
    r"|of[ ](?:them|these|the|my|your|our)(?:[ ](?:documents|files|texts|articles))?)"
)
_WHICH = (
    r"(?:which|what|list|show(?:[ ]me)?|find|give[ ]me|name|are[ ]there(?:[ ]any)?|do[ ](?:i|you|we)[ ]have(?:[ ]any)?"
    r"|is[ ]there[ ]any)"
)
_ALL = r"(?:[ ](?:all|any|every|of|the|my|your|our|those|these))*"
_COUNT = r"(?:how[ ]many)"
_END = r"(?P<end>newest|latest|most[ ]recent|last|oldest|earliest|first)"
_SIDE = r"(?:since|after|before|until|up[ ]to)"
DATED_IN = re.compile(
    rf"(?:{_WHICH}{_ALL}|{_COUNT})(?:[ ](?:(?P<many>{_MANY})|{_GENERIC}))(?:[ ](?:that|which))?(?:[ ](?:are|is"
    rf"|were|was|do[ ]you[ ]have|date))?"
    rf"(?:[ ](?:{_ISSUED}))?(?:[ ](?:from[ ])?(?P<side>{_SIDE})|[ ](?:from|in|of|on)|(?<=[ ]dated))"
    rf"[ ](?P<period>.{{3,24}})|what(?:[ ]is|'s)[ ](?:there[ ]from|(?:there[ ])?new[ ](?P<side2>since|after))"
    rf"[ ](?P<period2>.{{3,24}})",
    re.I,
)
OF_KIND = re.compile(
    rf"(?:which|what|how[ ]many)(?:[ ]{_GENERIC}){{1,2}}[ ](?:are|is)[ ](?:all[ ])?(?P<kinds>{_MANY}|an?[ ]{_ONE})"
    rf"|(?:which|what|how[ ]many)[ ](?P<kinds2>{_MANY})[ ](?:are[ ]there|do[ ](?:you|i|we)[ ]have|have[ ](?:you"
    rf"|i|we)(?:[ ]got)?)"
    rf"|(?:which|what)(?:[ ]of[ ]them)?[ ]are[ ](?P<kinds5>{_MANY})|(?:list|show(?:[ ]me)?"
    rf"|give[ ]me){_ALL}[ ](?P<kinds3>{_MANY})|(?:do[ ](?:you|i|we)[ ]have"
    rf"|are[ ]there)(?:[ ]any)?[ ](?P<kinds4>{_MANY})",
    re.I,
)
BY = re.compile(
    rf"(?:which|what)(?:[ ](?:(?P<many>{_MANY})|{_GENERIC}))(?:[ ](?:are|is|were"
    rf"|was))?(?:[ ]{_WRITTEN})?[ ]by[ ](?P<name>[^\W\d_].{{2,60}})"
    rf"|(?:which|what)(?:[ ](?:(?P<many2>{_MANY})|{_GENERIC}))[ ](?:did"
    rf"|has)[ ](?P<name2>[^\W\d_].{{2,60}}?)[ ](?:write|written|send|sent)",
    re.I,
)
EXTREME = re.compile(
    rf"(?:(?:which|what)(?:[ ](?P<one>{_ONE}))?(?:[ ]is|'s|[ ]are)[ ]"
    rf"|show[ ]me[ ])(?:the[ ])?{_END}(?:[ ](?:of[ ](?:the|my|your)[ ])?(?P<two>{_ONE}|{_MANY}))?",
    re.I,
)
LATE = frozenset(("newest", "latest", "most recent", "last"))
