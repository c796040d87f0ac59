"""The few patterns by which questions in other languages are told: what they ask for, and whether it is mentioned.

They meet questions in the searchable form: without marks on letters, blanks single, nothing after the last word.
"""

from __future__ import annotations

import re

from rag.asking.question import Asks, Request

_W = r"[^?!.]{1,120}?"  # a topic
_TYPES: dict[str, tuple[tuple[Asks, str], ...]] = {
    "de": (
        (Asks.NAME, r"wie heiss(?:t|en)|wie ist der name"),
        (Asks.TIME, r"wann|um wie ?viel uhr|an welche[mnrs]? (?:tag|datum|wochentag)|(?:welche[mnrs]?|seit wann|bis wann) "
                    r"(?:tag|datum|jahr|monat|woche|uhrzeit|termin)"),
        (Asks.MONEY, r"was kostet\w*|was (?:hat|haben) .{1,60} gekostet|wie teuer|wie ?viel (?:geld|kostet\w*)|wie hoch "
                     r"(?:ist|sind|war|waren) die (?:\w* )?\w*(?:kosten|miete|pacht|gebuhr\w*)|welche[nr]? preis"),
        (Asks.QUANTITY, r"wie ?viele?|wie (?:hoch|lange?|gross|oft|alt|weit|breit|tief|schwer|schnell)"),
        (Asks.REASON, r"warum|wieso|weshalb|aus welchem grund"),
        (Asks.PERSON, r"wer|wem|wen|wessen"),
    ),
    "fr": (
        (Asks.NAME, r"comment s'appell\w+|comment se nomm\w+|quel est le nom"),
        (Asks.TIME, r"quand|a quelle (?:heure|date)|quel jour|quelle (?:date|annee)|en quelle annee"),
        (Asks.MONEY, r"combien (?:coute\w*|a coute|ont coute|d'argent|paie\w*|faut-il payer)|quel(?: est| etait| sera) le "
                     r"(?:prix|cout|tarif|montant|budget)"),
        (Asks.QUANTITY, r"combien|quel(?:le)? (?:est |etait |sera )?(?:la |le |l')?(?:taille|longueur|hauteur|age|nombre|duree"
                        r"|profondeur|poids|surface|superficie)"),
        (Asks.REASON, r"pourquoi|pour quelle raison"),
        (Asks.PERSON, r"qui(?= (?:est|a|ont|sont|etait|sera|dirige|preside|paie|paye|\w+era|\w+ait)\b)|par qui|avec qui|a qui"),
    ),
    "es": (
        (Asks.NAME, r"como se llam\w+|cual es el nombre"),
        (Asks.TIME, r"cuando|a que hora|en que (?:fecha|ano|mes|dia)|que (?:dia|fecha|ano)"),
        (Asks.MONEY, r"cuanto (?:cuesta\w*|costo|vale|costara|hay que pagar|dinero)|cual (?:es|sera|era) el (?:precio|coste)"
                     r"|que precio"),
        (Asks.QUANTITY, r"cuant[oa]s?|que (?:tamano|longitud|altura|edad|profundidad|peso|superficie|distancia)"),
        (Asks.REASON, r"por que|por que motivo|por que razon"),
        (Asks.PERSON, r"quien(?:es)?"),
    ),
    "it": (
        (Asks.NAME, r"come si chiam\w+|qual e il nome"),
        (Asks.TIME, r"quando|a che ora|in che (?:data|anno|giorno)|che giorno"),
        (Asks.MONEY, r"quanto (?:costa\w*|e costat[oa]|si paga|coster\w+)|qual e (?:il|la) (?:prezzo|costo|quota)"),
        (Asks.QUANTITY, r"quant[oaie]|qual e (?:la |l')?(?:altezza|lunghezza|profondita|durata|eta|superficie)"),
        (Asks.REASON, r"perche|per quale motivo|come mai"),
        (Asks.PERSON, r"chi"),
    ),
    "nl": (
        (Asks.NAME, r"hoe heet(?:en|te)?|wat is de naam"),
        (Asks.TIME, r"wanneer|hoe laat|op welke (?:dag|datum)|in welk (?:jaar|maand)"),
        (Asks.MONEY, r"hoeveel (?:kost\w*|geld|betalen|betaal\w*)|wat kost\w*|hoe duur|wat is de prijs"),
        (Asks.QUANTITY, r"hoeveel|hoe (?:lang|hoog|groot|vaak|oud|ver|breed|diep|zwaar|snel)"),
        (Asks.REASON, r"waarom|om welke reden"),
        (Asks.PERSON, r"wie|met wie|door wie"),
    ),
    "pt": (
        (Asks.NAME, r"como se cham\w+|qual e o nome"),
        (Asks.TIME, r"quando|a que horas|em que (?:data|ano|mes|dia)|que dia|qual (?:e )?a data"),
        (Asks.MONEY, r"quanto (?:custa\w*|custou|vale|dinheiro|se paga)|qual (?:e|foi|sera) o (?:preco|custo|valor)"),
        (Asks.QUANTITY, r"quant[oa]s?|qual (?:e )?(?:a |o )?(?:altura|comprimento|profundidade|idade|tamanho|duracao)"),
        (Asks.REASON, r"por ?que|por qual motivo"),
        (Asks.PERSON, r"quem"),
    ),
    "zh": (
        (Asks.TIME, r"什么时候|何时|几点|几月|哪天|哪年|哪一天|哪一年|什么时间|时间是"),
        (Asks.QUANTITY, r"多少|几|多长|多高|多大|多久|多深|多远"),
        (Asks.REASON, r"为什么|为何|原因"),
    ),
    "ja": (
        (Asks.TIME, r"いつ|何時|何日|何月|何年"),
        (Asks.QUANTITY, r"いくら|何円|どのくらい|どれくらい|いくつ|何[人冊台本枚回個名件]"),
        (Asks.REASON, r"なぜ|どうして|何故"),
    ),
    "ko": (
        (Asks.TIME, r"언제|몇 ?시|며칠|몇 ?년"),
        (Asks.QUANTITY, r"얼마|몇"),
        (Asks.REASON, r"왜|이유"),
    ),
}  # fmt: skip
TYPES = {
    language: tuple(
        (asks, re.compile(pattern if language in ("zh", "ja", "ko") else rf"\b(?:{pattern})\b", re.I))
        for asks, pattern in of
    )
    for language, of in _TYPES.items()
}

_IN_DE = (
    r"(?: (?:irgendwo|uberhaupt|auch|hier|(?:in|von) (?:de[mnr]|diese[mnr]|einem|einer|irgendeinem|meinen)? ?(?:\w+ )?"
    r"(?:dokument\w*|text\w*|artikel\w*|unterlagen|dateien?|protokoll\w*|briefe?n?)))*"
)
_IN_FR = r"(?: (?:quelque part|aussi|ici|dans (?:le|la|les|l'|un|ces?|cet|mes)\s?(?:documents?|textes?|articles?|fichiers?)))*"
_IN_ES = r"(?: (?:en alguna parte|tambien|aqui|en (?:el|la|los|las|algun|estos|este|mis) (?:documentos?|textos?|articulos?)))*"
_IN_IT = r"(?: (?:da qualche parte|anche|qui|ne(?:l|i|gli|ll')\s?(?:document[oi]|test[oi]|articol[oi])))*"
_IN_NL = r"(?: (?:ergens|ook|hier|in (?:de|het|een|deze|dit|mijn) (?:document(?:en)?|teksten?|artikel(?:en)?|stukken)))*"
_IN_PT = r"(?: (?:em algum lugar|tambem|aqui|n[oa]s? (?:documentos?|textos?|artigos?)|em algum (?:documento|texto)))*"
_TEXTS = r"(?:\w+ )?(?:dokumente?|texte?|artikel|documents?|textes?|articles?|documentos?|textos?|articulos?|document[oi]|test[oi]|articol[oi]|documenten|teksten?|artikelen|artigos?)"
_MENTIONED: dict[str, tuple[str, ...]] = {
    "de": (
        rf"(?:wird|wurde|werden|wurden|ist|sind)(?: (?:irgendwo|auch|hier))* (?P<t>{_W}){_IN_DE} (?:erwahnt|genannt|angesprochen"
        rf"|besprochen|diskutiert)(?: worden)?{_IN_DE}",
        rf"(?:wird|wurde) (?:irgendwo |auch |hier )*(?:uber|von) (?P<t>{_W}){_IN_DE} (?:gesprochen|geredet|berichtet|diskutiert)",
        rf"(?:kommt|kommen|kam|kamen) (?P<t>{_W}){_IN_DE} (?:vor|zur sprache)",
        rf"(?:steht|steht da|gibt es|findet sich)(?: (?:hier|da|irgendwo|in {_TEXTS}))? (?:etwas|was|irgendetwas) (?:uber|von|zu[mr]?) "
        rf"(?P<t>{_W}){_IN_DE}",
        rf"(?:erwahnt|erwahnen|nennt|nennen) (?:der|die|das|irgendein|ein) {_TEXTS} (?P<t>{_W})",
    ),
    "fr": (
        rf"(?:est-ce que |est-ce qu')(?P<t>{_W}) (?:est|sont|a ete|ont ete) (?:mentionne\w*|cite\w*|evoque\w*|aborde\w*){_IN_FR}",
        rf"(?P<t>{_W}) (?:est|sont)-(?:il|elle|ils|elles) (?:mentionne\w*|cite\w*|evoque\w*){_IN_FR}",
        rf"(?:parle-t-on|a-t-on parle|a-t-on evoque|est-il question|est-ce qu'on parle){_IN_FR} (?:de |du |des |d')?(?P<t>{_W}){_IN_FR}",
        rf"(?:est-ce que |est-ce qu')?(?:le|la|les|l'|un) ?{_TEXTS} (?:parlent?|mentionnent?)(?: de| du| des| d')? ?(?P<t>{_W})",
        rf"y a-t-il (?:une mention|quelque chose|des informations) (?:de|du|des|d'|sur) ?(?P<t>{_W}){_IN_FR}",
    ),
    "es": (
        rf"se (?:menciona|mencionan|menciono|mencionaron|nombra|nombran|cita)(?: a(?= ))?{_IN_ES} (?P<t>{_W}){_IN_ES}",
        rf"(?:es|son|fue|fueron|esta) (?P<t>{_W}) mencionad[oa]s?{_IN_ES}",
        rf"se (?:habla|hablo|dice algo|dijo algo){_IN_ES} (?:de|del|sobre) (?P<t>{_W}){_IN_ES}",
        rf"(?:mencionan?|hablan? de|dicen? algo (?:de|del|sobre)) (?:el|la|los|las|algun) {_TEXTS} (?P<t>{_W})",
        rf"aparecen?{_IN_ES} (?P<t>{_W}){_IN_ES}",
    ),
    "it": (
        rf"(?P<t>{_W}) (?:e|viene|vengono|sono|e stat[oa]|sono stat[ie]) (?:menzionat[oaie]|citat[oaie]|nominat[oaie]){_IN_IT}",
        rf"(?:viene|vengono|e|sono|e stat[oa]|sono stat[ie]) (?:menzionat[oaie]|citat[oaie]|nominat[oaie]){_IN_IT} (?P<t>{_W}){_IN_IT}",
        rf"si (?:parla|e parlato|menziona|menzionano|cita){_IN_IT} (?:d[ie]l?l?[aoe']? ?)?(?P<t>{_W}){_IN_IT}",
    ),
    "nl": (
        rf"(?:wordt|worden|werd|werden|is|zijn)(?: (?:er|ergens|ook))* (?P<t>{_W}){_IN_NL} (?:genoemd|vermeld|besproken|aangehaald){_IN_NL}",
        rf"(?:wordt|werd) er (?:iets )?(?:over|van) (?P<t>{_W}){_IN_NL} (?:gezegd|gesproken|geschreven)",
        rf"komt (?P<t>{_W}){_IN_NL} (?:voor|ter sprake)",
        rf"staat er(?: ergens)? iets over (?P<t>{_W}){_IN_NL}",
    ),
    "pt": (
        rf"(?P<t>{_W}) (?:e|sao|foi|foram) mencionad[oa]s?{_IN_PT}",
        rf"(?:e|sao|foi|foram) mencionad[oa]s?{_IN_PT} (?P<t>{_W}){_IN_PT}",
        rf"(?:menciona|mencionam|mencionou|mencionaram|fala|falam|falou)-se{_IN_PT} (?:de |d[oa]s? |em )?(?P<t>{_W}){_IN_PT}",
        rf"(?:os|o|algum) {_TEXTS} (?:mencionam?|falam? (?:de|d[oa]s?)) (?P<t>{_W})",
    ),
    "zh": (
        rf"(?:(?:这些|这个|这份)?(?:文件|文档|文章|文中|文本|资料|里面|其中)(?:里|中)?(?:有)?)?(?:有没有|是否|有)?(?:提到|提及|谈到|谈及|说到|讨论)"
        rf"(?:了|过)?(?P<t>{_W})(?:了)?(?:吗|没有|嗎)",
        rf"(?:有没有|是否)(?:提到|提及|谈到|谈及|说到|讨论)(?:了|过)?(?P<t>{_W})",
        rf"(?P<t>{_W})(?:有没有|是否)?(?:被)?(?:提到|提及|谈到|讨论)(?:了|过)?(?:吗|没有|嗎)",
    ),
    "ja": (
        rf"(?P<t>{_W})(?:について(?:は)?|に関して|に|は|が|のことは)(?:どこかで)?(?:言及|触れ|書かれ|述べられ|出てき|話)(?:され|られ)?(?:て)?"
        rf"(?:い)?(?:ますか|ましたか|るか|いますか|いましたか)",
    ),
    "ko": (
        rf"(?P<t>{_W})(?:이|가|은|는|을|를|에 대해|에 대한|에 대해서)? ?(?:언급|나오|이야기)\S{{0,8}}(?:니까|나요|까|나)",
    ),
}  # fmt: skip
MENTIONED = {language: tuple(re.compile(p, re.I) for p in of) for language, of in _MENTIONED.items()}

# What stands before a topic and is none of it.
ARTICLES = {
    "de": re.compile(r"(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|auch|etwa)\s+(?=\S)", re.I),
    "fr": re.compile(r"(?:(?:le|la|les|un|une|des|du|de la)\s+|[ld]['’])(?=\S)", re.I),
    "es": re.compile(r"(?:el|la|los|las|un|una|unos|unas|al?|del)\s+(?=\S)", re.I),
    "it": re.compile(r"(?:(?:il|lo|la|i|gli|le|un|uno|una)\s+|(?:l|un|dell|all)['’])(?=\S)", re.I),
    "nl": re.compile(r"(?:de|het|een|er)\s+(?=\S)", re.I),
    "pt": re.compile(r"(?:os|as|um|uma|o|a|uns|umas)\s+(?=\S)", re.I),
}

_HOW_OFTEN = {
    "de": rf"wie (?:oft|haufig) (?:wird|werden|wurde|wurden|kommt|kommen) (?P<t>{_W}){_IN_DE} (?:erwahnt|genannt|vor)",
    "fr": rf"combien de fois (?:est-ce que |parle-t-on de |mentionne-t-on |est mentionne\w* )?(?P<t>{_W})(?: est mentionne\w*"
          rf"| est cite\w*| (?:est|sont)-\w+ mentionne\w*)?{_IN_FR}",
    "es": rf"cuantas veces (?:se menciona|se mencionan|aparece|aparecen|se nombra|se habla de)(?: a(?= ))? (?P<t>{_W}){_IN_ES}",
    "it": rf"quante volte (?:viene menzionat[oa]|e menzionat[oa]|si parla d[ie]l?l?[aoe']?|compare|si menziona) (?P<t>{_W}){_IN_IT}",
    "nl": rf"hoe (?:vaak|dikwijls) (?:wordt|worden|komt) (?P<t>{_W}){_IN_NL} (?:genoemd|vermeld|voor)",
    "pt": rf"quantas vezes (?:e mencionad[oa]|aparece|se menciona|se fala d[eoa]) (?P<t>{_W}){_IN_PT}",
    "zh": rf"(?:提到|提及)(?:了)?(?:多少次|几次)?(?P<t>{_W})(?:多少次|几次)",
    "ja": rf"(?P<t>{_W})(?:は|が|について)?何回(?:言及|出て)\S{{0,10}}",
    "ko": rf"(?P<t>{_W})(?:이|가|은|는)? ?몇 ?번 ?(?:언급|나오)\S{{0,8}}",
}  # fmt: skip
HOW_OFTEN = {language: re.compile(pattern, re.I) for language, pattern in _HOW_OFTEN.items()}

_HELLO, _THANKS, _ABLE = Request.GREETING, Request.THANKS, Request.ABILITIES
_TALK: dict[str, tuple[tuple[Request, str], ...]] = {
    "de": (
        (_HELLO, r"(?:hallo|guten (?:tag|morgen|abend)|gruss gott|servus|moin)"),
        (_THANKS, r"(?:vielen |herzlichen |besten )?dank(?:e)?(?: schon| sehr| dir| ihnen)?|auf wiedersehen|tschuss"),
        (_ABLE, r"was (?:kannst du|konnen sie)(?: alles| so)?|wer bist du|was kann ich (?:dich |hier )?fragen|hilfe"),
    ),
    "fr": (
        (_HELLO, r"(?:bonjour|salut|bonsoir)"),
        (_THANKS, r"merci(?: beaucoup| bien| a (?:toi|vous))?|au revoir"),
        (_ABLE, r"que (?:peux-tu|pouvez-vous|sais-tu|savez-vous) faire|qui (?:es-tu|etes-vous)|a l'aide|aide"),
    ),
    "es": (
        (_HELLO, r"(?:hola|buenos dias|buenas tardes|buenas noches|buenas)"),
        (_THANKS, r"(?:muchas )?gracias|adios|hasta luego"),
        (_ABLE, r"que (?:puedes|puede(?: usted)?|sabes) hacer|quien eres|ayuda"),
    ),
    "it": (
        (_HELLO, r"(?:ciao|buongiorno|buonasera|salve)"),
        (_THANKS, r"(?:molte |mille )?grazie(?: mille| tante)?|arrivederci"),
        (_ABLE, r"(?:che )?cosa (?:puoi|sai|puo) fare|chi sei|aiuto"),
    ),
    "nl": (
        (_HELLO, r"(?:hallo|hoi|dag|goedemorgen|goedemiddag|goedenavond)"),
        (_THANKS, r"(?:dank je(?: wel)?|dankjewel|dank u(?: wel)?|bedankt|tot ziens)"),
        (_ABLE, r"wat (?:kun|kan) (?:je|jij|u)(?: allemaal)?(?: doen)?|wie ben (?:je|jij)|help"),
    ),
    "pt": (
        (_HELLO, r"(?:ola|oi|bom dia|boa tarde|boa noite)"),
        (_THANKS, r"(?:muito )?obrigad[oa]|adeus|ate logo"),
        (_ABLE, r"o que (?:voce |tu )?(?:pode|podes|sabe|sabes|consegue) fazer|quem e voce|ajuda"),
    ),
    "zh": ((_HELLO, r"你好|您好|早上好|晚上好"), (_THANKS, r"(?:非常)?(?:谢谢|感谢)(?:你|您)?|再见"),
           (_ABLE, r"你(?:能|会|可以)(?:做什么|干什么)|你是谁|帮助")),
    "ja": ((_HELLO, r"こんにちは|こんばんは|おはよう(?:ございます)?"), (_THANKS, r"(?:どうも)?ありがとう(?:ございます|ございました)?|さようなら"),
           (_ABLE, r"何ができますか|あなたは誰ですか|ヘルプ")),
    "ko": ((_HELLO, r"안녕하세요|안녕"), (_THANKS, r"감사합니다|고맙습니다|고마워요?"), (_ABLE, r"무엇을 할 수 있(?:나요|습니까)|도움말")),
}  # fmt: skip
TALK = {language: tuple((r, re.compile(p, re.I)) for r, p in of) for language, of in _TALK.items()}

# How a text denies. In Chinese and Japanese what is denied stands in the same clause, so a sign is all that is told.
_DENIES = {
    "de": r"\b(?:nicht|kein\w*|nie|niemals|nichts|niemand\w*|weder|ohne|noch offen|offen|abgelehnt)\b",
    "fr": r"\b(?:ne|n|pas|jamais|rien|aucune?|personne|sans|ni|refuse\w*)\b",
    "es": r"\b(?:no|nunca|jamas|nada|nadie|ningun\w*|sin|tampoco|ni)\b",
    "it": r"\b(?:non|mai|niente|nulla|nessun\w*|senza|ne)\b",
    "nl": r"\b(?:niet|geen|nooit|niets|niemand|zonder|nog open)\b",
    "pt": r"\b(?:nao|nunca|jamais|nada|ninguem|nenhum\w*|sem|tampouco|nem)\b",
    "zh": r"没有|没|不|未|尚未|无",
    "ja": r"ません|ない|なかった|ず(?:に|、)|未",
    "ko": r"않|없|못|아니|안 ",
}
DENIES = {language: re.compile(pattern, re.I) for language, pattern in _DENIES.items()}

# What shows that an open question is one: "worüber", "de qué", where no type above does.
OPENS = {
    "de": re.compile(r"\b(?:w(?:as|er|em|en|ann|o|ie|elche[mnrs]?|arum|ieso|eshalb|essen|ohin|oher|oruber|ovon|omit|ofur|oran|ozu))\b", re.I),
    "fr": re.compile(r"\b(?:qui|que|quoi|qu'est-ce|quand|ou|comment|pourquoi|combien|quel(?:le)?s?|lequel|laquelle|dont)\b", re.I),
    "es": re.compile(r"\b(?:que|quien(?:es)?|cual(?:es)?|cuando|donde|como|cuant[oa]s?)\b", re.I),
    "it": re.compile(r"\b(?:chi|che|cosa|cos'e|quale?|quali|quando|dove|come|quant[oaie]|perche)\b", re.I),
    "nl": re.compile(r"\b(?:wie|wat|wanneer|waar\w*|waarom|hoe|hoeveel|welke?)\b", re.I),
    "pt": re.compile(r"\b(?:quem|que|qual|quais|quando|onde|como|quant[oa]s?)\b", re.I),
    "zh": re.compile(r"什么|谁|誰|哪|多少|几|怎|如何|为何|何时|多[长高大久]"),
    "ja": re.compile(r"何|誰|だれ|いつ|どこ|どの|どれ|なぜ|どう|いくら|いくつ"),
    "ko": re.compile(r"무엇|뭐|누구|누가|언제|어디|어느|얼마|몇|왜|어떻|어떤"),
}  # fmt: skip

# Words that tell of speaking: where a denial governs one, a topic is named only to say that it wasn't spoken of.
_SPEECH = {
    "de": r"\b(?:be|ge|an)?(?:sproch|sprech|diskut|erwahn|erorter|geredet)\w*",
    "fr": r"\b(?:discut|evoqu|abord|parl|mentionn|trait)\w*",
    "es": r"\b(?:habl|discut|mencion|trat|abord|debat)\w*",
    "it": r"\b(?:parlat|discuss|menzion|trattat|affront|nominat)\w*",
    "nl": r"\b(?:besprok|bespreek|gesprok|genoemd|vermeld|gezegd)\w*",
    "pt": r"\b(?:fal|discut|mencion|trat|abord|debat)\w*",
    "zh": r"讨论|提到|提及|谈",
    "ja": r"議論|言及|触れ|話し合|取り上げ",
    "ko": r"논의|언급|토론",
}
SPEECH = {language: re.compile(pattern, re.I) for language, pattern in _SPEECH.items()}
