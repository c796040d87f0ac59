"""The words of the grammar of `mentioned`: classes of verbs, nouns and adverbs, each by what it does in a clause."""

from __future__ import annotations

import re


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


def _verbs(line: str) -> dict[str, frozenset[tuple[str, ...]]]:
    """Lemmas with the particles that may follow them: "talk:about,of" or "mention:"."""
    found = {}
    for entry in line.split():
        lemma, _, particles = entry.partition(":")
        found[lemma] = frozenset(tuple(p.split("_")) if p else () for p in particles.split(","))
    return found


BE = _words("is are was were be 's isn aren wasn weren ai")
DO = _words("do does did don doesn didn")
HAVE = _words("has have had hasn haven hadn")
MODAL = _words("can could")
QUESTION_WORDS = _words("who whom whose what which when where why how")

PASSIVE = _verbs(
    "mention: discuss: cover: broach: raise: address: cite: name: reference: note: include: describe:"
    " feature: list: use: find:"
    " talk:about,of speak:about,of touch:on,upon,upon_on bring:up refer:to allude:to deal:with write:about report:on"
    " comment:on go:into"
)
SAID = "anything_about,something_about,a_word_about,a_single_word_about,one_word_about,anything_on,something_on"
ACTIVE = _verbs(
    "mention: discuss: cover: broach: address: cite: name: reference: concern: include: contain: feature:"
    " raise: bring:up use:"
    f" talk:about,of speak:about,of touch:on,upon refer:to allude:to deal:with write:about report:on,about comment:on"
    f" go:into say:{SAID},nothing_about tell:about,of,anything_about,me_anything_about,us_anything_about"
    " make:mention_of,any_mention_of,a_mention_of,reference_to,any_reference_to,a_reference_to hint:at"
)
APPEARING = _verbs("appear: occur: arise: figure: feature: exist: come:up crop:up pop:up turn:up show:up")
SPLIT = {"bring": "up"}  # "bring sanctions up"
COMING = _words("come crop arise pop appear occur")
SPOKEN = _words("discuss cover broach raise address talk speak touch bring come crop arise")
CORE = _words("article text story report piece document doc file source note letter email mail")
RULES = _words(
    "guarantee warranty contract lease agreement policy term terms will treaty constitution ruling rule rules judgment"
    " verdict plan programme program law manifesto invoice bill booking"
)
DOCUMENT_ENDINGS = ("book", "log", "sheet", "letter", "paper", "script", "gram")
# Without a place these tell of the world as well: "Were taxes raised?", "Was a suspect named?"
AMBIGUOUS = _words(
    "describe raise address cite name note include feature list use find go report deal write comment reference"
)
PURE = _words("mention discuss talk speak touch bring refer allude broach reference cite say make")
PARTICIPLE = ("ed", "id", "ought", "oken", "ited", "ten", "ealt", "one", "und", "ised")
OMITTING = _verbs("leave:out omit: skip:")
HOLDING = _words("use get have contain hold include say find see offer give")
VERBS = (
    frozenset(PASSIVE)
    | frozenset(ACTIVE)
    | frozenset(APPEARING)
    | HOLDING
    | _words("get tell know check see wonder say confirm find look ask verify show let try need like")
)

NOUNS = _words(
    "mention reference word anything something nothing information info remark passage section paragraph talk"
    " discussion news note material coverage article document text file report story piece line trace detail sign"
)
ALONE = _words("mention anything something nothing")  # which begin a question by themselves: "Anything on X?"
PREPOSITIONS = _words("about of on to concerning regarding re dealing relating around into")
SMALL = _words("any a an no some single the further more other much one not so as even actually ever really specific")
BETWEEN = _words("at all else more specific here anywhere made said written mentioned")
MISSING = _words("missing absent")

DOCUMENTS = _words(
    "article text story report piece document doc file letter email e-mail mail message minute minutes note memo"
    " interview page paper book chapter transcript record leaflet brochure contract lease agreement handbook manual"
    " guide thesis essay post blog entry release newsletter recipe archive collection corpus folder source"
    " material clipping"
    " outline prospectus indictment ruling obituary itinerary guarantee warranty rules syllabus agenda"
    " judgment verdict"
    " treaty constitution"
    " manifesto dossier questionnaire catalogue programme protocol review poem diary log appendix annex"
    " glossary index readme spec communique communiqué terms policy will"
    " invoice bill statement presentation slide script column editorial dispatch bulletin flyer notice attachment pdf"
    " author writer booking plan programme program"
)
THESE = _words("it them this these those here there any all everything anything")
POINTING = _words("rest others it them this these those all any here there everything")
DETERMINERS = _words(
    "the a an any some one each every all both either my our your his her their its this that these those of in"
    " single whole entire chosen selected last first second latest two three four five it them everything same"
)
TEXTS = _words("it you i we anything this that text author")
ANYONE = _words("anyone anybody someone somebody they people nobody one")
IN = _words("in by inside across throughout among on from")
QUALIFYING = _words("of on about from with for by to in that which who")
SOMEWHERE = _words("anywhere somewhere here there")
ADVERBS = _words(
    "ever even actually really also too either just then explicitly specifically directly once anywhere somewhere"
    " perhaps please still yet already again only"
)
ADVERBIALS = (
    ("at", "all"),
    ("by", "name"),
    ("in", "passing"),
    ("in", "detail"),
    ("or", "not"),
    ("even", "once"),
    ("so", "far"),
)
RANKS = _words("first last most least best second")
NEGATORS = _words("not never n't")
POINTERS = _words("it that this they them these those he she him her there")
ARTICLES = _words("the a an any some")
LEADS = _words(
    "word words term terms phrase phrases name names expression topic topics subject subjects issue issues question"
    " matter figure number acronym abbreviation fact someone somebody person people man woman company"
)
LITERAL = _words("word words term terms phrase phrases expression name figure number acronym abbreviation")
NO_TOPIC = _words(
    "that what how who whom whose why when where which whether if it this they them these those he she"
    " him her his its"
    " their there anything something nothing everything someone anyone nobody any some much more else i you we us me"
)
FUNCTION = _words("the a an any of in on and or my our your is are was were be not at all one once more than times")
MACHINERY = _words(
    "article text document doc file report story mention word term phrase name list note search topic subject thing"
    " anywhere question answer it that this they them these those he she him her there reference"
)
OPENING = _words(
    "and but so then also now ok okay please hi hello hey well just or yes no thanks again er um hmm actually"
)
CLOSING = _words("please thanks right correct y/n y or not too though")
OCCASIONS = _words("when while during at after before as since in on")
SELF = _words("i my me we our us i'm i've i'd")
ASKING = _words(
    "tell know check see wonder say confirm find look ask verify show let sure curious question like need try"
)
REQUESTING = _words("can could would will do did you please i we to me and")
INDEFINITE = _words("any a an anything something")
FINDING = _words("find see show give spot check look")
COMMANDS = _words("list name show give find tell explain describe compare summarise summarize")
CLAIMING = _words("true right correct confirm possible case sure thinking")
NUMBERS = {"once": 1, "one": 1, "twice": 2, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}
_COUNT = r"(?:once|one|twice|two|three|four|five|\d)"
LEAST = re.compile(
    rf"(?:(?:in )?(?:at least|(?P<over>more than)) (?P<n>{_COUNT})|(?P<m>twice|several|multiple))"
    r"(?: (?:times?|places?|sentences?)"
    r"|(?: of the)? (?P<noun>articles?|documents?|texts?|files?|reports?|stories|story))?"
    r"(?= |$)"
)
# Words by which a text tells of something being spoken of; the second are so only beside a denial.
SPEECH = _words("mention discuss talk broach debate discussion negotiate agenda")
RAISED = _words("raise address cover topic conversation silent touch bring ask speak come")
GRAMMAR = tuple(
    sorted(
        w
        for w in PASSIVE.keys() | ACTIVE.keys() | APPEARING.keys() | NOUNS | DOCUMENTS | SOMEWHERE | ANYONE
        for w in (w, f"{w}s", f"{w}ed")
        if len(w) > 5
    )
)

# Where one may be, or not be, to be spoken of.
ON_THE_AGENDA = re.compile(
    r"\b(?:on|off|part\s+of|among)\s+(?:the\s+)?(?:\w+\s+)?(?:table|agenda|topics?|talks?|menu)\b", re.I
)
# Words by which one says that a thing was passed over in silence.
SILENCE = re.compile(
    r"\bun(?:mentioned|discussed|raised|addressed|spoken|touched|explored|aired)\b"
    r"|\b(?:avoid|skip|skirt|dodg|evad|sidestep|duck|shun|ignor|shelv|drop|omit|bypass|exclud)\w*\s+(?:\w+\s+){0,3}?"
    r"(?:topic|subject|issue|question|matter|theme|point|mention|talk|discussion)s?\b"
    r"|\b(?:steer|stay|keep|kept|shy|shied|veer)\w*\s+(?:well\s+)?(?:clear|away|silent|quiet|mum|off)\b"
    r"|\b(?:left|leave|leaves|leaving|kept|struck|dropped|missing|absent)\s+(?:out\s+of|off|from)\s+(?:the\s+)?(?:\w+\s+)?"
    r"(?:table|agenda|talks?|discussions?|programme|program|list|meeting)\b"
    r"|\bpass(?:ed|es|ing)?\s+over\b|\bin\s+silence\b|\bno\s+word\s+on\b|\bnever\s+came\s+up\b",
    re.I,
)
