"""The words by which a sentence leaves something open: not decided, not known, not there yet.

Verbose regular expressions, every repetition of which is bounded, so that matching takes linear time.
"""

from __future__ import annotations

from rag.language.unsaid_parts import (
    CANNOT,
    DECIDED,
    DO,
    END,
    HAPPENED,
    HAVE,
    IS,
    MATTER,
    NOT,
    PERFECT,
    REPLY,
    WH,
    WONT,
)

UNDECIDED = rf"""
        no\ (?:final\ |such\ )?(?:decision|verdict|ruling)\b(?!\ (?:to|that|of)\b) | undecided |
            {IS}\ (?:still\ )?(?:unresolved|unsettled)
        | (?:{PERFECT}|{IS})(?:{NOT}|\ never|\ neither)\ (?:yet\ |been\ |all\ |finally\ )*{DECIDED}
        | (?:nothing|nobody|no\ one|none)\ (?:is|has|have|was|'s|had)\ (?:yet\ |been\ |being\ )*(?:decided
            |settled|agreed|signed|final|fixed)
        | (?:have|has|are|is|be)?\ ?(?:yet|still)\ to\ (?:be\ )?(?:decided?|agreed?|settled?|determined?
            |chosen?|choose|say\ (?:if|whether)|fixed|advise)
        | \bto\ be\ (?:decided|settled|agreed|negotiated|fixed|determined|put\ to\ (?:the\ )?members
            |discussed\ (?:in|at|on|by))\b
        | remains?\ to\ be\ (?!seen|established)\w+ | {DO}{NOT}\ (?:reach\ (?:an\ )?agreement)
            |could{NOT}\ (?:agree|reach\ (?:an\ )?agreement)
        | (?:remains?|remained|left|leaves|leaving)\ (?:it\ |this\ |that\ )?(?:still\ )?(?:an\ )?open(?=[.;]
            |\ (?:for\ now|until|whether|how|question|the\ (?:question|number|date|matter|possibility)))
        | (?:is|are|still)\ an\ open\ question
        | (?:{MATTER})\ (?:is|are|was|were|stays?|remains?)\ (?:still\ )?open | date\ open | jury(?:'s
            |\ is)?\ (?:is\ )?still\ out\b
        | deferred | postponed? | adjourned | (?:held|stands?)\ over(?=\ (?:to|until|till)\b|[.;]|$) | \b(?:is
            |are|was|were|been|plans?)\ on\ hold\b | shelved\b | (?:is|was|state)\ parked\b|^\W*parked\b
        | put\ off(?=\ (?:until|till|to|for|again)\b|[.,;:)]|$) | decision\ (?:\w+\ ){{0,8}}put\ off | (?:park
            |leave)\ it\ (?:until|till|for\ now)
        | (?:referred|put)\ to\ (?:the\ |an?\ |outside\ )?(?:\w+\ )?(?:panel|committee|board|counsel|lawyers?
            |court|regulator)\b
        | {IS}\ (?:still\ |now\ |also\ |currently\ |being\ )*(?:considering|weighing|mulling|evaluating
            |thinking\ (?:it\ over|about\ (?:it|a|whether))
            |studying\ (?:it|the|that|this)|looking\ (?:at\ (?:the\ (?:contract|matter|question|case)|it
            |whether|that|this)|into\ (?:it|this|that))|discussing\ (?:with|whether|if|how)
            |working\ out\ (?:if|whether)|in\ (?:two\ minds|talks)|under\ (?:consideration|discussion|review
            |negotiation)|unsure)\b
        | \bbeing\ (?:considered|discussed|weighed|looked\ (?:at|into)|examined|studied|drawn\ up|drafted
            |negotiated|thought\ about|prepared(?=[.,;]|$))\b
        | (?:talks?|negotiations?)\ (?:\w+\ ){{0,3}}?(?:go(?:es)?\ on|continue|are\ (?:going\ on|under\ way)) |
            under\ (?:consideration|discussion|preparation)\b
        | (?:will|shall|'ll|must|is\ (?:due\ )?to|are\ (?:due\ )?to)\ (?:then\ |only\ |have\ to\ |later\ |
            still\ )?(?:be\ )?(?:decided?|chosen?|choose|determined?)
            \b(?=[.;]|\ (?:whether|if|who|what|which|how|when|in|on|by|at|after|between|next|later|only
            |together|the\ (?:future|fate)))
        | (?:will|shall|'ll|must|has\ to|have\ to)\ (?:then\ )?say\ (?:whether|if|how)\b | {HAVE}\ (?:till
            |until)\ [^.;]{{1,40}}?\ to\ (?:decide|answer|say|appeal|reply)
        | (?:a|the|no|final|any)\ decision\ (?:\w+\ ){{0,4}}?(?:will|is|are|was)\ (?:only\ )?(?:be\ )?(?:taken
            |made|expected|due|pending|awaited)\b(?!\ (?:by|in\ (?:19|20)))
        | decision\ on\ [^.;]{{1,60}}?(?:→|will\ be|is\ due|next)
        | \b(?:is|are|be)\ for\ (?:the\ )?(?:\w+\ ){{1,4}}?to\ (?:say|decide|settle|judge)\b |
            lawyers?\ (?:are\ )?looking\ at | have\ to\ go\ before\ the
        | (?:until|before)\ (?:it|that|this|they|he|she|we|the\ \w+|you)\ (?:\w+\ )?(?:is|are|has|have|rules?
            |reports?|decides?|decided?|ring)
            (?:\ (?:decided|known|settled|ruled|reported|back|given|complete|spoken|answered|heard)|{END}) |
            until\ then\ no\b
        | (?:(?:to|will|'ll|'d|let\ me|would)\ (?:think|sleep)|{IS}\ thinking)\ (?:it\ over|on\ it
            |about\ (?:it|how|that){END}) | turning\ it\ over | give\ us\ (?:until|till|time)
        | (?:sa(?:id|ys)|has\ said)\ neither | (?:neither|not)\ (?:on\ nor\ off|promised\ nor\ refused
            |yes\ nor\ no) | split\ \w+\ to\ \w+
        | {WONT}\ (?:rule|exclude)\ (?:\w+\ ){{0,4}}?(?:out\b|it\b)
        | \bmay\ or\ may\ not\b | \bmay\ (?:\w+\ ){{0,2}}\w+,\ may\b | (?:we'll|we\ will|we\ shall
            |and\ then|I\ shall)\ see(?=[.,;]|$|\ (?:whether|if|what)\b)
        | (?:it|that|everything|which|{MATTER})\ (?:all\ )?(?:depends|hangs|will\ depend)(?=[.;]|$
            |\ (?:up)?on\ (?:whether|how|what|if|finding|the\ (?:council|court|committee|budget|outcome
            |result)))
        | pending\ (?:an?\ |the\ |further\ )?(?:decision|approval|vote|review|appeal|hearing)|(?:decision
            |hearing|appeal|vote|case|result)s?\ (?:is\ |are\ )?pending
        | not\ for\ today | (?:take|come\ back\ to|return\ to)\ (?:it|this|that)\ up?\ ?(?:again\ )?(?:in|at
            |next)\b | {DO}{NOT}\ (?:yet\ )?decide\b
        | (?:stay|stand|leave|stays|stands)\ as\ (?:they\ are|it\ is|it\ stood)\ until | has\ not\ (?:spoken
            |ruled)|hasn't\ (?:ruled|spoken)
"""
UNKNOWN = rf"""
        (?:is|are|was|were|remains?|remained|still|'s)\ (?:still\ |as\ yet\ )?
            (?:unclear|unknown|uncertain|unconfirmed|undisclosed|inconclusive|unexplained|unsolved
            |disputed)(?=[.,;:”"')]|$|\ (?:at|as|but|and|by|{WH})\b)
        | \b(?:cause|reason|origin|motive|author|date|whereabouts|address|extent|outcome)s?:?\ (?:still\ |is\ |
            are\ )?(?:unknown|unclear|not\ (?:yet\ )?(?:known|established|clear))(?=[.,;:)]|$|\ )
        | {IS}(?:{NOT}|\ never)\ (?:yet\ |immediately\ |entirely\ |quite\ |at\ all\ )*(?:clear|known|certain
            |established|sure)(?!\ (?:for|to|as|of\ (?:him|her|them|my)))
        | \b(?:I'm|we're|we\ are|I\ am|he's|she's)\ (?:not|less)\ (?:so\ |entirely\ |at\ all\ |quite\ )?(?:sure
            |certain)\ (?:wh|if|that|about|how) | (?:it's|it\ is|too|still)\ (?:too\ )?(?:early
            |soon)\ to\ (?:say|tell|know|judge)
        | (?<!you\ )(?<!who\ )(?<!You\ )\b{DO}{NOT}\ (?:yet\ |really\ |actually\ |even\ |myself\ |herself\ |
            himself\ )?know(?=\ (?:who|when|why|whether|if|which|how\ (?:many|much|long)|yet|exactly|either
            |what\ (?:will|caused|it\ (?:is|was)|they|we'll|the))\b|[.;]|$)
        | (?<!you\ )(?<!who\ )(?<!You\ )(?:\b{DO}{NOT}|\bcould{NOT})\ (?:see|hear|notice|recall|remember|catch|find\ out
            |make\ out)\ (?:exactly\ )?(?:who(?:se)?|which|where|when|whether|if|how\ (?:many|much|long|far))\b
        | nor\ do\ (?:we|I|they)\ know | \b(?:no\ one|nobody|no-one)\ (?:really\ |yet\ |quite\ )?(?:knows
            |can\ say|could\ (?:really\ )?say|could\ tell|can\ tell|is\ sure|has\ (?:yet\ )?been\ able\ to)
        | remains?\ to\ be\ (?:seen|established) | remains?\ a\ mystery | (?:not\ out\ of\ the\ question)
        | (?<!same\ )(?<!you\ )(?<!You\ ){CANNOT}\ (?:yet\ |even\ |also\ |really\ |definitively\ |
            say\ (?:for\ sure|yet|more)|de\w*ly\ )*
            (?:(?:say|tell|predict)(?=[.;,]|$|\ (?:{WH}|for|until|about)\b)|know\b|be\ (?:sure|certain
            |said(?!\ (?:of|for))|ruled\ out|confirmed|verified|excluded|established|determined
            |explained(?!\ by))
                |rule\ (?:\w+\ )?out|exclude|confirm|verify|determine|establish)
        | neither\ (?:of\ them\ )?(?:can|could)\ be\ (?:excluded|ruled\ out|proved|confirmed) |
            neither\ confirm | did\ not\ find\ that\b
        | \bno\ (?:official\ |reliable\ |other\ |hard\ |clear\ |firm\ )?(?:count|figures?|statistics
            |information|evidence|explanation|trace|data|proof)\ (?:exists?|is|are|was|were|has\ been|about|on
            |as\ to|for|that|of|to\ suggest|yet)\b(?!\ offer)
        | there\ (?:is|are|was)\ (?:still\ )?no\ (?:official\ |reliable\ |hard\ )?(?:counts?|figures?|records?
            |evidence|information|explanation|proof)\b | {HAVE}\ no\ (?:hard\ |firm\ )?evidence
        | \bno\ date\ (?:can|could|has|is|was|yet|given|set) | (?:very\ )?little\ (?:is|was
            |information)\ (?:yet\ )?(?:known|about|exists)
        | (?:hard|difficult|impossible)\ to\ (?:say(?!\ (?:no|goodbye|sorry))|know\ (?:for|{WH})|predict
            |be\ (?:sure|certain)|tell(?=\ {WH}\b|[.,;]|$))
        | (?:shall|will|may|'ll)\ (?:never|only)\ know | (?:will|shall|'ll)\ know\ (?:only\ )?(?:after|when|by
            |in|once|more) | nor\ exclude
        | (?:opinions?|accounts?|experts|versions)\ differ | (?:needed|necessary)\ to\ (?:be\ sure|say\ so) |
            anybody's\ guess
        | {HAVE}{NOT}\ (?:yet\ )?been\ (?:identified|established|determined|confirmed|verified|explained) |
            no\ idea(?:\ (?:{WH}|of)|{END})
        | (?<!you\ )(?<!who\ )(?<!You\ )(?:{CANNOT}|{DO}{NOT})\ (?:really\ |now\ |honestly\ |quite\ )?(?:remember
            |recall){END}
        | {CANNOT}\ (?:really\ |honestly\ )?tell\ you{END}
"""
NOT_YET = rf"""
        (?:{HAVE}|is|are|was|were|{DO}){NOT}\ (?:\w+\ ){{0,4}}?yet\b | not\ yet\b |
            \bnot\ (?:[a-z]+\ ){{1,3}}yet(?=[.;,)]|$)
        | yet\ to\ (?!come\b|be\ seen)(?:be\ )?\w+ | (?:has|have|'ve){NOT}\ (?:so\ far\ |even\ )?{HAPPENED}\b
        | (?:still\ )?await(?:s|ing|ed)\ (?:an?|the|its|approval|confirmation|from) | still\ (?:waiting|awaited
            |silent|outstanding)
        | \bto\ be\ (?:confirmed|announced|advised|assessed)\b | \bTB[CAD]\b | (?:has|have)\ still\ (?:not|to)
        | \bno\ (?:\w+\ )?{REPLY}\ (?:\w+\ ){{0,3}}?(?:yet|so\ far|until|before|has\ come|from)\b | (?:has
            |have|'s)\ been\ no\ (?:answer|reply|response|word)
        | still\ no\ \w+ | (?:result|report|answer|reply|decision|payment)s?\ (?:is\ |are\ |
            still\ )?(?:outstanding|awaited|to\ follow)
        | (?:answer|decision|reply|result|report|ruling|verdict|outcome)s?\ (?:\w+\ ){{0,2}}?(?:is|are
            |was)?\ ?(?:expected|due)\ (?:in|by|before|at|on|next|soon|“|"|')
        | (?:we'll|we\ will|we\ shall|will|'ll)\ (?:hear\ (?:in|from|by|next)|ring\ back|publish\ (?:the|it
            |them|this)\ (?:\w+\ )?when|let\ (?:us|you|me)\ know)
        | (?:will|to)\ be\ (?:announced|published|decided|fixed|named|printed
            |revised)\ (?:\w+\ ){{0,2}}?(?:after|once|when|later|as\ soon) | {IS}{NOT}\ (?:in|out|finished
            |ready|complete)(?:\ yet)?(?=[.,;]|$)
        | no\ date\ yet | (?:said|told)\ (?:he|she|they|it|us|me)(?:'d|\ would|\ will)\ (?:reply|answer|let)\b
"""

# A clause that begins with "whether" tells what is open, whatever follows; tried where nothing else is found.
OPEN_CLAUSE = r"""
    (?:^|[.;:*|]\s)[\W\d]{0,8}(?:but\ |and\ )?(?:whether)\ (?!or\ not\b)(?:[^,;]{4,160})
        \b(?:depends?|is|are|has|have|was|were|will|remains?|hangs|rests|we|they|nobody|cannot|can't|must|had)\b
    | (?:^|[.;:*|]\s)[\W\d]{0,8}whether\ (?!or\ not\b)(?:[^,;:]{4,160}):\ \w+
"""
