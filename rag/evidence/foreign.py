"""Weigh sentences against a question in another language by words alone: rarity, forms, compounds, what is asked for.

The embedder and the reader were made for English, so no model has a say: a sentence answers where it holds the rare
words of the question, its neighbours the others, and where it holds the type of thing that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.asking.foreign import ForeignQuestion
from rag.asking.foreign_grammar import DENIES
from rag.asking.question import Asks, Form
from rag.language.stems import Token, is_part, keys, tokens
from rag.text.seen import seen
from rag.types import Sentence

BAR = 0.6  # share of the question's weight from where on a sentence answers; see docs/languages.md
_NEAR = 0.5  # what a word counts that stands only before a sentence, or in the heading above it
_KIN = 0.5  # what a word counts that is derived from the same one: "erneuert" and "Erneuerung"
_STEM, _REST = 5, 4  # letters that such words share at least, and that follow them at most
_HEAD = 0.4  # the same for the document's title and first sentences
_PART = 0.7  # what a word counts that is a part of a compound here, or the other way about
_ASKING = 0.5  # of a word's weight where it only says what is asked for: "kostet" of "was kostet"
_OWN = 0.2  # share of the weight that a sentence must hold by itself
_BECAUSE = 0.15  # what a word that gives reasons is worth to a question for them

_NUMBER = re.compile(
    r"\d|[一二三四五六七八九十百千万両半]|\b(?:zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|zwanzig"
    r"|dreissig|hundert|tausend"
    r"|half|halbe?\w*|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|vingt|trente"
    r"|cent|mille"
    r"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|treinta|cien|due|tre|quattro|cinque|sei"
    r"|sette|otto|nove"
    r"|dieci|venti|trenta|cento|twee|drie|vijf|zes|zeven|negen|tien|twaalf|twintig|dertig|honderd|duizend|dois"
    r"|duas|quatro"
    r"|sete|oito|dez|doze|vinte|trinta|cem|mil|moitie|mitad|meta|helft|metade|halfte|tiers|tercio|terzo|terco"
    r"|drittel)\b",
    re.I,
)
_MONEY = re.compile(
    r"[€$£¥円元원]|\b(?:euros?|eur|cents?|centimes?|centimos?|dollars?|dolares|dollari|reais|real|pesos?|franken"
    r"|francs?|franchi|"
    r"libras?|sterline|pfund|ponden|yen|usd|chf|gbp|kostenlos|gratuite?s?|gratis|gratuit[oaie]s?|umsonst|de graca)\b",
    re.I,
)
_TIME = re.compile(
    r"\b\d{4}\b|\b\d{1,2}[.:h]\d\d\b(?!\d)|\d+\s?[年月日時时点년월일시분]|\b(?:uhr|heures?|horas?|ore|uur|jan\w*|janvier"
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


@dataclass(frozen=True)
class Near:
    """A candidate with what it is read with."""

    sentence: Sentence
    told: str  # the sentence with its cells' names, the question it replies to, who speaks
    around: str  # the sentences before it, the heading above it
    head: str  # the document's title and first sentences: what all of it is about


@dataclass(frozen=True)
class Judged:
    """A candidate with the share of the question's weight that it holds, 0..1; 0 where it can't answer."""

    sentence: Sentence
    score: float


def judged(question: ForeignQuestion, candidates: Sequence[Near], rarity: Mapping[str, float]) -> list[Judged]:
    """The candidates, best first.

    Args:
        question: what is asked.
        candidates: sentences that may answer.
        rarity: weight of each of the question's words, larger for rarer ones, by its lower-case form.
    """
    found = [Judged(c.sentence, _score(question, c, rarity)) for c in candidates]
    return sorted(found, key=lambda j: (-j.score, j.sentence.id))


def _score(question: ForeignQuestion, candidate: Near, rarity: Mapping[str, float]) -> float:
    if not holds_type(question, candidate.sentence.text):
        return 0.0
    own, near, head = tokens(candidate.told), tokens(candidate.around), tokens(candidate.head)
    total = alone = shared = 0.0
    for word in question.words:
        weight = rarity[word.lower] * (_ASKING if word.lower in question.asking else 1.0)
        here = held(word, own, question.language)
        total += weight
        alone += weight * here
        around = max(_NEAR * held(word, near, question.language), _HEAD * held(word, head, question.language))
        shared += weight * max(here, around)
    if not total or alone < _OWN * total:
        return 0.0
    reason = question.asks is Asks.REASON and gives_reason(candidate.sentence.text, question.language)
    return min(1.0, shared / total + (_BECAUSE if reason else 0.0))


def held(word: Token, among: Sequence[Token], language: str) -> float:
    """How far a word stands among others, 0..1: of characters, the share of its pairs."""
    wanted = keys(word, language)
    if word.is_run:
        there = {pair for other in among if other.is_run for pair in keys(other, language)}
        if len(word.lower) == 1:
            return float(any(word.lower in other.lower for other in among if other.is_run))
        return len(wanted & there) / len(wanted)
    if any(wanted & keys(other, language) for other in among):
        return 1.0
    if any(is_part(word, other, language) for other in among):
        return _PART
    return _KIN if any(_are_kin(word.lower, other.lower) for other in among) else 0.0


def _are_kin(a: str, b: str) -> bool:
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= _STEM and max(len(a), len(b)) - common <= _REST


def gives_reason(text: str, language: str) -> bool:
    """Whether a sentence holds a word that gives reasons."""
    return _GIVES_REASON[language].search(seen(text).text) is not None


def holds_type(question: ForeignQuestion, text: str) -> bool:
    """Whether a sentence holds the type of thing that is asked for, and a denial where one is asked for."""
    form = seen(text).text
    if question.form is Form.OPEN_DENIAL and not DENIES[question.language].search(form):
        return False
    if question.asks is Asks.TIME:
        return bool(_TIME.search(form))
    if question.asks is Asks.MONEY:
        return bool(_MONEY.search(form))
    if question.asks is Asks.QUANTITY:
        return bool(_NUMBER.search(form))
    if question.asks in (Asks.PERSON, Asks.NAME) and question.language not in ("zh", "ja", "ko"):
        return _names_somebody(question, text)
    return True


def _names_somebody(question: ForeignQuestion, text: str) -> bool:
    """Whether a sentence holds a name that the question doesn't.

    One word with a capital will do within a sentence, but not in German, where every noun has one.
    """
    known = {w.lower for w in question.words}
    found = [m.group() for m in _FULL_NAME.finditer(text)]
    if question.language != "de":
        found += [m.group() for m in _CAPITAL.finditer(text)]
    return any(not known & {t.lower for t in tokens(name)} for name in found)
