"""What of a row is read, learned and cut off: checked by hand on two templates, and against the trainers' own rows."""

import pytest

from lab import objectives
from lab.data.encode import IGNORED, encode
from lab.data.token_rows import KINDS, pieces_of, show_sequence
from lab.home import ASSETS
from lab.models.chat_template import light_tokenizer
from lab.objectives._pairs import feedback_tokens, preference_tokens
from lab.objectives._reward_trainer import whole_pairs
from lab.recipe import build_recipe, resolve
from tests.models.test_chat_format import SHIPPED, TALK, tokenizer_for
from tests.tiny import TEMPLATE, make_tiny_tokenizer

ROW = {"prompt": "Is rice white?", "completion": "Mostly, yes."}
SYSTEM = [{"role": "system", "content": "user"}, {"role": "user", "content": "Is rice white?"}]
PAIR = {"prompt": SYSTEM, "chosen": "Mostly, yes.", "rejected": "麻婆豆腐 🦜"}
REWARDED = {"ppo", "grpo", "rloo"}


def stage_of(objective: str, max_length: int = 200, **more):
    reward = {"reward": "happier"} if objective in REWARDED else {}
    fields = {"base": "nano", "data": "rows.jsonl", "objective": objective, "budget": {"max_length": max_length}}
    return resolve(build_recipe({**fields, "variants": [{"name": "it"}], **reward, **more}))[0].stages[0]


def sequences(objective: str, row, format: str, tokenizer, max_length: int = 200, **more):
    found = objectives.get(objective).sequences(row, format, tokenizer, stage_of(objective, max_length, **more))
    return [show_sequence(tokenizer, one) for one in pieces_of(found)]


def stretches(shown) -> list[tuple[str, str]]:
    """Neighbouring tokens of one kind, joined: the mask as a person would write it down."""
    found: list[tuple[str, str]] = []
    for chip in shown.chips:
        kind, text = found.pop() if found and found[-1][0] == chip.kind else (chip.kind, "")
        found.append((kind, text + chip.text))
    return found


def tiny():
    tokenizer = make_tiny_tokenizer()
    tokenizer.chat_template = TEMPLATE
    return tokenizer


def ids_of(shown) -> list[int]:
    return [token for chip in shown.chips for token in chip.ids]


@pytest.mark.parametrize("make", [lambda: light_tokenizer(ASSETS / "nano"), tiny])
def test_the_mask_of_a_question_and_answer_on_nano_by_hand(make):
    (shown,) = sequences("sft", ROW, "prompt_completion", make())
    assert stretches(shown) == [
        ("template", "<|im_start|>user\n"), ("read", "Is rice white?"),
        ("template", "<|im_end|>\n<|im_start|>assistant\n"), ("learned", "Mostly, yes.<|im_end|>"),
    ]  # fmt: skip
    assert (shown.name, shown.goal, shown.total) == ("row", "imitate", sum(len(chip.ids) for chip in shown.chips))
    assert shown.counts["cut"] == shown.counts["scored"] == 0
    assert [chip.text for chip in shown.chips if chip.special] == ["<|im_start|>", "<|im_end|>"] * 2


def test_the_mask_of_a_conversation_on_another_template_by_hand():
    tokenizer = tokenizer_for("llama3")
    row = {"messages": [*SYSTEM, {"role": "assistant", "content": "No.", "train": False}, *TALK[2:]]}
    (shown,) = sequences("sft", row, "messages", tokenizer)
    head = "<|start_header_id|>{}<|end_header_id|>\n\n"
    assert stretches(shown) == [
        ("template", "<s>" + head.format("system")), ("read", "user"),
        ("template", "<|eot_id|>" + head.format("user")), ("read", "Is rice white?"),
        ("template", "<|eot_id|>" + head.format("assistant")), ("read", "No."),
        ("template", "<|eot_id|>" + head.format("user")), ("read", "豆腐?"),
        ("template", "<|eot_id|>" + head.format("assistant")), ("learned", "Also white.<|eot_id|>"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_what_people_say_is_told_from_the_templates_words_on_every_template(name):
    tokenizer = tokenizer_for(name)
    (shown,) = sequences("sft", {"messages": TALK}, "messages", tokenizer, 4000)
    said = "".join(text for kind, text in stretches(shown) if kind == "read")
    assert said == "Is rice white?豆腐?"


def test_both_answers_of_a_pair_are_learned_in_opposite_directions_and_cut_at_the_limit():
    tokenizer = tiny()
    chosen, rejected = sequences("dpo", PAIR, "preference", tokenizer)
    given = [
        ("template", "<|im_start|>system\n"), ("read", "user"), ("template", "<|im_end|>\n<|im_start|>user\n"),
        ("read", "Is rice white?"), ("template", "<|im_end|>\n<|im_start|>assistant\n"),
    ]  # fmt: skip
    assert stretches(chosen) == [*given, ("learned", "Mostly, yes.<|im_end|>")]
    assert stretches(rejected) == [*given, ("learned", "麻婆豆腐 🦜<|im_end|>")]
    assert [(one.name, one.goal) for one in (chosen, rejected)] == [("chosen", "likelier"), ("rejected", "rarer")]
    assert sequences("dpo", PAIR | {"tie": True}, "preference", tokenizer) == []
    length = rejected.total - 3  # within the parrot, which is four tokens with nothing after it but the end
    _, cut = sequences("dpo", PAIR, "preference", tokenizer, length)
    assert stretches(cut) == [*given, ("learned", "麻婆豆腐 ⟨F0 9F⟩"), ("cut", "⟨A6⟩⟨9C⟩<|im_end|>")]
    assert (cut.counts["cut"], cut.total) == (3, rejected.total)


def test_every_objective_shows_the_tokens_that_its_trainer_is_given():
    tokenizer = tiny()
    for limit in (200, 30):
        (row,) = encode([ROW], "prompt_completion", tokenizer, limit)
        (shown,) = sequences("sft", ROW, "prompt_completion", tokenizer, limit)
        kinds = [chip.kind for chip in shown.chips for _ in chip.ids]
        assert row["input_ids"] == ids_of(shown)[:limit]
        assert [label != IGNORED for label in row["labels"]] == [kind == "learned" for kind in kinds[:limit]]
    (pair,) = preference_tokens([PAIR], tokenizer, None)
    for objective in ("dpo", "orpo", "reward"):
        sides = sequences(objective, PAIR, "preference", tokenizer)
        assert [ids_of(one) for one in sides] == [
            pair["prompt_ids"] + pair[f"{side}_ids"] for side in ("chosen", "rejected")
        ]
    (open_end,) = whole_pairs([PAIR | {"rejected_cut": True}], 0.0, tokenizer)
    sides = sequences("reward", PAIR | {"rejected_cut": True}, "preference", tokenizer)
    assert [ids_of(one) for one in sides] == [open_end["chosen_ids"], open_end["rejected_ids"]]
    thumb = ROW | {"label": False}
    (kept, _) = feedback_tokens([thumb, thumb], tokenizer, 200, 2)
    (shown,) = sequences("kto", thumb, "binary_feedback", tokenizer)
    assert ids_of(shown) == kept["prompt_ids"] + kept["completion_ids"]
    assert (shown.goal, shown.counts["learned"]) == ("rarer", len(kept["completion_ids"]))


def test_imitation_in_orpo_learns_the_question_of_the_better_answer_too():
    chosen, rejected = sequences("orpo", PAIR, "preference", tiny())
    assert chosen.counts["learned"] == chosen.total - 1  # nothing stands before the first token
    assert stretches(rejected)[-1] == ("learned", "麻婆豆腐 🦜<|im_end|>")


@pytest.mark.parametrize(("read", "scored"), [("last", "<|im_end|>"), ("sum", None)])
def test_a_reward_model_learns_no_token_and_scores_at_the_last_or_all(read, scored):
    for shown in sequences("reward", PAIR, "preference", tiny(), options={"read": read}):
        assert shown.counts["learned"] == 0
        assert shown.counts["scored"] == (1 if scored else shown.total)
        assert shown.chips[-1].kind == "scored"


@pytest.mark.parametrize("objective", sorted(REWARDED))
def test_of_a_question_nothing_is_learned_it_ends_where_the_answer_begins(objective):
    (shown,) = sequences(objective, {"prompt": ROW["prompt"]}, "prompt", tiny())
    assert stretches(shown) == [
        ("template", "<|im_start|>user\n"), ("read", "Is rice white?"),
        ("template", "<|im_end|>\n<|im_start|>assistant\n"),
    ]  # fmt: skip
    assert (shown.name, shown.goal) == ("prompt", "answer")


def test_a_long_text_is_learned_in_pieces_or_cut():
    tokenizer, row = tiny(), {"text": "The parrot sat on the branch and looked at the sea."}
    pieces = sequences("sft", row, "text", tokenizer, 8)
    rows = encode([row], "text", tokenizer, 8)
    assert [ids_of(piece) for piece in pieces] == [piece["input_ids"] for piece in rows]
    assert [piece.name for piece in pieces] == [f"row {number}" for number in range(1, len(pieces) + 1)]
    assert all(piece.chips[0].kind == "read" for piece in pieces)
    learned = "".join(text for piece in pieces for kind, text in stretches(piece) if kind == "learned")
    assert pieces[0].chips[0].text + learned == row["text"] + "<|endoftext|>"
    (whole,) = sequences("sft", row, "text", tokenizer, 8, long_text="truncate")
    assert (whole.counts["read"], whole.counts["learned"], whole.counts["cut"]) == (1, 7, whole.total - 8)


def test_every_objective_says_what_it_reads():
    for name in objectives.cards():
        assert objectives.hook(name, "sequences") is not None, name
    assert set(KINDS) == {"learned", "read", "template", "scored", "cut"}


def test_a_head_tells_a_class_at_the_last_token_and_a_name_is_learned_as_an_answer():
    row = {"text": "Is rice white?", "label": "food"}
    given = [("template", "<|im_start|>user\n"), ("read", "Is rice white?")]
    (head,) = sequences("classify", row, "labels", tiny(), data="intents")
    assert stretches(head) == [*given, ("template", "<|im_end|>\n<|im_start|>assistant"), ("scored", "\n")]
    (words,) = sequences("classify", row, "labels", tiny(), data="intents", options={"read": "words"})
    assert stretches(words) == [
        *given, ("template", "<|im_end|>\n<|im_start|>assistant\n"), ("learned", "food<|im_end|>")
    ]  # fmt: skip
    assert words.goal == "imitate" and not head.goal
