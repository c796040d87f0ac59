"""The words by which a sentence refuses, denies or forbids something, or tells that it was not spoken of.

Verbose regular expressions, every repetition of which is bounded, so that matching takes linear time.
"""

from __future__ import annotations

from rag.language.unsaid_parts import (
    ALONE,
    BE,
    BY_THE_WAY,
    CLAIM,
    DEEDS,
    DETAILS,
    DO,
    END,
    GIVEN,
    HAVE,
    IS,
    NOBODY,
    NOT,
    PLEA,
    SPOKEN,
    TALK,
    TELL,
    WONT,
)

DECLINED = rf"""
        (?:declin(?:e[sd]?|ing)|refus(?:e[sd]?|ing)|refusal|unwilling)\ to
            (?!\ (?:start|die|budge|go\ away|boot|work|open|close|lie\ down|be\ beaten))\ \w+
        | (?:declin(?:e[sd]?|ing)|refus(?:e[sd]?|ing))
            \ (?:all\ |any\ |every\ |further\ |an?\ |the\ |his\ |her\ |its\ |their\ |our\ |
            such\ )?(?:\w+\ ){{0,2}}?
            (?:comments?|interviews?|doctorates?|{PLEA})\b
        | (?:I|we|he|she|they)\ (?:have\ |has\ |had\ )?declined{END} | (?:{HAVE}|I|we|he|she
            |they)\ refused{END}
        | {BE}\ (?:\w+ly\ )?(?:declined|refused|rejected|turned\ (?:down|away)|thrown\ out|voted\ down
            |vetoed|not\ (?:accepted|adopted|granted|approved|taken\ up|followed)|ruled\ out\ of\ order)\b
        | (?:{PLEA}|claims?|cases?|complaints?)\ (?:\w+\ ){{0,4}}?{BE}\ dismissed\b | (?<=\|\ )(?-i:refused
            |rejected|declined|dismissed|turned\ down)\b
        | {ALONE}(?:refused|rejected|declined|not\ accepted|dismissed|turned\ down){END}
        | reject(?:s|ed)\ (?:the|an?|this|that|his|her|its|our|their|calls?|all|any|every|one
            |\d+)\b(?!\ (?:[\w'-]+\ ){{0,3}}{CLAIM})
        | turn(?:ed|s|ing)\ (?:(?:it|them|that|this|her|him|us|me)\ (?:\w+\ )?
            |(?:the|an?|his|her|its|our|their)\ (?!volume|heat|music|radio|sound|television|lights?|gas|collar|corner)
            (?:\w+\ ){{1,3}}?)down
        | turn(?:ed|s|ing)\ down(?!\ (?:the|a)\ (?:road|street|lane|track|path|volume|heat|heating|music|radio
            |corner|alley)\b)
        | (?:threw\ out\ (?:the|our|an?|his|its|their)\ (?:\w+\ ){{0,2}}?(?:{PLEA}|claims?|case|amendment
            |bill)|(?:threw|voted)\ (?:this|it|that|them)\ (?:out|down))\b
        | sa(?:id|ys|ying)\ no(?=\ (?:to|both|twice|again|and|at|each)\b|[.,;:!)”"]|\ [–—-]|$)
        | (?:found|was|with)\ no\ seconder
        | (?<!you\ )(?<!You\ ){WONT}{BY_THE_WAY}\ {TELL}
        | {WONT}\ (?:hear\ of|have\ (?:it|them|any)|accept|agree|sign|stand\ again
            |take\ (?:part|it\ up|that\ up)|rent|lend\ it|sell|let\ (?:us|him|her|them))\b
        | \b(?:I|we)\ (?:do|will|shall|would)(?:\ not|n't)\ (?:talk|speak|comment|discuss|take|accept|rent|sell
            |supply|advise|recommend
            |lend|refund|deliver|publish|hand|name|do\ (?!it\b|that\b|this\b|so\b|much\b|well\b)\w+{END}
            |give\ (?!up))
        | \b(?:we|I)\ never\ (?:give|publish|name|comment|discuss|tell)
        | (?:{IS}{NOT}|not|never)\ (?:going|prepared|willing|in\ a\ position|at\ liberty
            |ready)\ to\ (?:\w+ly\ )?(?:{TELL}|make|promise|accept|take)
        | not\ promising | (?<!you\ )(?:can't|cannot|could\ not|couldn't)\ (?:offer\ (?:an?|any|you)|promise
            |discuss|comment|disclose|reveal|name|go\ into|speak\ (?:about|on|for)|tell\ you\ (?:wh|how\ many
            |more)|say\ more)
        | (?:would|'d)\ (?:rather|sooner|prefer)\ (?:not|to\ leave\ that|(?:to\ )?leave\ (?:that|it|the))
        | prefer(?:s|red)?\ not\ to | asked\ (?:\w+\ )?(?:not\ to\ be|to\ be\ left\ (?:alone|out)|for\ (?:its
            |his|her|their)\ names?\ to\ be\ left)
        | {DO}{NOT}\ (?:wish|care)\b | {DO}{NOT}\ want\ (?:one{END}|to\ (?:{TELL}|be\ (?:named|quoted
            |identified)))
        | {DO}{NOT}\ (?:answer|respond|repl(?:y|ied)|return\ (?:calls|messages|our)|agree\ to(?!\ be)|grant
            |approve|do\ email)\b
        | (?:give|gives|gave|giving|make|makes|made|offers?|offered|{HAVE}|with)\ no\ (?:further\ |immediate\ |
            such\ )?
            (?:comments?|remarks?|opinions?|recommendations?|forecasts?|promises?|statements?|names?{END}
            |answers?)
        | \bno\ (?:further\ |immediate\ )?comments?\b | but\ no\ names\b | none\ given\b
        | (?:un|not\ )available\ for\ comment | could{NOT}\ be\ (?:immediately\ )?(?:reached
            |contacted)\ for\ comment
        | (?:sidestep(?:s|ped)|dodg(?:es|ed)|evad(?:es|ed)|duck(?:s|ed))\ (?:\w+\ ){{0,3}}(?:questions?|issues?
            |subject)
        | closely\ guarded\ secret
        | \b(?:board|company|council|government|committee|court|club|bank|ministry|union|agency
            |team)\ {WONT}\ (?!be\b|have\b|need\b|know\b)\w+
        | {WONT}\ be\ (?:paid|given\ out|published|released|extended|renewed|considered|invited|offered|shared
            |compensated)\b
"""
NOT_DISCUSSED = rf"""
        {BE}(?:{NOT}|\ never){BY_THE_WAY}\ {SPOKEN}\b | {HAVE}(?:{NOT}
            |\ never)\ (?:yet\ )?been\ {SPOKEN}\b
        | {DO}{NOT}{BY_THE_WAY}\ (?:discuss|mention|raise|address|cover|say(?!\ (?:so|that|no))|disclose
            |reveal|name|identify|explain|specify|(?<=did\ not\ )(?:examine|look\ (?:at|into))
            |touch\ (?:on|upon)|bring\ up|(?:talk|speak)\ about|speak\ of|come\ up|deal\ with
            |give\ (?:a\ )?{DETAILS})\b
        | {HAVE}{NOT}{BY_THE_WAY}\ (?:said|told\ us|disclosed|revealed|named|identified|explained|specified
            |announced|published)\b
        | \bno\ (?:mention|discussion|details?|reasons?|explanation)\ (?:of|was|were|is|are|has\ been
            |have\ been|given|for\ (?:this|it))\b
        | without\ (?:discussing|mentioning|naming|saying|explaining|giving\ (?:a\ |any\ )?{DETAILS})
        | (?:nothing|not\ a\ word)\ {BE}\ said\ (?:about|of|on|here) | sa(?:id|ys|y|ying)\ nothing\b |
            {IS}\ told\ nothing
        | neither\b[^.;]{{0,60}}\bnor\b[^.;]{{0,60}}\b(?:was|were)\ (?:discussed|mentioned|raised)
        | {ALONE}not\ (?:looked\ at|tested|covered|discussed|raised|examined|asked|included|measured
            |dealt\ with|mentioned)\b
        | \bnever\ (?:came|comes?|come)\ up\b | (?:outside|beyond)\ the\ scope | agreed\ not\ to | (?:names?
            |details?)\ (?:was\ |were\ |are\ |being\ )?withheld
        | \b{NOBODY}\ (?:\w+ly\ |even\ |else\ |has\ |have\ |had\ |ever\ ){{0,2}}{TALK}
        | {DO}{NOT}\ (?:get\ (?:a?round\ )?to(?=\ (?:the|an?|item|this|that|it|our|his|her|their|any|\w+ing)\b)
            |(?:feature|figure)(?=[.,;]|$|\ in\ (?:the|our|their)\ (?:talks?|discussions?|debate|minutes|report
            |meeting)\b))
        | never\ (?:got|came)\ (?:a?round\ )?to\ (?:the|an?|item|this|that|it|our|any|\w+ing)\b
        | (?:went|goes|go|gone|passed)\ (?:\w+ly\ )?(?:unmentioned|undiscussed|unaddressed|unasked|unsaid|unremarked)\b
        | (?:passed|passes|pass)\ over\ (?:\w+\ ){{0,3}}?in\ silence
        | {BE}\ (?:\w+ly\ )?(?:passed\ over|left\ out\ of\ (?:the|these|those|our|their
            |all)\ (?:\w+\ )?(?:talks|discussions?
            |debate|agenda|report|minutes|meeting|conversation|call)|skipped\b)
        | (?:{IS}|kept|keeps|remain(?:s|ed)|stayed)\ (?:silent\ on|(?:silent|quiet|mum)\ (?:about|over|as\ to))\b
        | (?:ran|run|running)\ out\ of\ time\ (?:for|to|before) | no\ time\ (?:was\ )?(?:left\ )?(?:for
            |to\ (?:talk|speak|discuss
            |raise|look|consider|go|deal|get|address))\b
        | [–—:-]\ no\ (?:discussion|mention)\b | skipped\ (?:item|point|the\ (?:item|point|question))\b
        | {DO}{NOT}\ (?:record|mention|list|give)\ (?:who|whom|what|when|where|why|how|which|whether)\b
        | {BE}\ (?:withheld|left\ to\ a\ separate) | (?:isn't|is\ not|aren't
            |are\ not)\ an?\ (?:\w+\ ){{0,2}}?(?:matter|question)\b
        | (?:question|matter|point|issue)\ [^.;:]{{0,40}}:\ not\ \w+ed\b | closed\ session | (?:attempted
            |made){NOT}?\ no\ claim | (?:make|makes|made|making)\ no\ (?:claim|mention|reference)
"""
DENIED = rf"""
        disput(?:ed|es|ing|e)\ (?:that|this|it|the|his|her|their|its)\b
        | (?<!not\ )(?<!n't\ )(?<!cannot\ )(?<!no\ )(?<!can\ )(?<!could\ )den(?:y|ies|ied|ying)\ (?:that|any
            |all|having|being|it|this|these|the(?!\ (?:right|chance|opportunity|vote))|knowledge|responsibility
            |involvement|wrongdoing|(?:\w+\ ){{0,3}}{CLAIM})\b
        | (?:reject|dismisse?)(?:s|d|ed|ing)\ (?:[\w'-]+\ ){{0,3}}{CLAIM}\b
        | {IS}\ (?:simply\ |completely\ |entirely\ |just\ |all\ )?(?:untrue|a\ lie|lies|false(?!\ alarm)
            |a\ myth|unfounded|baseless|groundless)\b
        | {IS}{NOT}\ true\b | \bno\ truth\ in | (?:knew|know|knows)\ nothing\ (?:of|about) | (?:had|has
            |have)\ no\ knowledge
        | sa(?:id|ys)\ (?:he|she|they|it)\ (?:had|has|have)\ [“"']?never\ [“"']?heard |
            never\ have\ been\ involved | (?:had|played)\ no\ (?:part|hand|role)\ in
        | (?:has|have|had)\ no\ (?:plans?|intention)\ (?:to|of|for)\b | {DO}{NOT}\ (?:intend|plan
            |accept)\b(?!\ (?:credit|cash|card|payment))
        | {DO}{NOT}\ (?:suggest|prove|show)\ that\b | (?:board|executive|company|government|court|ministry
            |council|union|judge|panel)\ {DO}{NOT}\ agree\b
        | (?<!not\ )(?<!n't\ )(?<!cannot\ )\brul(?:es|ed|ing)\ (?:this\ |that\ |it\ |any\ |
            the\ \w+\ )?out\b(?!\ of) | (?:is|was|are|were|been)\ ruled\ out\b(?!\ of) | off\ the\ table |
            out\ of\ the\ question
"""
NOT_ALLOWED = rf"""
        {BE}(?:{NOT}|\ never)\ (?:\w+ly\ )?(?:allowed|permitted|entitled|eligible|covered\ (?:by
            |under))\b
        | {BE}\ (?:strictly\ |expressly\ )?(?:forbidden|prohibited|banned|barred
            |outlawed)\b(?!\ from\ (?:\w+\ to\b|\d)) | (?:is|are|was|were)\ (?:\w+ly\ )?excluded\b
        | (?:forbids?|forbade|prohibits?|(?<!the\ )bans(?=\ (?:the|all|any|an?|its|children|people|anyone
            |\w+ing)\b)|outlaws)\b | (?:banned|barred|forbidden)\ from\ \w+ing | must\ (?:not|never)\b |
            out\ of\ bounds | off[- ]limits
        | (?:you|\w+s|staff|nobody|neither|which|party|tenant|landlord|publisher|supplier|employee|member|guest
            |customer|child)\ (?:may|shall)\ not(?=[.;]|$|\ {DEEDS}\b) | you\ can(?:not|\ not|'t)\ {DEEDS}\b
        | (?:nobody|no\ one)\ (?:may|can|but\ \w+\ may|shall)\ {DEEDS} | (?:nothing|no\ \w+)\ (?:shall
            |may)\ be\ \w+ | (?:you\ may\ not|neither\ may)\b
        | (?<!that\ ){DO}{NOT}\ (?:allow|permit|admit\ \w+)\b | no\ \w+(?:\ \w+)?\ (?:is|are|was
            |were)\ (?:allowed|permitted|admitted) | not\ (?:allowed|permitted)\ (?:to|in|on|on\ the)\b
            |no\ longer\ allowed
        | ^\W*(?:\d+\W+)?(?:please\ )?do\ not\ (?!worry|forget|hesitate|be\ afraid|panic|know|think|miss|expect
            |despair)\w+ | please\ (?:do\ not|refrain) | refrain\ from
        | ^\W*(?:\d+\W+)?only\ (?:an?\ |the\ )?\w+(?:\ \w+)?\ (?:may|can)\b | (?:on\ no\ account
            |under\ no\ circumstances) | (?:are|is)\ not\ to\ be\ (?!\ )\w+ed\b
        | cannot\ be\ (?:\w+\ )?{GIVEN}\b | (?<!consider\ )(?<!of\ )prohibiting | forms?\ no\ part\ of |
            against\ the\ (?:law|rules)\b | (?:is|are|was)\ illegal\ (?:to|for|in)\b |
            (?<!I\ )(?<!we\ )(?<!We\ )shall\ not\ (?:be\ \w+(?:ed|en|ld|pt|nt)|allow)\b
"""
