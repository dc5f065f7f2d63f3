"""Rows that leave no room for an answer are left out, counted and told, in the words of every objective's data."""

import pytest

from lab.data import DataSet
from lab.data.encode import encode
from lab.data.fit import RowTokens, fitting, measure, template_notes
from lab.errors import DataError
from lab.models import load_tokenizer
from lab.models.chat_template import light_tokenizer
from lab.models.templates import shipped_templates
from lab.recipe import build_recipe, resolve

LONG = "many words " * 40
ROWS = {
    "prompt_completion": lambda prompt: {"prompt": prompt, "completion": "Yes."},
    "messages": lambda prompt: {"messages": [{"role": "user", "content": prompt},
                                             {"role": "assistant", "content": "Yes."}]},
    "preference": lambda prompt: {"prompt": prompt, "chosen": "Yes.", "rejected": "No, no."},
    "binary_feedback": lambda prompt: {"prompt": prompt, "completion": "Yes.", "label": True},
    "prompt": lambda prompt: {"prompt": prompt},
}  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer(tiny_base):
    return light_tokenizer(tiny_base)


def stage(max_length: int, **fields):
    fields = {"data": "my.jsonl", "budget": {"max_length": max_length, "steps": 2, "batch_size": 2}, **fields}
    return resolve(build_recipe({"variants": [{"name": "it"}], **fields}))[0].stages[0]


@pytest.mark.parametrize("format", ROWS)
def test_rows_without_room_for_an_answer_are_left_out_and_told(tokenizer, format):
    row = ROWS[format]
    rows = [row("Short?"), row(LONG), row("Brief?"), row(LONG + "?")]
    data = DataSet("my", format, rows, [row(LONG), row("New?")], sources=("a", "b"))
    longest = max(one.given for one in measure(rows, format, tokenizer))
    fit = fitting(data, tokenizer, stage(64))
    assert fit.train == [rows[0], rows[2]] and fit.held_out == [row("New?")] and fit.sources == ("b",)
    told = "are longer than 64 tokens" if format == "prompt" else "have no answer left at 64 tokens"
    assert fit.notes[0].startswith(f"2 of 4 rows {told} and are left out; ") and f" {longest:,}. " in fit.notes[0]
    assert fit.notes[1].startswith(f"1 of 2 held-out rows {told}")
    with pytest.raises(DataError, match=r"^my: 2 of 2 rows .*\. Raise budget.max_length, or shorten the rows\.$"):
        fitting(DataSet("my", format, rows[1::2], []), tokenizer, stage(64))
    only = fitting(DataSet("my", format, rows[:1], rows[1::2]), tokenizer, stage(64))
    assert only.held_out == [] and only.notes[-1].endswith("No figures are measured on held-out rows.")


def test_a_pair_to_be_scored_must_fit_whole(tokenizer):
    pair = {"prompt": "Short?", "chosen": "Yes.", "rejected": LONG}
    data = DataSet("my", "preference", [pair, ROWS["preference"]("Short?")], [])
    assert fitting(data, tokenizer, stage(64, objective="dpo")).train == data.train
    scored = fitting(data, tokenizer, stage(64, objective="reward"), scores=True)
    assert scored.train == data.train[1:] and "1 of 2 rows are longer than 64 tokens" in scored.notes[0]


def test_a_row_is_measured_with_its_longest_answer(tokenizer):
    texts = ("<|im_start|>user\nShort?<|im_end|>\n<|im_start|>assistant\n", "No, no.<|im_end|>")
    given, rejected = (len(tokenizer(text, add_special_tokens=False)["input_ids"]) for text in texts)
    assert measure([ROWS["preference"]("Short?")], "preference", tokenizer) == [RowTokens(given, given + rejected)]


def test_how_much_is_read_is_told(tokenizer):
    texts = DataSet("my", "text", [{"text": LONG}, {"text": "Short."}], [])
    tokens = measure(texts.train, "text", tokenizer)[0].length
    pieces = 1 + -(-(tokens - 1) // 15)
    (told,) = fitting(texts, tokenizer, stage(16)).notes
    assert told == (f"Texts of more than 16 tokens (1 of 2) are read in pieces, {pieces} in all; 2 steps of 2 read "
                    f"{4 / pieces:.0%} of them.")  # fmt: skip
    (cut,) = fitting(texts, tokenizer, stage(16, long_text="truncate")).notes
    assert cut.startswith("1 of 2 rows are longer than 16 tokens and are cut. ")


def test_a_token_that_the_model_has_no_embedding_for_is_refused(tiny_base):
    tokenizer = light_tokenizer(tiny_base)
    rows = [ROWS["prompt_completion"](prompt) for prompt in ("A?", "B?")]
    highest = max(max(row["input_ids"]) for row in encode(rows, "prompt_completion", tokenizer, 99))
    tokenizer.embedding_rows = highest + 1
    assert len(measure(rows, "prompt_completion", tokenizer)) == 2
    tokenizer.embedding_rows = highest
    with pytest.raises(DataError, match=rf"as token {highest}, but the model knows {highest}"):
        measure(rows, "prompt_completion", tokenizer)


def test_what_a_template_does_to_the_data_is_told(tiny_base):
    tokenizer = load_tokenizer(tiny_base)
    with_system = {"messages": [{"role": "system", "content": "Be brief."}, *ROWS["messages"]("Short?")["messages"]]}
    data = DataSet("my", "messages", [with_system], [])
    assert template_notes(data, tokenizer) == []
    tokenizer.chat_template = shipped_templates()["gemma"]
    tokenizer.eos_token = "<|im_end|>"
    told = " ".join(template_notes(data, tokenizer))
    assert "takes no system message: each is put before the first question" in told
    assert "<|im_end|> is learned after the last one" in told


def test_a_row_that_the_template_refuses_is_named_by_its_words(tiny_base):
    tokenizer = load_tokenizer(tiny_base)
    tokenizer.chat_template = shipped_templates()["gemma"]
    greeting = {"messages": [{"role": "assistant", "content": "Hello, I am a parrot."}]}
    with pytest.raises(DataError, match=r"begins 'Hello, I am a parrot\.'.* alternate"):
        measure([greeting], "messages", tokenizer)
