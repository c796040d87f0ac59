"""The few wordings by which questions in other languages ask whether a thing is mentioned, and small talk.

They meet questions in the searchable form: without marks on letters, blanks single, nothing after the last word. The
group "t" is the topic.
"""

from __future__ import annotations

import re

from rag.asking.question import Request

TOPIC = r"[^?!.]{1,120}?"  # a topic
_IN_DE = (
    r"(?: (?:irgendwo|uberhaupt|auch|hier|(?:in|von) (?:de[mnr]|diese[mnr]|einem|einer|irgendeinem|meinen)? ?(?:\w+ )?"
    r"(?:dokument\w*|text\w*|artikel\w*|unterlagen|dateien?|protokoll\w*|briefe?n?)))*"
)
_IN_FR = (
    r"(?: (?:quelque part|aussi|ici|dans (?:le|la|les|l'|un|ces?|cet|mes)\s?(?:documents?|textes?|articles?"
    r"|fichiers?)))*"
)
_IN_ES = (
    r"(?: (?:en alguna parte|tambien|aqui|en (?:el|la|los|las|algun|estos|este|mis) (?:documentos?|textos?"
    r"|articulos?)))*"
)
_IN_IT = r"(?: (?:da qualche parte|anche|qui|ne(?:l|i|gli|ll')\s?(?:document[oi]|test[oi]|articol[oi])))*"
_IN_NL = (
    r"(?: (?:ergens|ook|hier|in (?:de|het|een|deze|dit|mijn) (?:document(?:en)?|teksten?|artikel(?:en)?|stukken)))*"
)
_IN_PT = r"(?: (?:em algum lugar|tambem|aqui|n[oa]s? (?:documentos?|textos?|artigos?)|em algum (?:documento|texto)))*"
_TEXTS = (
    r"(?:\w+ )?(?:dokumente?|texte?|artikel|documents?|textes?|articles?|documentos?|textos?|articulos?"
    r"|document[oi]|test[oi]|articol[oi]|documenten|teksten?|artikelen|artigos?)"
)


def whole(pattern: str) -> re.Pattern[str]:
    """A pattern of a whole question; what is anchored is tried at its beginning alone."""
    return re.compile(rf"\A(?:{pattern})\Z", re.I)


_MENTIONED: dict[str, tuple[str, ...]] = {
    "de": (
        rf"(?:wird|wurde|werden|wurden|ist|sind)(?: (?:irgendwo|auch|hier))* (?P<t>{TOPIC}){_IN_DE} (?:erwahnt"
        rf"|genannt|angesprochen"
        rf"|besprochen|diskutiert)(?: worden)?{_IN_DE}",
        rf"(?:wird|wurde) (?:irgendwo |auch |hier )*(?:uber|von) (?P<t>{TOPIC}){_IN_DE} (?:gesprochen|geredet"
        rf"|berichtet|diskutiert)",
        rf"(?:kommt|kommen|kam|kamen) (?P<t>{TOPIC}){_IN_DE} (?:vor|zur sprache)",
        rf"(?:steht|steht da|gibt es|findet sich)(?: (?:hier|da|irgendwo|in {_TEXTS}))? (?:etwas|was"
        rf"|irgendetwas) (?:uber|von|zu[mr]?) "
        rf"(?P<t>{TOPIC}){_IN_DE}",
        rf"(?:erwahnt|erwahnen|nennt|nennen) (?:der|die|das|irgendein|ein) {_TEXTS} (?P<t>{TOPIC})",
    ),
    "fr": (
        rf"(?:est-ce que |est-ce qu')(?P<t>{TOPIC}) (?:est|sont|a ete|ont ete) (?:mentionne\w*|cite\w*|evoque\w*"
        rf"|aborde\w*){_IN_FR}",
        rf"(?P<t>{TOPIC}) (?:est|sont)-(?:il|elle|ils|elles) (?:mentionne\w*|cite\w*|evoque\w*){_IN_FR}",
        rf"(?:parle-t-on|a-t-on parle|a-t-on evoque|est-il question|est-ce qu'on parle){_IN_FR} (?:de |du |des "
        rf"|d')?(?P<t>{TOPIC}){_IN_FR}",
        rf"(?:est-ce que |est-ce qu')?(?:le|la|les|l'|un) ?{_TEXTS} (?:parle(?:nt)?|mentionne(?:nt)?)(?: de| du| des"
        rf"| d')? ?(?P<t>{TOPIC})",
        rf"y a-t-il (?:une mention|quelque chose|des informations) (?:de|du|des|d'|sur) ?(?P<t>{TOPIC}){_IN_FR}",
    ),
    "es": (
        rf"se (?:menciona|mencionan|menciono|mencionaron|nombra|nombran|cita)(?: a(?= ))?{_IN_ES} "
        rf"(?P<t>{TOPIC}){_IN_ES}",
        rf"(?:es|son|fue|fueron|esta) (?P<t>{TOPIC}) mencionad[oa]s?{_IN_ES}",
        rf"se (?:habla|hablo|dice algo|dijo algo){_IN_ES} (?:de|del|sobre) (?P<t>{TOPIC}){_IN_ES}",
        rf"(?:mencionan?|hablan? de|dicen? algo (?:de|del|sobre)) (?:el|la|los|las|algun) {_TEXTS} (?P<t>{TOPIC})",
        rf"aparecen?{_IN_ES} (?P<t>{TOPIC}){_IN_ES}",
    ),
    "it": (
        rf"(?P<t>{TOPIC}) (?:e|viene|vengono|sono|e stat[oa]|sono stat[ie]) (?:menzionat[oaie]|citat[oaie]"
        rf"|nominat[oaie]){_IN_IT}",
        rf"(?:viene|vengono|e|sono|e stat[oa]|sono stat[ie]) (?:menzionat[oaie]|citat[oaie]"
        rf"|nominat[oaie]){_IN_IT} (?P<t>{TOPIC}){_IN_IT}",
        rf"si (?:parla|e parlato|menziona|menzionano|cita){_IN_IT} (?:d[ie]l?l?[aoe']? ?)?(?P<t>{TOPIC}){_IN_IT}",
    ),
    "nl": (
        rf"(?:wordt|worden|werd|werden|is|zijn)(?: (?:er|ergens|ook))* (?P<t>{TOPIC}){_IN_NL} (?:genoemd|vermeld"
        rf"|besproken|aangehaald){_IN_NL}",
        rf"(?:wordt|werd) er (?:iets )?(?:over|van) (?P<t>{TOPIC}){_IN_NL} (?:gezegd|gesproken|geschreven)",
        rf"komt (?P<t>{TOPIC}){_IN_NL} (?:voor|ter sprake)",
        rf"staat er(?: ergens)? iets over (?P<t>{TOPIC}){_IN_NL}",
    ),
    "pt": (
        rf"(?P<t>{TOPIC}) (?:e|sao|foi|foram) mencionad[oa]s?{_IN_PT}",
        rf"(?:e|sao|foi|foram) mencionad[oa]s?{_IN_PT} (?P<t>{TOPIC}){_IN_PT}",
        rf"(?:menciona|mencionam|mencionou|mencionaram|fala|falam|falou)-se{_IN_PT} (?:de |d[oa]s? "
        rf"|em )?(?P<t>{TOPIC}){_IN_PT}",
        rf"(?:os|o|algum) {_TEXTS} (?:mencionam?|falam? (?:de|d[oa]s?)) (?P<t>{TOPIC})",
    ),
    "zh": (
        rf"(?:(?:这些|这个|这份)?(?:文件|文档|文章|文中|文本|资料|里面|其中)(?:里|中)?(?:有)?)?(?:有没有|是否"
        rf"|有)?(?:提到|提及|谈到|谈及|说到|讨论)"
        rf"(?:了|过)?(?P<t>{TOPIC})(?:了)?(?:吗|没有|嗎)",
        rf"(?:有没有|是否)(?:提到|提及|谈到|谈及|说到|讨论)(?:了|过)?(?P<t>{TOPIC})",
        rf"(?P<t>{TOPIC})(?:有没有|是否)?(?:被)?(?:提到|提及|谈到|讨论)(?:了|过)?(?:吗|没有|嗎)",
    ),
    "ja": (
        rf"(?P<t>{TOPIC})(?:について(?:は)?|に関して|に|は|が|のことは)(?:どこかで)?(?:言及|触れ|書かれ|述べられ"
        rf"|出てき|話)(?:され|られ)?(?:て)?"
        rf"(?:い)?(?:ますか|ましたか|るか|いますか|いましたか)",
    ),
    "ko": (
        rf"(?P<t>{TOPIC})(?:이|가|은|는|을|를|에 대해|에 대한|에 대해서)? ?(?:언급|나오|이야기)\S{{0,8}}(?:니까|나요"
        rf"|까|나)",
    ),
}  # fmt: skip
MENTIONED = {language: tuple(whole(p) for p in of) for language, of in _MENTIONED.items()}

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
    "de": rf"wie (?:oft|haufig) (?:wird|werden|wurde|wurden|kommt|kommen) (?P<t>{TOPIC}){_IN_DE} "
          rf"(?:erwahnt|genannt|vor)",
    "fr": rf"combien de fois (?:est-ce que |parle-t-on de |mentionne-t-on |est mentionne\w* )?(?P<t>{TOPIC})"
          rf"(?: est mentionne\w*"
          rf"| est cite\w*| (?:est|sont)-\w+ mentionne\w*)?{_IN_FR}",
    "es": rf"cuantas veces (?:se menciona|se mencionan|aparece|aparecen|se nombra"
          rf"|se habla de)(?: a(?= ))? (?P<t>{TOPIC}){_IN_ES}",
    "it": rf"quante volte (?:viene menzionat[oa]|e menzionat[oa]|si parla d[ie]l?l?[aoe']?|compare"
          rf"|si menziona) (?P<t>{TOPIC}){_IN_IT}",
    "nl": rf"hoe (?:vaak|dikwijls) (?:wordt|worden|komt) (?P<t>{TOPIC}){_IN_NL} (?:genoemd|vermeld|voor)",
    "pt": rf"quantas vezes (?:e mencionad[oa]|aparece|se menciona|se fala d[eoa]) (?P<t>{TOPIC}){_IN_PT}",
    "zh": rf"(?:提到|提及)(?:了)?(?:多少次|几次)?(?P<t>{TOPIC})(?:多少次|几次)",
    "ja": rf"(?P<t>{TOPIC})(?:は|が|について)?何回(?:言及|出て)\S{{0,10}}",
    "ko": rf"(?P<t>{TOPIC})(?:이|가|은|는)? ?몇 ?번 ?(?:언급|나오)\S{{0,8}}",
}  # fmt: skip
HOW_OFTEN = {language: whole(pattern) for language, pattern in _HOW_OFTEN.items()}

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
    "ja": ((_HELLO, r"こんにちは|こんばんは|おはよう(?:ございます)?"),
           (_THANKS, r"(?:どうも)?ありがとう(?:ございます|ございました)?|さようなら"),
           (_ABLE, r"何ができますか|あなたは誰ですか|ヘルプ")),
    "ko": ((_HELLO, r"안녕하세요|안녕"),
           (_THANKS, r"감사합니다|고맙습니다|고마워요?"), (_ABLE, r"무엇을 할 수"
                        r" 있(?:나요|습니까)|도움말")),
}  # fmt: skip
TALK = {language: tuple((r, whole(p)) for r, p in of) for language, of in _TALK.items()}
