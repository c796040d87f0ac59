r"""What sentences that refuse or leave something open are made of: negators, auxiliaries, verbs of telling.

Pieces of verbose regular expressions, with "\ " for a blank; `unsaid_refused` and `unsaid_open` put them together.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

UnsaidKind: TypeAlias = Literal[
    "declined", "refused", "undecided", "unknown", "not discussed", "denied", "not allowed", "not yet"
]
KINDS: tuple[UnsaidKind, ...] = get_args(UnsaidKind)

NOT = r"(?:\ not|n't)"
BY_THE_WAY = r"(?:\ (?:yet|so\ far|also|even|still|immediately|publicly|really|otherwise|at\ all|been|simply|wholly))*"
DO = r"(?:do|does|did)"
BE = r"(?:is|are|was|were|be|been|being|has\ been|have\ been|had\ been)"
IS = r"(?:is|are|was|were|'s|'re|'m|am)"
HAVE = r"(?:has|have|had)"
PERFECT = r"(?:has|have|'ve|had)"
WONT = r"(?:(?:will|would|shall|'d|'ll)\ (?:not|never)|won't|wouldn't|shan't)"
CANNOT = r"(?:cannot|can\ not|can't|could\ not|couldn't|could\ neither|can\ neither|unable\ to|not\ able\ to)"
WH = r"(?:who|whom|whose|what|when|where|why|how|whether|if|which)"
END = r"(?=[.,;:!)\"”'*|–—]|\ [|–—-]|$)"
ALONE = r"(?:^\W*|(?<=[;:*–-]\ )|(?<=\*))"  # where a word stands by itself: "Leave to appeal: refused."
DETAILS = (
    r"(?:\w+\ ){0,2}(?:details?|figures?|names?|reasons?|numbers?|dates?|comments?|interviews?|statements?|answers?"
    r"|information|opinions?|forecasts?|guidance|explanations?|recommendations?)"
)
TELL = (
    r"(?:say|comment|discuss|disclose|reveal|name|identify|answer|elaborate|specify|explain|speculate|go\ into|guess"
    r"|be\ (?:drawn|interviewed|quoted|pushed)|(?:speak|talk)(?=\ (?:to|about|of|on)\b|[.,;]|$)|respond|reply|tell"
    r"|list\ the|go\ further|pass\ on|hand\ (?:it|them|over|out)|show\ (?:us|me|the)"
    rf"|(?:give|provide|release|publish|share)\ (?:{DETAILS}|the\ \w+|it|them|those|any))"
)
SPOKEN = (
    r"(?:discussed|mentioned|raised|addressed|considered|covered|debated|touched\ (?:on|upon)|brought\ up|taken\ up"
    r"|talked\ about|spoken\ (?:of|about)|on\ the\ agenda|part\ of\ (?:the|this|our|its)\ (?:talks|discussions?"
    r"|agenda|report|post|scheme|brief|remit|complaint|survey|policy|agreement|award|study)|said|stated"
    r"|asked\ (?:to|about)"
    r"|disclosed|revealed|named|identified|explained|specified|reported|announced|published|released|made\ public"
    r"|examined|looked\ (?:at|into)|dealt\ with|judged\ here|read)"
)
NOBODY = (
    r"(?:nobody|no\ one|no-one|none\ of(?:\ [\w'-]+){1,4}?|neither(?:\ of)?(?:\ [\w'-]+){1,4}?|no\ (?:speaker|member"
    r"|party|side|witness|councillor|delegate|minister|trustee|director|candidate))"
)
TALK = (  # in the past or the present, of a subject that denies it
    r"(?:mention(?:ed|s)?|touch(?:ed|es)?\ (?:up)?on|discuss(?:ed|es)?|broach(?:ed|es)?|address(?:ed|es)?"
    r"|(?:talk(?:ed|s)?|spoke|speaks?|wrote|asked|asks?)\ (?:about|of|after)|(?:brought|brings?)\ up|referred\ to"
    r"|(?:came|got|gets)\ (?:a)?round\ to|(?:said|says?)\ (?:anything|a\ (?:single\ )?word)"
    r"|raise[ds]?(?!\ (?:an?\ |any\ |the\ )?(?:objections?|hands?|voices?|eyebrows?|money|funds|glass|children"
    r"|concerns?)\b)(?=\ (?:the|an?|it|this|that|these|any|his|her|its|their|our|my|[A-Z])))"
)
PLEA = (
    r"(?:requests?|applications?|appl(?:y|ies)|appeals?|offers?|proposals?|motions?|bids?|pleas?|calls?|demands?"
    r"|invitations?"
    r"|claims?\ for|permission|leave|consent|bail|ideas?|plans?|suggestions?|moves?)"
)
CLAIM = (
    r"(?:claims?|reports?|accusations?|allegations?|charges?|suggestions?|criticisms?|rumou?rs?|wrongdoing"
    r"|notions?|views?"
    r"|responsibility|involvement|knowledge)"
)
DECIDED = (
    r"(?:decided|agreed(?!\ (?:with|to)\b)|settled|chosen|fixed|finali[sz]ed|resolved|ruled|concluded"
    r"|made\ up\ (?:its|his|her|their|my|our)\ minds?|set\ (?:a|the|any)\ date|made\ (?:a|any|no)\ (?:decision"
    r"|commitment)"
    r"|reached\ (?:a|any)\ (?:decision|agreement|verdict))"
)
MATTER = r"(?:question|point|matter|issue|date|decision|outcome|vote|item|number|clause)s?"
REPLY = r"(?:answer|reply|response|word|news|verdict|ruling|result|decision|date|name|order|vote|offer|candidate)s?"
HAPPENED = (
    r"(?:answered|replied|responded|heard|arrived|started|begun|signed|confirmed|received|finished|come\ (?:back|in)"
    r"|appeared|opened|been\ (?:paid|built|tested|tried|published|signed|delivered|approved|found|corrected"
    r"|completed))"
)
DEEDS = (
    r"(?:enter|use|bring|give|sell|take|wear|park|smoke|record|film|share|keep|stay|leave|bet|vote|lend|swap"
    r"|collect|copy"
    r"|work|claim|disclose|hide|transfer|cancel|sublet|drill|feed|ride|play|pay|open|touch|photograph|drive|apply"
    r"|carry"
    r"|be\ \w+(?:ed|en|ld|pt|nt|un|it|ut))"
)
GIVEN = (
    r"(?:shared|handed\ out|split|refunded|returned|transferred|exchanged|published|disclosed|given|accepted|lent"
    r"|sold)"
)
