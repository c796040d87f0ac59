"""Which encoding a text is in, told from few characters; and texts in which a byte is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ArticleUnreadable
from rag.reading.encoding import decode_or_guess

TEXTS = {
    "English": "The café owner Zoë Müller called the façade naïve, and the señor agreed with Malmö.",
    "a price": "It cost £5, and it was 20° outside, said the owner of the shop.",
    "few letters": "A résumé.",
    "capitals": "THE CAFÉ AND THE MÜNCHEN OFFICE",
    "German": "Der Bürgermeister erklärte, die Brücke über den Fluß müsse länger geschlossen werden.",
    "French": "Le président a déclaré que l'été était passé; ça ira très bien, où que ce soit.",
    "Danish": "Borgmesteren sagde på mødet, at havnen lukkes før århundredets største fest.",
    "Spanish": "¿Cuándo cerrará el puerto? El señor alcalde no contestó a la pregunta.",
    "Polish": "Burmistrz powiedział, że most będzie zamknięty, a żegluga wróci w przyszłym tygodniu źle.",
    "Czech": "Starostka Žofie Černá z Plzně řekla, že přístav bude uzavřen do konce června.",
    "Russian": "Мэр города сообщил, что порт будет закрыт до конца июня, а профсоюз объявил забастовку.",
    "Ukrainian": "Міський голова заявив, що порт закриють до кінця червня, а профспілка оголосила страйк.",
    "Hebrew": "ראש העיר אמר שהנמל ייסגר עד סוף יוני, והאיגוד הכריז על שביתה.",
    "Arabic": "قال رئيس البلدية إن الميناء سيغلق بحلول نهاية يونيو وأعلنت النقابة إضرابا.",
    "Turkish": "Belediye başkanı limanın haziran sonuna kadar kapatılacağını söyledi; işçiler greve gidecek.",
    "Greek": "Ο δήμαρχος είπε ότι το λιμάνι θα κλείσει τον Ιούνιο.",
}
ENCODINGS = (
    "cp437",
    "cp850",
    "cp852",
    "cp866",
    "cp1250",
    "cp1251",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "mac_roman",
    "iso8859_2",
    "koi8_r",
)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_code_page_is_told_from_the_letters_it_gives(text, encoding):
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("this code page lacks its letters")
    if len(data) == sum(b < 128 for b in data):
        pytest.skip("nothing beyond ASCII")
    assert decode_or_guess(data)[0] == text


@pytest.mark.parametrize("byte_order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_utf16_needs_no_mark(text, byte_order):
    found, notes = decode_or_guess(f"{text} {text}\r\n".encode(byte_order))
    assert found == f"{text} {text}\r\n"
    assert "UTF-16" in notes[0].text


WORDS = st.lists(st.sampled_from(["café", "“deal”", "– and", "plain words", "Žofie", "3 €"]), min_size=4, max_size=20)


@given(WORDS, st.data(), st.sampled_from([b"\xe9", b"\x96", b"\xff", b"\x80"]))
def test_a_wrong_byte_is_replaced_and_said_and_all_else_stays(words, data, stray):
    text = " ".join(["Zoë", "naïve", *words])
    at = data.draw(st.integers(0, len(text)))
    found, notes = decode_or_guess(text[:at].encode() + stray + text[at:].encode())
    assert found == f"{text[:at]}\ufffd{text[at:]}"
    assert notes[0].gap and f"at character {at + 1}" in notes[0].text


@given(WORDS, st.integers(1, 2))
def test_a_text_cut_off_within_a_character_is_read(words, missing):
    text = "Zoë " + " ".join(words)
    found, notes = decode_or_guess(f"{text} €".encode()[:-missing])
    assert found == f"{text} \ufffd"
    assert notes


@pytest.mark.parametrize(
    "data", [b"a\0b", b"\x7fELF\x02\x01\0\0\0" * 9, bytes(range(1, 256)) * 4, b"\x89PNG\r\n\x1a\n" * 3]
)
def test_binary_files_stay_refused(data):
    with pytest.raises(ArticleUnreadable):
        decode_or_guess(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    try:
        text, notes = decode_or_guess(data)
    except ArticleUnreadable:
        return
    assert "\0" not in text
    try:
        assert text == data.decode()
    except UnicodeDecodeError:
        assert notes
