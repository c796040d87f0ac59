"""A file that can be loaded and is broken inside: a clear error with its cure, whatever is asked of it."""

from __future__ import annotations

import pytest
from tiny_gguf import SOUND, write

from models import Message, ModelError, load_llm
from models.errors import ModelUnfit

ASKED = [Message("system", "be brief"), Message("user", "who met")]

BROKEN = {
    "raises": "{{ messages.nothing.there }}",
    "is none": "{% for message in messages %}{{ message['content'] }",
    "refuses": "{{ raise_exception('Conversation roles must alternate') }}",
    "leaves out": "{{ bos_token }}Hello.",
    "tells twice": "{% for m in messages %}{{ m['content'] }}{{ m['content'] }}{% endfor %}",
    "divides": "{{ 1 // 0 }}",
}  # fmt: skip


def test_a_sound_one_writes(tmp_path):
    llm = load_llm(write(tmp_path / "sound.gguf"))
    words = "".join(llm.stream(ASKED, max_tokens=12, grammar="root ::= [a-z]{8}"))
    assert len(words) == 8 and words.isalpha()
    assert llm.trained is False and len(llm.identity) == 64


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_template_is_told(tmp_path, how):
    llm = load_llm(write(tmp_path / "odd.gguf", BROKEN[how]))
    for ask in (lambda: llm.count_tokens(ASKED), lambda: list(llm.stream(ASKED, max_tokens=4))):
        with pytest.raises(ModelUnfit, match="The model odd can't be asked: the model's chat template") as caught:
            ask()
        assert caught.value.cure.startswith("Fetch another version")


def test_a_vocabulary_without_the_letters_is_told(tmp_path):
    llm = load_llm(write(tmp_path / "mute.gguf", SOUND))
    for grammar in ('root ::= "[s1]"', 'root ::= "abc" "{"'):
        with pytest.raises(ModelUnfit, match="vocabulary has no token"):
            list(llm.stream(ASKED, max_tokens=8, grammar=grammar))
    assert "".join(llm.stream(ASKED, max_tokens=4, grammar='root ::= "abc"')) == "abc"


def test_no_template_at_all_is_told(tmp_path):
    with pytest.raises(ModelError, match="chat template"):
        load_llm(write(tmp_path / "none.gguf", "")).count_tokens(ASKED)
