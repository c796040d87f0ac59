"""The few patterns of grammar by which questions in other languages are told: what they ask for, what they deny.

They meet questions in the searchable form: without marks on letters, blanks single, nothing after the last word.
"""

from __future__ import annotations

import re

from rag.asking.question import Asks

_TYPES: dict[str, tuple[tuple[Asks, str], ...]] = {
    "de": (
        (Asks.NAME, r"wie heiss(?:t|en)|wie ist der name"),
        (Asks.TIME, r"wann|um wie ?viel uhr|an welche[mnrs]? (?:tag|datum|wochentag)|(?:welche[mnrs]?|seit wann"
                    r"|bis wann) "
                    r"(?:tag|datum|jahr|monat|woche|uhrzeit|termin)"),
        (Asks.MONEY, r"was kostet\w*|was (?:hat|haben) .{1,60} gekostet|wie teuer|wie ?viel (?:geld|kostet\w*)"
                     r"|wie hoch "
                     r"(?:ist|sind|war|waren) die (?:\w* )?\w*(?:kosten|miete|pacht|gebuhr\w*)|welche[nr]? preis"),
        (Asks.QUANTITY, r"wie ?viele?|wie (?:hoch|lange?|gross|oft|alt|weit|breit|tief|schwer|schnell)"),
        (Asks.REASON, r"warum|wieso|weshalb|aus welchem grund"),
        (Asks.PERSON, r"wer|wem|wen|wessen"),
    ),
    "fr": (
        (Asks.NAME, r"comment s'appell\w+|comment se nomm\w+|quel est le nom"),
        (Asks.TIME, r"quand|a quelle (?:heure|date)|quel jour|quelle (?:date|annee)|en quelle annee"),
        (Asks.MONEY, r"combien (?:coute\w*|a coute|ont coute|d'argent|paie\w*|faut-il payer)|quel(?: est| etait"
                     r"| sera) le "
                     r"(?:prix|cout|tarif|montant|budget)"),
        (Asks.QUANTITY, r"combien|quel(?:le)? (?:est |etait |sera )?(?:la |le |l')?(?:taille|longueur|hauteur|age"
                        r"|nombre|duree"
                        r"|profondeur|poids|surface|superficie)"),
        (Asks.REASON, r"pourquoi|pour quelle raison"),
        (Asks.PERSON, r"qui(?= (?:est|a|ont|sont|etait|sera|dirige|preside|paie|paye|\w+era|\w+ait)\b)|par qui"
                      r"|avec qui|a qui"),
    ),
    "es": (
        (Asks.NAME, r"como se llam\w+|cual es el nombre"),
        (Asks.TIME, r"cuando|a que hora|en que (?:fecha|ano|mes|dia)|que (?:dia|fecha|ano)"),
        (Asks.MONEY, r"cuanto (?:cuesta\w*|costo|vale|costara|hay que pagar|dinero)|cual (?:es|sera"
                     r"|era) el (?:precio|coste)"
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
        (Asks.QUANTITY, r"quant[oa]s?|qual (?:e )?(?:a |o )?(?:altura|comprimento|profundidade|idade|tamanho"
                        r"|duracao)"),
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
    "de": re.compile(r"\b(?:w(?:as|er|em|en|ann|o|ie|elche[mnrs]?|arum|ieso|eshalb|essen|ohin|oher|oruber|ovon"
                     r"|omit|ofur|oran|ozu))\b", re.I),
    "fr": re.compile(r"\b(?:qui|que|quoi|qu'est-ce|quand|ou|comment|pourquoi|combien"
                     r"|quel(?:le)?s?|lequel|laquelle|dont)\b", re.I),
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

# What is counted stands right after these: "wie viele Bäume". After "cuánto" a verb may follow, so it isn't here.
_COUNTED = {
    "de": r"wie ?viele? (\w+)",
    "fr": r"combien (?:de |d')(\w+)",
    "es": r"cuant(?:os|as|a) (\w+)",
    "it": r"quant(?:i|e|a) (\w+)",
    "nl": r"hoeveel (\w+)",
    "pt": r"quant(?:os|as|a) (\w+)",
}
COUNTED = {language: re.compile(rf"\b{pattern}", re.I) for language, pattern in _COUNTED.items()}
# Words that only ask for a degree, and are in no answer: "wie hoch".
DEGREES = frozenset(
    """hoch lange lang gross oft haufig alt weit breit tief schwer schnell teuer hoog groot vaak dikwijls oud ver breed
    diep zwaar snel duur fois veces volte vezes heure heures hora horas ora""".split()
)
