"""Tell requests that look something up from those that don't: a count, a summary, a greeting, "what can you do?"."""

from __future__ import annotations

import re

from rag.asking.collection import whole_question
from rag.asking.question import Request

_POLITE = r"(?:(?:please|can you|could you|would you|will you|kindly|now|ok(?:ay)?)[,\s]+)*(?:please\s+)?"
_THIS = (
    r"(?:(?:this|that|these|those|the|my|our|all|both|all (?:of )?(?:the|my|these)|the whole)\s+)?"
    r"(?:\d+\s+)?(?:(?:news|whole|entire|chosen|selected|last|cited)\s+)?"
    r"(?:articles?|texts?|stor(?:y|ies)|reports?|pieces?|documents?|files?|news|it|this|that|them|everything|all)"
)
_WHERE = rf"(?:\s+(?:of|in|from|about|made in)\s+{_THIS})?"
_MAIN = r"(?:main|key|central|most important|chief|principal|major)"
_POINTS = r"(?:(?:point|topic|idea|takeaway|fact|message|theme|argument|finding|statement|thing)s?|gist)"
_SUMMARY = (
    rf"{_POLITE}(?:summari[sz]e|sum\s+up|recap|outline|condense)(?:\s+{_THIS})?",
    rf"{_POLITE}(?:give|write|make|show|provide|i(?:'d| would) like|i want)\s+(?:me\s+|us\s+)?(?:an?|the)?\s*"
    rf"(?:short|brief|quick|concise)?\s*(?:summary|overview|outline|recap|gist|abstract){_WHERE}",
    rf"(?:a\s+)?(?:short\s+|brief\s+)?(?:summary|overview|tl;?\s?dr|recap|gist){_WHERE}",
    rf"{_POLITE}(?:list|name|give me|tell me|show me)\s+(?:the\s+)?{_MAIN}\s+{_POINTS}{_WHERE}",
    rf"(?:what(?:'s|\s+is|\s+are|\s+were|\s+was)\s+)?(?:the\s+)?{_MAIN}\s+{_POINTS}{_WHERE}",
    rf"what(?:'s|\s+is|\s+are|\s+was)\s+{_THIS}\s+(?:all\s+)?(?:mainly\s+)?about",
    rf"what\s+(?:do|does|did)\s+{_THIS}\s+(?:say|discuss|cover|deal with|talk about|report|tell us)(?:\s+about)?",
    r"what(?:'s|\s+is)\s+in\s+(?:here|this|the (?:articles?|news|index|folder))",
    rf"{_POLITE}(?:tell me|what(?:'s|\s+is))\s+(?:the\s+)?(?:gist|summary)(?:\s+of\s+{_THIS})?",
)
_GREETING = (
    r"(?:hi|hello|hey|hiya|howdy|greetings|good\s+(?:morning|afternoon|evening|day)|bonjour|hallo)"
    r"(?:\s+(?:there|unsaid|you|all|everyone|again))?",
    r"how\s+are\s+you(?:\s+(?:doing|today))?",
)
_THANKS = (
    r"(?:ok(?:ay)?,?\s+|great,?\s+|perfect,?\s+)?(?:many\s+)?(?:thanks|thank\s+you|thx|cheers|ta)"
    r"(?:\s+(?:a lot|so much|very much|you|again|for (?:your|the) (?:help|answer)|anyway))?"
    r"(?:[,.!\s]+(?:(?:that|this|it)(?:'s|\s+(?:is|was|has|had|really))?\s+)?(?:very |really |most |a lot |been )*"
    r"(?:helpful|helps|helped|useful|great|perfect|good|kind|enough|all(?: i (?:need|needed|wanted)(?: to know)?)?))?",
    r"(?:good)?\s?bye(?:\s?bye)?|see you|(?:ok(?:ay)?|great|cool|nice|perfect|good|got it|i see)",
)
_COMPLAINT = (
    r"(?:no,? )?(?:sorry,? )?(?:but )?(?:that|this|it)(?:(?:'s| is| was) not|\s?isn't|\s?wasn't) (?:really )?what i"
    r" (?:asked|meant|wanted|was asking|am asking|needed)(?: (?:to know|for|about|you))?",
)
_ABILITIES = (
    r"(?:hi|hello|hey)?[,!.\s]*(?:so\s+)?what\s+(?:can|could)\s+(?:you|unsaid|this tool)\s+"
    r"(?:do|help\s+(?:me\s+)?with|answer)(?:\s+for\s+me)?",
    r"what\s+(?:can|could|should|may)\s+i\s+ask(?:\s+(?:you|here))?(?:\s+about)?",
    r"(?:who|what)\s+are\s+you|what\s+is\s+(?:unsaid|this tool|this page)",
    r"how\s+(?:do|can|should)\s+i\s+use\s+(?:this|you|unsaid|it)|how\s+do(?:es)?\s+(?:this|you|unsaid|it)\s+work",
    r"(?:please\s+)?help(?:\s+me)?(?:\s+please)?",
)
_WHOLE = tuple(
    (request, re.compile(rf"\W*(?:{'|'.join(patterns)})(?:\s+(?:briefly|please|for me|in short|in brief))?\W*", re.I))
    for request, patterns in (
        (Request.GREETING, _GREETING),
        (Request.THANKS, _THANKS),
        (Request.ABILITIES, _ABILITIES),
        (Request.COMPLAINT, _COMPLAINT),
        (Request.SUMMARY, _SUMMARY),
    )
)
_TOPIC = re.compile(
    rf"{_POLITE}(?:(?:give|write)\s+(?:me\s+)?(?:an?|the)\s+(?:short\s+|brief\s+)?(?:summary|overview)\s+(?:of|about|on)"
    rf"|summari[sz]e|sum\s+up|recap|tell\s+me\s+(?:everything\s+|something\s+|more\s+)?about"
    r"|what(?:'s|\s+is)\s+the\s+(?:gist|essence|upshot)\s+of)\s+"
    rf"(?:what\s+(?:(?:is|was|has been)\s+(?:said|reported|written|known)|{_THIS}\s+(?:say|report)s?)"
    r"\s+(?:about|on)\s+)?"
    r"(?P<topic>.+?)\W*",
    re.I,
)

_SAID_ABOUT = re.compile(
    rf"{_POLITE}what\s+(?:do|does|did)\s+{_THIS}\s+(?:say|report|write|tell\s+us|mention)\s+(?:about|on|of)\s+"
    r"(?P<topic>.+?)\W*",
    re.I,
)


def request_of(question: str) -> Request:
    """What kind of reply is called for. A whole sentence decides: "Hi, who won?" looks something up."""
    plain = question.replace("’", "'")
    for request, pattern in _WHOLE:
        if pattern.fullmatch(plain):
            return request
    if whole_question(plain):
        return Request.WHOLE
    return Request.SUMMARY if _TOPIC.fullmatch(plain) else Request.LOOK_UP


def summary_topic(question: str) -> str | None:
    """What a summary is wanted of: "sanctions" in "Summarise what is said about sanctions"; None for all of it."""
    plain = question.replace("’", "'")
    if any(pattern.fullmatch(plain) for _, pattern in _WHOLE):
        return None
    match = _TOPIC.fullmatch(plain)
    return match["topic"] if match else None


def said_about(question: str) -> str | None:
    """What all that is said about is wanted of, if no sentence answers alone: "What does the article say about X?"."""
    match = _SAID_ABOUT.fullmatch(question.replace("’", "'"))
    return match["topic"] if match else None
