"""Tokenizers: a pad token that is not the end, and a chat template that marks what the assistant says."""

from pathlib import Path

import pytest

from lab.data.encode import encode
from lab.models import has_own_chat_template, load_tokenizer
from lab.models.chat_format import chat_format
from lab.models.chat_template import light_tokenizer
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


@pytest.mark.parametrize(
    ("template", "says"),
    [
        (CHATML, ["Mostly, yes.<|im_end|>", "Also white.<|im_end|>"]),
        (ZEPHYR, ["Mostly, yes.<|im_end|>", "Also white.<|im_end|>"]),
        (TRIMMED, ["Mostly, yes.[end]", "Also white.[end]<|im_end|>"]),  # "[end]" is no token a chat would stop at
        (None, ["Mostly, yes.<|im_end|>", "Also white.<|im_end|>"]),
    ],
    ids=["chatml", "zephyr", "trimmed", "none"],
)
def test_answers_are_learned_with_their_ends(tmp_path, template, says):
    tokenizer = tokenizer_with(tmp_path, template)
    assert [piece.text for piece in chat_format(tokenizer).pieces(TALK) if piece.learned] == says


@pytest.mark.parametrize("template", [CHATML, ZEPHYR, TRIMMED], ids=["chatml", "zephyr", "trimmed"])
def test_a_prompt_is_rendered_as_transformers_renders_it(tmp_path, template):
    tokenizer = tokenizer_with(tmp_path, template)
    theirs = tokenizer.apply_chat_template(TALK[:3], tokenize=False, add_generation_prompt=True)
    assert chat_format(tokenizer).prompt(TALK[:3]) == theirs


def test_a_check_without_transformers_reads_the_same(tmp_path):
    tokenizer = tokenizer_with(tmp_path, CHATML)
    light = light_tokenizer(tmp_path)
    assert (light.eos_token, light.eos_token_id) == (tokenizer.eos_token, tokenizer.eos_token_id)
    assert chat_format(light) is chat_format(tokenizer)
    text = chat_format(light).prompt(TALK[:3])
    assert light(text, add_special_tokens=False)["input_ids"] == tokenizer(text, add_special_tokens=False)["input_ids"]


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


def test_a_pad_token_beyond_the_embedding_is_replaced_by_one_the_model_knows(tmp_path):
    """Tokenizers with a pad token that the model was never given an embedding for are common."""
    plain = make_tiny_tokenizer()
    rows = len(plain)
    plain.add_special_tokens({"pad_token": "[PAD]"})
    plain.save_pretrained(tmp_path)
    (tmp_path / "config.json").write_text(f'{{"vocab_size": {rows}}}')
    assert plain.pad_token_id == rows
    assert load_tokenizer(tmp_path).pad_token == "<|pad|>"
    (tmp_path / "config.json").write_text(f'{{"text_config": {{"vocab_size": {rows + 64}}}}}')  # a padded embedding
    assert load_tokenizer(tmp_path).pad_token == "[PAD]"


def test_without_any_other_token_the_end_pads_and_is_learned_all_the_same(tmp_path):
    plain = make_tiny_tokenizer()
    plain.pad_token = None
    plain.eos_token = "<|endoftext|>"
    plain.save_pretrained(tmp_path)
    (tmp_path / "config.json").write_text('{"vocab_size": 3}')  # pads beyond are out of the question
    tokenizer = load_tokenizer(tmp_path)
    assert tokenizer.pad_token == tokenizer.eos_token == "<|endoftext|>"
    (row,) = encode([{"prompt": "What?", "completion": "That."}], "prompt_completion", tokenizer, 99)
    assert row["labels"][-1] == tokenizer.eos_token_id
