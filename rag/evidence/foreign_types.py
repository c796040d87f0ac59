"""Whether a sentence in another language holds the type of thing that is asked for. Rules over words alone."""

from __future__ import annotations

import re

from rag.asking.foreign import ForeignQuestion
from rag.asking.foreign_grammar import DENIES
from rag.asking.question import Asks, Form
from rag.evidence.foreign_words import held
from rag.language.function_words import FUNCTION_WORDS
from rag.language.stems import keys, tokens
from rag.text.seen import seen

_BESIDE = 3  # words before a thing in which its number stands: "43 von 61 Mitgliedern"
_FAR = 10  # words between a name and one of the question's
_CALLED = 2  # the same where it is asked what somebody is called

_NUMBER_WORDS = """
zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn
achtzehn neunzehn zwanzig dreissig vierzig funfzig hundert tausend dutzend halb halbe halben halfte drittel viertel
deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante
cent mille douzaine moitie tiers quart dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
dieciseis diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta cien mitad tercio docena due tre quattro
cinque sei sette otto dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti
trenta quaranta cinquanta cento meta terzo dozzina twee drie vijf zes zeven negen tien twaalf dertien veertien vijftien
zestien zeventien achttien negentien twintig dertig veertig vijftig honderd duizend helft dozijn dois duas sete oito
nove dez doze treze quatorze catorze dezesseis dezessete dezoito dezenove vinte trinta quarenta cinquenta cem mil metade
terco duzia"""
_NUMBER = re.compile(rf"\d|[一二三四五六七八九十百千万両半]|\b(?:{'|'.join(_NUMBER_WORDS.split())})\b", re.I)
_MONEY = re.compile(
    r"[€$£¥円元원]|\b(?:euros?|eur|cents?|centimes?|centimos?|dollars?|dolares|dollari|reais|real|pesos?|franken"
    r"|francs?|franchi|"
    r"libras?|sterline|pfund|ponden|yen|usd|chf|gbp|kostenlos|gratuite?s?|gratis|gratuit[oaie]s?|umsonst|de graca)\b",
    re.I,
)
_COSTS = re.compile(
    r"\b(?:ge?kost\w*|kost\w*|preise?|betrag\w*|betragt|zahl\w*|gebuhr\w*|\w*miete|\w*pacht|beitrag\w*|eintritt\w*"
    r"|kaution|wert|cout\w*|prix|tarifs?"
    r"|pai\w*|pay\w*|vaut|montant|cotisation|loyer|entree|gratuit\w*|cuest\w*|cost\w*|vale[n]?|precios?|pag\w*"
    r"|entrada|abono|alquiler|gratis"
    r"|prezz\w*|quot\w*|affitto|bigliett\w*|prijs|prijzen|betaal\w*|betalen|contributie|huur|gratis|cust\w*"
    r"|precos?|valor|aluguel|bilhetes?"
    r"|kostenlos|umsonst)\b",
    re.I,
)
PAYS = re.compile(
    r"ge?kost|kost|cout|cuest|cost|cust|vale|pag|pai|pay|prix|preis|preci|prezz|prijs|preco|valor|geld|teuer"
)
_TIME = re.compile(
    r"\b\d{4}\b|\b\d{1,2}[.:h]\d\d\b(?!\d)|\d+\s?[年月日時时点년월일시분]|\b(?:uhr|heures?|horas?|ore|uur|jan\w*"
    r"|janvier"
    r"|feb\w*|fev\w*|marz|marzo|mars|marco|maart"
    r"|apr\w*|avril|abril|mai|mayo|maio|maggio|mei|jun\w*|juin|giugno|juillet|jul\w*|luglio|aout|agosto|aug\w*"
    r"|sept\w*|settembre|set"
    r"|okt\w*|oct\w*|ottobre|out\w*|nov\w*|de[czs]\w{0,6}bre?|dezember|dezembro|december|dicembre|dezembro"
    r"|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo|lunedi|martedi|mercoledi|giovedi|venerdi|domenica"
    r"|maandag|dinsdag"
    r"|woensdag|donderdag|vrijdag|zaterdag|zondag|segunda|terca|quarta|quinta|sexta|heute|morgen|gestern|hier"
    r"|demain|hoy|ayer"
    r"|domani|ieri|oggi|vandaag|gisteren|hoje|amanha|ontem|sommer|winter|herbst|fruhjahr|fruhling|ete|hiver"
    r"|automne|printemps"
    r"|verano|invierno|otono|primavera|estate|inverno|autunno|zomer|herfst|lente|verao|outono)\b|[今明去昨]年"
    r"|来[週月年]|曜日|星期|요일",
    re.I,
)
_BECAUSE_OF = {
    "de": r"\b(?:weil|denn|da|wegen|damit|daher|deshalb|aufgrund|begrund\w*|grund)\b",
    "fr": r"\b(?:parce|car|faute|afin|cause|puisque|raison|grace|ce qui)\b",
    "es": r"\b(?:porque|ya que|debido|por|pues|para que|causa|motivo)\b",
    "it": r"\b(?:perche|poiche|causa|dato che|siccome|motivo|grazie)\b",
    "nl": r"\b(?:omdat|want|doordat|wegens|vanwege|daarom|zodat)\b",
    "pt": r"\b(?:porque|pois|devido|ja que|causa|motivo)\b",
    "zh": r"因为|由于|因此|所以|为了",
    "ja": r"ため|ので|から",
    "ko": r"때문|므로|위해|어서|아서",
}
_GIVES_REASON = {language: re.compile(pattern, re.I) for language, pattern in _BECAUSE_OF.items()}
_TITLES = (
    r"Herrn?|Frau|Dr\.|Prof\.|M\.|Mme|Mlle|Sr\.|Sra\.|Don|Doña|Sig\.|Dott\.|Dhr\.|Mevr\.|dhr\.|mevr\.|sig\."
    r"|prof\.(?:ssa)?"
)
_FULL_NAME = re.compile(
    rf"(?:(?:{_TITLES})\s+|[^\W\d_a-zß-ÿ][\w’'-]+\s+(?:(?:de|da|do|dos|del|di|van|von|der|den"
    rf"|la)\s+)*)[^\W\d_a-zß-ÿ][\w’'-]+"
)

_CAPITAL = re.compile(r"(?<=[^.!?:«»“”\"'(—–\s-]\s)[^\W\d_a-zß-ÿ][\w’-]+")


def gives_reason(text: str, language: str) -> bool:
    """Whether a sentence holds a word that gives reasons."""
    return _GIVES_REASON[language].search(seen(text).text) is not None


def holds_type(question: ForeignQuestion, text: str, *, is_row: bool = False) -> bool:
    """Whether a sentence holds the type of thing that is asked for, and a denial where one is asked for.

    Args:
        question: what is asked.
        text: the sentence.
        is_row: whether it is a table's: numbers stand apart there from what they count.
    """
    form = seen(text).text
    if question.form is Form.OPEN_DENIAL and not DENIES[question.language].search(form):
        return False
    if question.asks is Asks.TIME:
        return bool(_TIME.search(form))
    if question.asks is Asks.MONEY:
        return bool(_MONEY.search(form)) and (is_row or _COSTS.search(form) is not None)
    if question.asks is Asks.QUANTITY:
        return bool(_NUMBER.search(form)) and (is_row or question.counted is None or _is_counted(question, text))
    if question.asks in (Asks.PERSON, Asks.NAME) and question.language not in ("zh", "ja", "ko"):
        return _names_somebody(question, text)
    return True


def _is_counted(question: ForeignQuestion, text: str) -> bool:
    """Whether a number stands beside the things whose number is asked for: "cinco horas" counts no firemen."""
    found, counted = tokens(text), question.counted
    assert counted is not None
    wanted = keys(counted, question.language)
    at = [i for i, t in enumerate(found) if wanted & keys(t, question.language)]
    return any(_NUMBER.search(t.lower) for i in at for t in found[max(0, i - _BESIDE) : i + 2])


def _names_somebody(question: ForeignQuestion, text: str) -> bool:
    """Whether a sentence holds a name that the question doesn't, near a word of the question.

    One word with a capital will do within a sentence, but not in German, where every noun has one.
    """
    grammar, known = FUNCTION_WORDS[question.language], {w.lower for w in question.words}
    found = [m.span() for m in _FULL_NAME.finditer(text)]
    if question.language != "de":
        found += [m.span() for m in _CAPITAL.finditer(text)]
    every = tokens(text)
    asked = [i for i, t in enumerate(every) if any(held(w, [t], question.language) for w in question.words)]
    far = _CALLED if question.asks is Asks.NAME else _FAR
    for start, end in found:
        inside = [i for i, t in enumerate(every) if start <= t.start and t.end <= end]
        own = [every[i].lower for i in inside]
        if not own or own[0] in grammar or known & set(own):
            continue
        if any(min(abs(i - inside[0]), abs(i - inside[-1])) <= far for i in asked):
            return True
    return False
