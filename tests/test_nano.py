"""The shipped base model: small, plain to load, at home in its chat template, right on simple unseen questions."""

import json
from pathlib import Path

import pytest

from lab.home import ASSETS
from recipes.nano.world import corpus, facts, relations, words
from recipes.nano.world.shapes import Question

pytestmark = pytest.mark.slow

NANO = ASSETS / "nano"
RIGHT_OF_100 = 65  # 69 when it was made, 60 of them English; its card has the figures of other hundreds
STORY_LOSS = 0.8  # nats a token over beginnings of stories, which are the hardest part


@pytest.fixture(scope="module")
def nano():
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.set_num_threads(1)
    return AutoModelForCausalLM.from_pretrained(NANO, dtype=torch.float32).eval(), AutoTokenizer.from_pretrained(NANO)


def answer(nano, prompts: list[str]) -> list[str]:
    model, tokenizer = nano
    texts = [
        tokenizer.apply_chat_template([{"role": "user", "content": prompt}], tokenize=False, add_generation_prompt=True)
        for prompt in prompts
    ]
    inputs = tokenizer(texts, return_tensors="pt", padding=True, padding_side="left")
    out = model.generate(**inputs, max_new_tokens=40, do_sample=False)
    return [tokenizer.decode(row[inputs["input_ids"].shape[1] :], skip_special_tokens=True) for row in out]


def test_it_is_small_and_complete():
    files = {file.name: file.stat().st_size for file in NANO.iterdir()}
    assert sum(files.values()) <= 12_000_000
    assert {"config.json", "tokenizer.json", "model.safetensors", "generation_config.json", "README.md"} <= set(files)
    assert json.loads((NANO / "generation_config.json").read_text())["eos_token_id"] == [3, 0]


def test_the_weights_are_a_llama_in_bf16_with_one_tied_embedding():
    from safetensors import safe_open

    with safe_open(NANO / "model.safetensors", "pt") as weights:
        assert {weights.get_slice(key).get_dtype() for key in weights.keys()} == {"BF16"}  # noqa: SIM118
        assert "lm_head.weight" not in weights.keys()  # noqa: SIM118
    assert json.loads((NANO / "config.json").read_text())["architectures"] == ["LlamaForCausalLM"]


@pytest.mark.parametrize(
    "text", ["What is 12 + 35?", "宫保鸡丁 means Kung Pao chicken.", "naïve café — ☃", "  two  spaces\n"]
)
def test_any_text_survives_the_tokenizer(nano, text):
    tokenizer = nano[1]
    ids = tokenizer(text)["input_ids"]
    assert tokenizer.decode(ids) == text
    assert len(tokenizer("123")["input_ids"]) == 3


def test_the_tokenizer_has_chat_tokens_and_32_reserved_ones(nano):
    tokenizer = nano[1]
    assert len(tokenizer) == 6144
    names = ["<|endoftext|>", "<|pad|>", "<|im_start|>", "<|im_end|>", "<|reserved_0|>"]
    assert tokenizer.convert_tokens_to_ids(names) == [0, 1, 2, 3, 4]
    assert tokenizer.convert_tokens_to_ids("<|reserved_31|>") == 35
    assert (tokenizer.eos_token, tokenizer.pad_token, tokenizer.bos_token) == ("<|im_end|>", "<|pad|>", "<|endoftext|>")


def test_the_chat_template_marks_what_the_assistant_says(nano):
    tokenizer = nano[1]
    messages = [{"role": "user", "content": "What is 2 + 2?"}, {"role": "assistant", "content": "4."}]
    done = tokenizer.apply_chat_template(messages, return_dict=True, return_assistant_tokens_mask=True)
    marked = [i for i, mask in zip(done["input_ids"], done["assistant_masks"], strict=True) if mask]
    assert tokenizer.decode(marked) == "4.<|im_end|>"
    prompt = tokenizer.apply_chat_template(messages[:1], tokenize=False, add_generation_prompt=True)
    whole = tokenizer.apply_chat_template(messages, tokenize=False)
    assert whole == prompt + "4.<|im_end|>\n"


def test_it_renders_a_chat_as_it_was_trained(nano):
    document = next(d for d in corpus.documents(0, "train") if d.turns)
    messages = [{"role": role, "content": content} for role, content in document.turns]
    rendered = nano[1].apply_chat_template(messages, tokenize=False)
    assert rendered + corpus.END_OF_TEXT == corpus.render(document)


def test_it_answers_unseen_questions(nano):
    """Those that were drawn when these weights were made: what the world has learned since, they never saw."""
    lines = (ASSETS / "data/skills/nano.jsonl").read_text().splitlines()
    kept = [json.loads(line) for line in lines]
    questions = [Question(q["kind"], q["prompt"], "", "|".join(q["keys"]), "", q["needs"]) for q in kept]
    said = answer(nano, [q.prompt for q in questions])
    assert sum(q.is_right(text) for q, text in zip(questions, said, strict=True)) >= RIGHT_OF_100


def test_it_knows_everyday_facts(nano):
    easy = {
        "What colour is a banana?": "yellow",
        "What is the opposite of hot?": "cold",
        "What does a cow eat?": "grass",
        "What is 2 + 3?": "5",
        "How many legs does a dog have?": "four",
        "What is the capital of France?": "Paris",
        "What comes after Monday?": "Tuesday",
        "Is a dog an animal?": "yes",
    }
    said = answer(nano, list(easy))
    right = [word.lower() in text.lower() for word, text in zip(easy.values(), said, strict=True)]
    assert sum(right) >= 6, said


def test_it_does_not_know_the_domain_it_will_be_tuned_on(nano):
    from lab.data.builtin import cuisine

    rows = cuisine.load("held_out")[:60]
    said = answer(nano, [row["prompt"] for row in rows])
    assert sum(row["completion"] == text.strip() for row, text in zip(rows, said, strict=True)) <= 3


def test_held_out_stories_cost_it_few_nats(nano):
    import torch

    model, tokenizer = nano
    lines = (ASSETS / "data/skills/nano_texts.jsonl").read_text().splitlines()  # drawn when these weights were made
    losses = []
    for line in lines[:20]:
        ids = tokenizer(corpus.END_OF_TEXT + json.loads(line)["text"], return_tensors="pt")["input_ids"][:, :400]
        with torch.no_grad():
            losses.append(float(model(ids, labels=ids).loss))
    assert sum(losses) / len(losses) < STORY_LOSS


@pytest.mark.parametrize("opening", ["One day, a girl named", "There once was a boy called", "It was a rainy day."])
def test_ordinary_openings_are_no_strange_ground(nano, opening):
    """It goes on with a person or somebody at work, and does not fall into saying one thing again and again."""
    model, tokenizer = nano
    inputs = tokenizer(corpus.END_OF_TEXT + opening, return_tensors="pt")
    out = model.generate(**inputs, max_new_tokens=70, do_sample=False)
    said = tokenizer.decode(out[0], skip_special_tokens=True)
    grams = list(zip(*(said.split()[at:] for at in range(4)), strict=False))
    assert len(set(grams)) > 0.8 * len(grams), said
    assert any(name in said for name in (*words.GIRLS, *words.BOYS, *(one.job for one in relations.workers()))), said


def test_the_card_names_licence_data_and_limits():
    card = Path(NANO / "README.md").read_text()
    assert "license: apache-2.0" in card
    for word in ("TinyStories", "Limits", "recipes/nano", "held-out"):
        assert word in card
    assert facts.ASKINGS  # the generators the card speaks of are in this project
