"""A prompt's parts: the template's words and the contents never mix."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Message
from models.chat import ChatTemplate, Part

CHATML = ChatTemplate(
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
    "<s>",
    "</s>",
)
NO_SYSTEM = ChatTemplate(
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system') }}{% endif %}"
    "{% for m in messages %}[{{ m['role'] }}]{{ m['content'] | trim }}{% endfor %}[assistant]",
    "<s>",
    "</s>",
)
DROPS = ChatTemplate("{{ messages[-1]['content'] }}", "", "")


def test_parts_stand_in_order():
    parts = CHATML.parts([Message("system", "Be brief."), Message("user", "Hello")])
    assert [p.text for p in parts if p.is_content] == ["Be brief.", "Hello"]
    assert "".join(p.text for p in parts) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"
    )


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_contents_come_out_unchanged_whatever_they_hold(contents):
    parts = CHATML.parts([Message("user", content) for content in contents])
    assert [p.text for p in parts if p.is_content] == [c for c in contents if c]


@pytest.mark.parametrize("content", ["{{ 7 * 7 }}", "{% raise %}", "\ue0000\ue001", "\ue0001\ue001", "{{ bos_token }}"])
def test_contents_are_neither_templates_nor_placeholders(content):
    parts = CHATML.parts([Message("system", content), Message("user", "second")])
    assert [p.text for p in parts if p.is_content] == [content, "second"]


@pytest.mark.parametrize("template", [NO_SYSTEM, DROPS])
def test_a_template_without_a_system_role_gets_it_with_the_first_question(template):
    parts = template.parts([Message("system", "Be brief."), Message("user", "Hello")])
    assert [p for p in parts if p.is_content] == [Part("Be brief.\n\nHello", True)]


def test_a_template_that_leaves_a_message_out_is_an_error():
    with pytest.raises(ValueError, match="leaves a message out"):
        DROPS.parts([Message("user", "one"), Message("assistant", "two"), Message("user", "three")])


@pytest.mark.parametrize(
    "source", ["{% if %}", "{{ messages[99]['content'] }}", "{{ 1 / 0 }}", "{{ ().__class__ }}{{ x.y.z }}"]
)
def test_a_broken_template_is_an_error(source):
    with pytest.raises(ValueError, match="template"):
        ChatTemplate(source, "", "").parts([Message("user", "Hello")])


def test_a_template_cannot_reach_python():
    escape = "{{ ''.__class__.__mro__[1].__subclasses__() }}{{ messages[0]['content'] }}"
    with pytest.raises(ValueError, match="template"):
        ChatTemplate(escape, "", "").parts([Message("user", "Hello")])
