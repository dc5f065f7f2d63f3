"""What is learned of a conversation, decoded, for every chat template of a real model that the installed TRL ships."""

import re

import pytest

from lab.data.encode import IGNORED, conversation_parts, labelled, prompt_ids
from lab.errors import DataError, ModelError
from lab.models.chat_format import ChatFormat, chat_format
from lab.models.templates import shipped_templates, training_twin
from tests.tiny import make_tiny_tokenizer

SHIPPED = shipped_templates()
TALK = [
    {"role": "user", "content": "Is rice white?"},
    {"role": "assistant", "content": "Mostly, yes."},
    {"role": "user", "content": "豆腐?"},
    {"role": "assistant", "content": "Also white."},
]
ENDS = {
    "cohere": "<|END_OF_TURN_TOKEN|>", "cohere2": "<|END_RESPONSE|><|END_OF_TURN_TOKEN|>",
    "deepseek": "<｜end▁of▁sentence｜>", "diffusion_gemma": "<turn|>", "gemma": "<end_of_turn>",
    "gemma3": "<end_of_turn>",
    "gemma4": "<turn|>", "glm4moe": "<|user|>", "gptoss": "<|return|>", "idefics3": "<end_of_utterance>",
    "lfm2": "<|im_end|>", "llama3": "<|eot_id|>", "llava_next": "</s>", "muse": "<|eot|>", "nemotron": "<|im_end|>",
    "phi3": "<|end|>", "qwen": "<|im_end|>", "smolvlm": "<end_of_utterance>",
}  # fmt: skip
"""What ends an answer of the models that these templates belong to."""


def end_of(name: str) -> str:
    return ENDS[max((known for known in ENDS if name.startswith(known)), key=len)]


def tokenizer_for(name: str):
    """A tokenizer that knows the template's markers, and ends its answers as the model of that name does."""
    tokenizer, end = make_tiny_tokenizer(), end_of(name)
    markers = set(re.findall(r"<[|｜]?[^<>\s'\"{}]{1,40}[|｜]?>", SHIPPED[name])) | {f"<{end.split('<')[-1]}"}
    tokenizer.add_special_tokens({"additional_special_tokens": sorted(markers)})
    tokenizer.add_special_tokens({"bos_token": "<s>", "eos_token": f"<{end.split('<')[-1]}"})
    tokenizer.chat_template = training_twin(SHIPPED[name])
    return tokenizer


def encoded(tokenizer, messages, tools=None):
    return labelled(next(conversation_parts(tokenizer, [(messages, tools)])))


def learned(row, tokenizer) -> str:
    return tokenizer.decode([label for label in row["labels"] if label != IGNORED])


def test_every_kind_of_model_is_there():
    assert len(SHIPPED) >= 40
    assert {"qwen3", "llama3", "llama3_1", "gemma3", "glm4moe", "phi3", "gptoss", "deepseek_r1_distill"} <= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_answers_and_their_ends_are_learned_and_nothing_else(name):
    tokenizer, end = tokenizer_for(name), end_of(name)
    first = {"gptoss": "<|end|>"}.get(name, end)  # gpt-oss ends only the last answer with <|return|>
    said = learned(encoded(tokenizer, TALK), tokenizer)
    spaces = " " if name in ("idefics3", "llava_next", "smolvlm") else ""  # the model writes it after "Assistant:"
    assert said == f"{spaces}Mostly, yes.{first}{spaces}Also white.{end}"
    assert chat_format(tokenizer).added_end == ""


@pytest.mark.parametrize("name", SHIPPED)
def test_a_chat_is_shown_exactly_what_was_given_in_training(name):
    tokenizer = tokenizer_for(name)
    for messages in (TALK[:1], TALK[:3]):
        ids = prompt_ids(tokenizer, messages)
        row = encoded(tokenizer, TALK[: len(messages) + 1])
        assert row["input_ids"][: len(ids)] == ids
        assert row["labels"][len(ids)] != IGNORED == row["labels"][len(ids) - 1]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_system_message_and_masked_turns_are_shown_and_not_learned(name):
    tokenizer = tokenizer_for(name)
    masked = [{"role": "system", "content": "Be brief."}, TALK[0], {**TALK[1], "train": False}, *TALK[2:]]
    row = encoded(tokenizer, masked)
    shown = tokenizer.decode(row["input_ids"])
    assert "Be brief." in shown and "Mostly, yes." in shown
    assert learned(row, tokenizer).strip() == f"Also white.{end_of(name)}"


@pytest.mark.parametrize("name", SHIPPED)
def test_ids_are_those_of_trl_and_it_learns_all_that_we_learn(name):
    """TRL learns more in places: line breaks after the end, headers and empty thoughts, which a chat is given."""
    tokenizer = tokenizer_for(name)
    content = (lambda text: [{"type": "text", "text": text}]) if chat_format(tokenizer)._renderer._wants_parts else str
    given = [{**turn, "content": content(turn["content"])} for turn in TALK]
    theirs = tokenizer.apply_chat_template(given, return_dict=True, return_assistant_tokens_mask=True)
    ours = encoded(tokenizer, TALK)
    assert ours["input_ids"] == theirs["input_ids"][: len(ours["input_ids"])]
    tail = theirs["input_ids"][len(ours["input_ids"]) :]
    assert tokenizer.decode(tail).strip() in ("", tokenizer.eos_token)
    mask = theirs["assistant_masks"]
    assert any(mask) == bool(re.search(r"{%-?\s*generation", tokenizer.chat_template))  # TRL masks none of the others
    assert not any(mask) or all(
        theirs_too for label, theirs_too in zip(ours["labels"], mask, strict=False) if label != IGNORED
    )


def test_thoughts_in_an_answer_are_learned_in_place_of_empty_ones():
    thinking = [TALK[0], {"role": "assistant", "content": "<think>\nI recall it.\n</think>\n\nMostly."}]
    for name in ("qwen3", "qwen3_5_think", "deepseek_r1_distill"):
        tokenizer = tokenizer_for(name)
        row = encoded(tokenizer, thinking)
        assert learned(row, tokenizer) == f"<think>\nI recall it.\n</think>\n\nMostly.{end_of(name)}"
        assert tokenizer.decode(row["input_ids"]).count("<think>") == 1


CALL = {
    "role": "assistant", "content": "",
    "tool_calls": [{"type": "function", "function": {"name": "weigh", "arguments": {"fruit": "fig"}}}],
}  # fmt: skip
WEIGHED = [{"role": "user", "content": "How heavy?"}, CALL, {"role": "tool", "name": "weigh", "content": "9 grams"},
           {"role": "assistant", "content": "Nine grams."}]  # fmt: skip
TOOLS = [{"type": "function", "function": {"name": "weigh", "description": "Weighs a fruit.", "parameters":
          {"type": "object", "properties": {"fruit": {"type": "string"}}}}}]  # fmt: skip


@pytest.mark.parametrize("name", ["qwen2_5", "qwen3", "qwen3_5_think", "llama3_1", "gptoss", "glm4moe", "deepseekv3"])
def test_a_tool_call_is_learned_and_what_the_tool_answers_is_not(name):
    tokenizer = tokenizer_for(name)
    row = encoded(tokenizer, WEIGHED, TOOLS)
    said = learned(row, tokenizer)
    assert "weigh" in said and "fig" in said and f"Nine grams.{end_of(name)}" in said
    assert "9 grams" not in said and "How heavy?" not in said
    assert "9 grams" in tokenizer.decode(row["input_ids"])


@pytest.mark.parametrize("name", ["llama3", "phi3", "gemma3"])
def test_what_a_template_does_not_write_of_tools_is_refused(name):
    with pytest.raises(DataError, match="template"):
        encoded(tokenizer_for(name), WEIGHED, TOOLS)


def test_a_template_that_ends_answers_with_no_token_gets_one():
    """GLM-4's own template writes nothing after an answer; a chat stops at the tokenizer's end token."""
    format = ChatFormat(SHIPPED["glm4moe"], {"eos_token": "<end>"}, ("<end>",))
    assert [piece.text for piece in format.pieces(TALK) if piece.learned] == ["Mostly, yes.", "Also white.<end>"]
    assert format.added_end == "<end>"
    with pytest.raises(ModelError, match="never learn to stop"):
        ChatFormat(SHIPPED["glm4moe"], {}, ()).check()


def test_words_changed_by_a_template_are_learned_as_they_were_written():
    shouting = "{% for message in messages %}{{ message['content'].upper() }}{{ eos_token }}{% endfor %}"
    format = ChatFormat(shouting, {"eos_token": "<e>"}, ("<e>",))
    assert [piece.text for piece in format.pieces(TALK[:2])] == ["IS RICE WHITE?<e>", "Mostly, yes.<e>"]


def test_a_template_that_refuses_or_fails_is_told_in_words():
    with pytest.raises(ModelError, match="No parrots"):
        ChatFormat("{{ raise_exception('No parrots') }}", {}, ("<e>",)).check()
    with pytest.raises(ModelError, match="can't be read"):
        ChatFormat("{% for %}", {}, ("<e>",)).check()
