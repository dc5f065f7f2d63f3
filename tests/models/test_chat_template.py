"""Tokenizers: a pad token that is not the end, and a chat template that marks what the assistant says."""

from pathlib import Path

import pytest

from lab.models import has_own_chat_template, load_tokenizer
from lab.models.chat_template import marks_assistant
from tests.tiny import make_tiny_tokenizer

CHATML = (
    "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
    "{{ '<|im_start|>system\nBe helpful<|im_end|>\n' }}{% endif %}"
    "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
ZEPHYR = """{% for message in messages %}
{% if message['role'] == 'user' %}
{{ '<|user|>\n' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>\n'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}"""
TRIMMED = (
    "{%- for message in messages %}\n    {{- '[' + message.role + ']' + message.content | trim + '[end]' -}}\n"
    "{%- endfor %}\n{%- if add_generation_prompt %}{{- '[assistant]' }}{%- endif %}"
)
STRANGE = "{% for message in messages %}{{ message['content'].upper() }}{% endfor %}"
TALK = [
    {"role": "user", "content": "Is rice white?"},
    {"role": "assistant", "content": "Mostly, yes."},
    {"role": "user", "content": "豆腐?"},
    {"role": "assistant", "content": "Also white."},
]


def tokenizer_with(folder: Path, template: str | None):
    tokenizer = make_tiny_tokenizer()
    tokenizer.chat_template = template
    tokenizer.save_pretrained(folder)
    return load_tokenizer(folder)


def learned(tokenizer) -> str:
    parts = tokenizer.apply_chat_template(TALK, return_dict=True, return_assistant_tokens_mask=True)
    pairs = zip(parts["input_ids"], parts["assistant_masks"], strict=True)
    return tokenizer.decode([token for token, said in pairs if said])


@pytest.mark.parametrize(
    ("template", "says"),
    [
        (CHATML, "Mostly, yes.<|im_end|>Also white.<|im_end|>"),
        (ZEPHYR, "Mostly, yes.<|im_end|>Also white.<|im_end|>"),
        (TRIMMED, "Mostly, yes.[end]Also white.[end]"),
        (None, "Mostly, yes.<|im_end|>Also white.<|im_end|>"),
    ],
    ids=["chatml", "zephyr", "trimmed", "none"],
)
def test_what_the_assistant_says_is_marked(tmp_path, template, says):
    assert learned(tokenizer_with(tmp_path, template)) == says


@pytest.mark.parametrize("template", [CHATML, ZEPHYR, TRIMMED], ids=["chatml", "zephyr", "trimmed"])
@pytest.mark.parametrize("prompt", [False, True])
def test_marking_changes_nothing_that_is_rendered(tmp_path, template, prompt):
    plain = make_tiny_tokenizer()
    plain.chat_template = template
    marked = tokenizer_with(tmp_path, template)
    assert marked.chat_template != template
    how = {"tokenize": False, "add_generation_prompt": prompt}
    assert marked.apply_chat_template(TALK, **how) == plain.apply_chat_template(TALK, **how)


def test_a_template_we_do_not_understand_is_left_alone(tmp_path):
    tokenizer = tokenizer_with(tmp_path, STRANGE)
    assert tokenizer.chat_template == STRANGE
    assert not marks_assistant(tokenizer.chat_template)


def test_a_model_without_a_template_gets_a_plain_one_and_says_so(tmp_path):
    tokenizer = tokenizer_with(tmp_path / "without", None)
    text = tokenizer.apply_chat_template(TALK[:1], tokenize=False, add_generation_prompt=True)
    assert text == "### user:\nIs rice white?\n\n### assistant:\n"
    assert not has_own_chat_template(tmp_path / "without")
    tokenizer_with(tmp_path / "with", CHATML)
    assert has_own_chat_template(tmp_path / "with")


def test_padding_is_on_the_left_and_never_the_end_of_an_answer(tmp_path):
    plain = make_tiny_tokenizer()
    plain.pad_token = plain.eos_token
    plain.chat_template = CHATML
    plain.save_pretrained(tmp_path)
    tokenizer = load_tokenizer(tmp_path)
    assert tokenizer.padding_side == "left"
    assert tokenizer.pad_token == "<|pad|>"
    assert len(tokenizer) == len(plain)
