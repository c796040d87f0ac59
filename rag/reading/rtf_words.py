"""Control words of rich text (specification 1.9.1): characters, and groups that aren't shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CHARACTERS: Mapping[str, str] = MappingProxyType(
    {
        "line": "\n", "lbr": "\n", "softline": "\n", "tab": "\t", "emdash": "—", "endash": "–", "emspace": "\u2003",
        "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
        "rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
    }
)  # fmt: skip
SKIPPED = frozenset(
    """fonttbl colortbl stylesheet info pict fldinst nonesttables nesttableprops shprslt objdata objclass objname pntext
    author operator title subject keywords comment doccomm category manager company hlinkbase creatim revtim printim
    buptim xe tc rxe txe bkmkstart bkmkend listtable listoverridetable rsidtbl revtbl filetbl themedata datastore
    colorschememapping latentstyles generator atnid atndate atnref atntime atnicn atnparent atrfstart atrfend ftnsep
    ftnsepc ftncn aftnsep aftnsepc aftncn sp sn sv private template nonshppict mmathPr xmlnstbl pgptbl""".split()
)
STARRED = frozenset("shpinst shppict cs ts tx".split())  # groups that old programs may skip, but that are shown
CHARSETS: Mapping[int, str] = MappingProxyType(
    {
        0: "cp1252", 2: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5",
        161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
        222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
    }
)  # fmt: skip
