"""How questions to all articles are worded, as patterns. Blanks are single before they are matched."""

from __future__ import annotations

import re
from enum import StrEnum


class Asked(StrEnum):
    """What is asked of all articles."""

    WHICH = "which articles"
    HOW_MANY = "how many articles"
    ANY = "does any article"
    MENTIONED = "is it mentioned"
    EVERY = "does every article"
    HOW_OFTEN = "how often"
    EVERY_MENTION = "every mention"
    MOST = "which article most"
    FIRST = "first by date"
    LAST = "last by date"
    QUOTED = "who is quoted"
    NOT_QUOTED = "who is not quoted"
    TOTAL = "how many articles there are"
    LISTED = "which articles there are"
    LEFT_OUT = "what one article has that another lacks"
    DIFFERENT = "where two articles differ"
    UNSAID = "what is left unsaid"
    THEMSELVES = "what documents themselves are"


POLITE = re.compile(
    r"^(?:(?:and|but|so|then|also|now|ok(?:ay)?|please|(?:can|could|would) you(?: (?:please|tell me|show me))?|tell me)"
    r"[,\s]+)+(?=\S)",
    re.I,
)
NOUN = r"(?:news )?(?:articles?|texts?|stor(?:y|ies)|reports?|pieces?|documents?|files?)"
THE = r"(?:(?:of|in|from|among|all|any|the|these|those|this|my|our|your|\d+|indexed|chosen|selected) )*"
ARTICLES = rf"{THE}(?:{NOUN}|them)"
GIVE = r"(?:list|show(?: me)?|name|find|give me|count)"
EVERY = r"(?:(?:all|every|each|the|of|any|single) )+"
TOPMOST = r"(?:first|earliest|oldest|last|latest|newest|most recent)"
MENTIONS_OF = (
    (Asked.HOW_OFTEN, r"how many mentions of (?P<topic>.+?)(?: are there)?"),
    (Asked.EVERY_MENTION, rf"{GIVE} {EVERY}mentions? of (?P<topic>.+)"),
    (Asked.ANY, r"(?:is|are|was|were) (?P<topic>.+?) {mentioned} (?:in|by) (?:any|some|one) (?:of )?{the}{noun}"),
    (Asked.EVERY, r"(?:is|are|was|were) (?P<topic>.+?) {mentioned} (?:in|by) (?:all|every|each) (?:of )?{the}{noun}"),
)  # fmt: skip
DATED = re.compile(
    rf"(?:(?:which|what) (?:{NOUN} )?(?:is|was) |show me |)(?:the )?(?P<end>{TOPMOST})"
    rf"(?: (?:{NOUN}|one))?(?P<rest>(?: .+)?)",
    re.I,
)
WHEN_DATED = re.compile(
    rf"when (?:was|were|is) (?:the )?(?P<end>{TOPMOST}) {NOUN} (?P<rest>(?:of|on|about|with|that|mentioning) .+?) "
    r"(?:published|written|dated|issued|posted|printed|made|sent|filed|released)",
    re.I,
)
RANKED = re.compile(rf"(?P<head>.+?) (?P<end>{TOPMOST}|(?:the )?most(?: (?:often|frequently))?)", re.I)
MENTIONED = r"(?:mentioned|named|discussed|covered|cited|talked about|referred to|reported on|written about)"
SAY = (
    r"(?:mention(?:s|ed|ing)?|name[sd]?|contain(?:s|ed|ing)?|discuss(?:es|ed|ing)?|cover(?:s|ed|ing)?|include[sd]?|cite[sd]?"
    r"|talk(?:s|ed|ing)? about|sp(?:eaks?|oke|eaking) (?:of|about)|refer(?:s|red|ring)? to|deal(?:s|t|ing)? with"
    r"|report(?:s|ed|ing)? (?:on|about)|wr(?:ites?|ote|iting) about|br(?:ings?|ought) up|touch(?:es|ed)? (?:up)?on"
    r"|sa(?:ys?|id) (?:anything|something|a word) (?:about|on|of)|(?:is|are|was|were) about"
    r"|(?:uses?|ha(?:s|ve|d)) the (?:words?|terms?|phrases?|names?))"
)
NOT = (
    rf"(?:(?:do|does|did)(?: not|n't| never) (?:ever |even )?{SAY}|(?:not|never) (?:once |ever )?{SAY}"
    rf"|(?:ha(?:s|ve|d))(?: not|n't| never) {SAY}|fail(?:s|ed)? to {SAY}|(?:is|are|was|were)(?: not|n't) about"
    r"|ma(?:ke|kes|de) no mention of|(?:say|says|said) nothing (?:about|of|on)|omits?|leaves? out|lacks?"
    r"|(?:are|is) silent (?:about|on)|without(?: (?:mentioning|(?:any|a) mention of))?)"
)
_NOUNS = r"(?:names|mentions|covers)\b"  # "How many names are on the list?" asks for no articles
HEADS: tuple[tuple[Asked, str], ...] = (
    (Asked.HOW_MANY, rf"(?:in )?how many {ARTICLES}"),
    (Asked.HOW_MANY, rf"(?:(?:what(?: is|'s)? )?(?:the )?(?:number|share|percentage)|count) (?:of )?{ARTICLES}"),
    (Asked.WHICH, rf"(?:in )?(?:which|what) {ARTICLES}"),
    (Asked.WHICH, rf"{GIVE} {EVERY}{NOUN}"),
    (Asked.ANY, rf"(?:(?:do|does|did|have) (?:any|some|one) (?:of )?{THE}|(?:is|are) there (?:an?|any|some) ){NOUN}"),
    (Asked.EVERY, rf"(?:do|does|did) (?:all|every|each) (?:of )?{THE}{NOUN}"),
    (Asked.HOW_OFTEN, rf"how (?:often|many times)(?: (?:do|does|did) {ARTICLES})?"),
    (Asked.HOW_OFTEN, r"how many (?:sentences|passages)"),
    (Asked.EVERY_MENTION, rf"{GIVE} {EVERY}(?:sentences?|passages?|places?)"),
    (Asked.HOW_MANY, rf"how many(?: of them)?(?= (?!{_NOUNS})(?:{NOT}|{SAY}))"),
    (Asked.WHICH, rf"which(?: ones| of them)?(?= (?!{_NOUNS})(?:{NOT}|{SAY}))"),
)  # fmt: skip
ACTIVE = re.compile(
    rf"(?:(?:that|which|who) )?(?:(?P<not>{NOT})|(?:to |(?:do|does|did) |also |ever |have |has )*{SAY}"
    r"|about|on|with) (?P<topic>.+)",
    re.I,
)
PASSIVE = re.compile(
    rf"(?:where |in which )?(?:is|are|was|were|has|have)(?P<not> not|n't| never)? (?P<topic>.+?) "
    rf"(?:been )?(?P<not2>not |never )?{MENTIONED}(?: in)?",
    re.I,
)
IN_ALL = re.compile(rf" (?:anywhere )?(?:in|across|throughout|by) {ARTICLES}$| (?:at all|anywhere|in total)$", re.I)
OR_MENTION = re.compile(rf"(?<= )(?:{SAY}|about)(?:,| or| and) (?={SAY} )", re.I)  # "are about or mention X"
AND_WHEN = re.compile(r",? and when (?:was|were|is) (?:it|they) (?:written|published|dated|made)$", re.I)
BUT_NOT = re.compile(
    rf",? (?:(?:but|and|yet|while|though) (?:(?:that|which|who) )?(?:{NOT}|not|never)"
    r"|without(?: (?:mentioning|(?:any|a) mention of))?) ",
    re.I,
)
TOPIC_LEAD = re.compile(
    r"^(?:the )?(?:(?:words?|terms?|phrases?|names?|topics?|subjects?) (?:of )?)(?=[“‘\"'\w])", re.I
)
WHO = re.compile(
    r"(?:(?:who|which people) (?:all )?(?:is|are|was|were|gets?)(?P<not> not|n't| never| (?:mentioned|named),? but"
    r" (?:(?:is|are) )?(?:not|never))? |"
    rf"{GIVE} (?:every(?:one|body)|{EVERY}(?:people|persons?)) (?:(?:who|that) )?"
    r"(?:(?:is|are|was|were)(?P<not2> not|n't)? )?)quoted(?: (?:on|about) (?P<topic>.+))?",
    re.I,
)
TOTAL = re.compile(
    rf"how many {NOUN} (?:are (?:there|indexed)|(?:do|can) (?:you|i) (?:have|know|hold|search|ask))"
    r"(?: (?:in )?(?:here|all))?",
    re.I,
)
LACKS = r"(?:(?:does not|doesn't|do not|don't)(?: (?:report|mention|say|have|include|tell))?|leaves? out|omits?|lacks?)"
HAS = r"(?:reports?|says?|mentions?|tells?(?: us)?|ha(?:ve|s)|includes?|covers?|states?)"
OMIT = r"(?:leave out|omit|lack)"
NOT_SAY = rf"(?:{OMIT}|not (?:say|report|mention|tell|have))"
OF_WHAT = r"(?:that|which|of what)"
COMPARED: tuple[tuple[Asked, str], ...] = (
    (Asked.LEFT_OUT, rf"what (?:does|do) (?P<a>.+?) {HAS} (?:that|which|and) (?P<b>.+?) {LACKS}"),
    (Asked.LEFT_OUT, r"what(?:'s| is) in (?P<a>.+?) (?:that is|but)(?: not|n't) in (?P<b>.+?)"),
    (Asked.LEFT_OUT, rf"what (?:does|do) (?P<b>.+?) {NOT_SAY} {OF_WHAT} (?P<a>.+?) {HAS}"),
    (Asked.LEFT_OUT, rf"what (?:does|do) (?P<b>.+?) {OMIT} (?:of|from|compared (?:to|with)) (?P<a>.+?)"),
    (Asked.DIFFERENT, r"compare (?P<a>.+?) (?:and|with|to|against) (?P<b>.+?)"),
    (Asked.DIFFERENT, r"(?:what(?:'s| is| are) )?the differences? between (?P<a>.+?) and (?P<b>.+?)"),
    (Asked.DIFFERENT, r"(?:where|how|in what) (?:do|does) (?P<a>.+?) and (?P<b>.+?) (?:differ|disagree)"),
    (Asked.DIFFERENT, r"(?:where|how|in what) (?:do|does) (?P<a>.+?) (?:differ|disagree) (?:from|with) (?P<b>.+?)"),
)  # fmt: skip
FILLED = {"mentioned": MENTIONED, "the": THE, "noun": NOUN}
