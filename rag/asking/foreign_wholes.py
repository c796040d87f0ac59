"""The few wordings by which questions in other languages are put to all documents: which, how many, what about.

They meet questions in the searchable form, as those of `rag.asking.foreign_requests` do.
"""

from __future__ import annotations

import re

from rag.asking.foreign_requests import TOPIC, whole

# "Which documents mention X?", "How many documents mention X?": counted, and answered without a Yes or No.
_DOCS = (
    r"(?:dokumente?|texte?|artikel|dateien|documents?|textes?|articles?|fichiers?|documentos?|textos?|articulos?"
    r"|archivos?|document[oi]"
    r"|test[oi]|articol[oi]|documenten|teksten|artikelen|artigos?|arquivos?)"
)
_WHICH = {
    "de": rf"(?:in )?(?:welche[nrms]?|wie ?viele[nr]?) (?:der )?{_DOCS}n? (?:erwahnen|erwahnt|nennen|nennt"
          rf"|handeln von|kommt|kommen) "
          rf"(?P<t>{TOPIC})(?: vor)?",
    "fr": rf"(?:dans )?(?:quel(?:le)?s|combien de|combien d'|lesquels des) ?{_DOCS} "
    rf"(?:mentionnent|parlent d[eu]s?|parlent d'|citent) ?"
          rf"(?P<t>{TOPIC})",
    "es": rf"(?:en )?(?:que|cuales|cuantos) (?:de los )?{_DOCS} (?:mencionan|menciona|hablan? (?:de|sobre)"
          rf"|citan)(?: a(?= ))? "
          rf"(?P<t>{TOPIC})",
    "it": rf"(?:in )?(?:quali|quanti) {_DOCS} (?:menzionano|parlano d[ie]l?l?[aoe']?|citano) ?(?P<t>{TOPIC})",
    "nl": rf"(?:in )?(?:welke|hoeveel) (?:van de )?{_DOCS} (?:noemen|vermelden|gaan over|komt"
          rf"|komen) (?P<t>{TOPIC})(?: voor)?",
    "pt": rf"(?:em )?(?:quais|quantos|que) (?:d?os )?{_DOCS} (?:mencionam|falam (?:de|d[oa]s?|sobre)"
          rf"|citam) (?P<t>{TOPIC})",
    "zh": rf"(?:哪些|哪份|多少份?|几份)(?:文件|文档|文章)(?:里|中)?(?:提到|提及|谈到)(?:了|过)?(?P<t>{TOPIC})",
    "ja": rf"(?P<t>{TOPIC})に(?:言及|触れ)\S{{0,8}}(?:文書|文章|ファイル)はどれ\S{{0,6}}",
    "ko": rf"(?P<t>{TOPIC})(?:을|를|이|가)? ?언급\S{{0,4}} (?:문서|파일)\S{{0,2}} ?(?:무엇|어느|몇)\S{{0,8}}",
}  # fmt: skip
WHICH = {language: whole(pattern) for language, pattern in _WHICH.items()}

_ALL = {
    "de": (
        r"(?:bitte )?(?:fass(?:e|en sie)?|fasst) (?:mir )?(?:.{1,40} )?zusammen|(?:gib mir |schreib )?(?:eine "
        r"|die )?(?:kurze )?zusammenfassung"
        r"(?: .{1,40})?|worum geht es(?: .{1,40})?|wovon handel[nt] .{1,40}",
        rf"(?:welche|was fur) {_DOCS} (?:gibt es|hast du|haben wir|sind (?:da|hier|vorhanden))"
        rf"|wie ?viele {_DOCS} (?:gibt es|hast du|sind es"
        r"|sind (?:da|hier))|(?:liste|zeig\w*) (?:mir )?(?:alle |die )?" + _DOCS + r"(?: auf)?",
    ),
    "fr": (
        r"resume[zr]?(?: .{1,40})?|(?:fais |donne-moi |faites )?(?:un |le )?resume(?: .{1,40})?"
        r"|de quoi (?:parle(?:nt)?|s'agit-il)(?: .{1,40})?",
        rf"quels (?:sont les )?{_DOCS}(?: (?:y a-t-il|as-tu|avez-vous|sont (?:la|ici)))?|combien (?:de "
        rf"|d'){_DOCS} (?:y a-t-il|as-tu|avez-vous)"
        rf"|combien y a-t-il de {_DOCS}|liste[rz]? (?:les |tous les ){_DOCS}",
    ),
    "es": (
        r"resume(?:me)?(?: .{1,40})?|(?:haz |dame )?(?:un |el )?resumen(?: .{1,40})?|de que (?:tratan?"
        r"|hablan?)(?: .{1,40})?",
        rf"(?:que|cuales|cuantos) {_DOCS} (?:hay|tienes|son)|(?:enumera|lista|muestra(?:me)?) (?:los "
        rf"|todos los ){_DOCS}",
    ),
    "it": (
        r"(?:riassumi|riassumere)(?: .{1,40})?|(?:fai |fammi )?(?:un |il )?riassunto(?: .{1,40})?"
        r"|di (?:che )?cosa (?:parla(?:no)?|si tratta|tratta)"
        r"(?: .{1,40})?",
        rf"(?:quali|quanti) {_DOCS} (?:ci sono|hai|sono)|(?:elenca|mostra(?:mi)?) (?:i |tutti i ){_DOCS}",
    ),
    "nl": (
        r"vat (?:.{1,40} )?samen|(?:geef |maak )?(?:een |de )?samenvatting(?: .{1,40})?|waar gaa[nt]? .{1,40} over"
        r"|waar gaat (?:het|dit) over",
        rf"(?:welke|hoeveel) {_DOCS} (?:zijn er|heb je|hebben we)|(?:toon|laat) (?:alle |de ){_DOCS}(?: zien)?",
    ),
    "pt": (
        r"resum[ae](?: .{1,40})?|(?:faca |da-me )?(?:um |o )?resumo(?: .{1,40})?|(?:do|de) que (?:tratam?|falam?"
        r"|se trata)(?: .{1,40})?",
        rf"(?:que|quais|quantos) {_DOCS} (?:ha|existem|voce tem|tens)|(?:liste|mostre) (?:os |todos os ){_DOCS}",
    ),
    "zh": (r"(?:请)?(?:总结|概括|归纳)(?:一下)?.{0,20}|.{0,20}(?:摘要"
           r"|总结)", r"(?:有|你有)(?:哪些|多少份?|几份)(?:文件|文档|文章)"),
    "ja": (r".{0,20}(?:要約|まとめ)(?:して)?(?:ください)?", r"(?:どんな|どの|いくつの)?(?:文書|ファイル|文章)(?:は"
                        r"|が)(?:何件|いくつ)?あります(?:か)?"),
    "ko": (r".{0,20}요약(?:해)?\s?(?:줘|주세요)?", r"(?:어떤|몇) ?(?:문서|파일)\S{0,3} ?있\S{1,4}"),
}  # fmt: skip
SUMMARISE = {language: whole(pattern) for language, (pattern, _) in _ALL.items()}
LISTS = {language: whole(pattern) for language, (_, pattern) in _ALL.items()}

# What joins several topics in one question.
JOINED = {
    "de": re.compile(r" (?:und|oder|sowie|noch) |, ", re.I),
    "fr": re.compile(r" (?:et|ou|ni) |, ", re.I),
    "es": re.compile(r" [yeou] | ni |, ", re.I),
    "it": re.compile(r" (?:e|ed|o|né) |, ", re.I),
    "nl": re.compile(r" (?:en|of|noch) |, ", re.I),
    "pt": re.compile(r" (?:e|ou|nem) |, ", re.I),
    "zh": re.compile(r"[和与或、]|以及"),
    "ja": re.compile(r"[や、]|または|および"),
    "ko": re.compile(r"(?:와|과|이나|또는|및) |, "),
}
