"""Words that carry grammar rather than a topic, by language: they tell a language, and they are not looked for.

They stand in the searchable form (`rag.text.seen`): lower case, letters without marks; elided words without their
apostrophe ("l'", "dell'"). Written for this project after the grammars of these languages.
"""

from __future__ import annotations

from rag.language.words import STOP_WORDS

_GERMAN = """der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines und oder
aber denn sondern doch noch nur auch schon sehr mehr so als wie wenn weil dass ob damit da dann dort hier ist sind war
waren sei seien bin bist sein gewesen wird werden wurde wurden worden wurden geworden hat haben hatte hatten habe gehabt
kann konnen konnte konnten muss mussen musste mussten soll sollen sollte sollten will wollen wollte darf durfen mag
mochte ich du er sie es wir ihr mich dich sich uns euch ihm ihn ihnen ihre ihren ihrem ihrer ihres seine seinen seinem
seiner unser unsere unseren mein meine dieser diese dieses diesen diesem jener jede jeder jedes jeden alle allen aller
alles man etwas nichts nicht nie niemals mit von vom zu zum zur bei beim nach vor aus auf an am in im ins um uber unter
durch fur gegen ohne bis seit wegen wahrend zwischen hinter neben wer wen wem wessen was wann wo wohin woher warum wieso
weshalb welche welcher welches welchen welchem woruber wovon womit wofur woran worauf wodurch wozu viel viele vielen
wieviel gibt gab geben steht stehen denn jetzt bitte mal eigentlich laut daruber davon dazu erwahnt genannt"""
_FRENCH = """le la les l un une des du de d au aux et ou mais donc or ni car que qu qui quoi dont ou quand comment
pourquoi combien quel quelle quels quelles lequel laquelle est sont etait etaient sera seront serait soit ete etre suis
es a ont avait avaient aura auront aurait avoir ai as avons avez eu ce cet cette ces c ca cela ceci il elle ils elles on
nous vous je j tu me m te t se s lui leur leurs y en son sa ses mon ma mes ton ta tes notre nos votre vos ne n pas plus
jamais rien aucun aucune personne sans avec pour par dans sur sous entre vers chez depuis pendant avant apres contre
selon si comme tres aussi encore deja peut peuvent pourra doit doivent fait faire faut tout tous toute toutes meme autre
autres là puis alors parce afin lors dit mentionne mentionnee"""
_SPANISH = """el la los las lo un una unos unas de del al y e o u pero sino ni que quien quienes cual cuales cuando
donde adonde como cuanto cuanta cuantos cuantas por porque para es son era eran fue fueron sera seran seria ser sido
esta estan estaba estaban este estos estas ese esa esos esas esto eso hay habia habra haber ha han he hemos habian hubo
tiene tienen tenia tener se me te le les nos os su sus mi mis tu tus nuestro nuestra yo ella ellos ellas usted ustedes
no nunca jamas nada nadie ningun ninguna ninguno sin con en a sobre entre desde hasta hacia durante segun contra ante
tras si ya muy mas menos tambien tampoco aun todavia todo toda todos todas otro otra otros otras puede pueden puedo
podra debe deben va van hace menciona"""
_ITALIAN = """il lo la i gli le l un uno una un di del dello della dei degli delle dell a al allo alla ai agli alle all
da dal dallo dalla dai dagli dalle dall in nel nello nella nei negli nelle nell su sul sullo sulla sui sugli sulle sull
con per tra fra e ed o ma che chi cui cosa quale quali quando dove come quanto quanta quanti quante perche e sono era
erano sara saranno sarebbe essere stato stata stati state ha hanno aveva avevano avra avere ho abbiamo si mi ti ci vi lo
ne suo sua suoi sue loro mio mia nostro nostra questo questa questi queste quello quella quelli quelle non mai niente
nulla nessuno nessuna senza anche ancora gia piu meno molto se poi quindi puo possono deve devono viene vengono venne
fa tutto tutta tutti tutte altro altra altri altre ogni secondo durante prima dopo c d menzionato menzionata"""
_DUTCH = """de het een der den des en of maar want dus dat die dit deze er is zijn was waren ben bent geweest wordt
worden werd werden geworden heeft hebben had hadden heb gehad kan kunnen kon konden moet moeten moest mag mogen zal
zullen zou zouden wil willen ik jij je u hij zij ze wij we jullie hem haar hun hen mij me ons onze mijn jouw zich geen
niet nooit niets niemand iets iemand met van voor naar bij uit op aan in om over onder door tegen zonder tot sinds
tijdens tussen achter na als dan nog ook al wel zeer meer zo toen nu hier daar wie wat wanneer waar waarom hoe hoeveel
welk welke waarover waarvan waarmee waarvoor omdat doordat terwijl volgens te ten ter gaat gaan s t komt ergens
genoemd vermeld"""
_PORTUGUESE = """o a os as um uma uns umas de do da dos das em no na nos nas num numa por pelo pela pelos pelas para pra
com sem sob sobre entre ate desde durante segundo contra e ou mas nem que quem qual quais quando onde aonde como quanto
quanta quantos quantas porque por e sao era eram foi foram sera serao seria ser sido esta estao estava estavam estar
este esta estes estas esse essa esses essas isso isto aquele aquela ha havia havera tem tinha ter tiveram tera se me te
lhe lhes nos seu sua seus suas meu minha nosso nossa eu ele ela eles elas voce voces nao nunca jamais nada ninguem
nenhum nenhuma ao aos mais menos muito tambem ainda ja todo toda todos todas outro outra outros outras pode podem deve
devem vai vao fez mencionado mencionada"""
_ENGLISH_TOO = "mentioned discussed article articles document documents please don re ve ll isn wasn doesn didn"

FUNCTION_WORDS = {
    "en": STOP_WORDS | frozenset(_ENGLISH_TOO.split()),
    "de": frozenset(_GERMAN.split()),
    "fr": frozenset(_FRENCH.split()),
    "es": frozenset(_SPANISH.split()),
    "it": frozenset(_ITALIAN.split()),
    "nl": frozenset(_DUTCH.split()),
    "pt": frozenset(_PORTUGUESE.split()),
}

# Characters of the scripts that are searched by characters.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"

# Strings that carry grammar in languages written without blanks; the longer ones come first. Of Japanese, hiragana
# carries the grammar anyway.
_CHINESE = (
    "什么时候 为什么 有没有 提到 提及 谈到 是不是 多少 什么 怎么 怎样 如何 哪里 哪儿 哪些 哪个 是否 多长 多久 "
    "几点 何时 为何 没有 我们 他们 这个 那个 "
    "以及 但是 因为 所以 的 了 吗 嗎 呢 吧 是 谁 誰 在 被 把 和 与 有 哪 几 就 也 都 不"
)
_JAPANESE = "何時 何日 何月 何年 何人 何円 何 誰"
_KOREAN = "무엇 언제 누구 어디 얼마 입니까 습니까 인가요 나요 까요"
STRINGS = {"zh": tuple(_CHINESE.split()), "ja": tuple(_JAPANESE.split()), "ko": tuple(_KOREAN.split())}
