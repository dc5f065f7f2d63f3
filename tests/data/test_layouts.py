"""Each layout that real files have becomes one of the standard formats: a small example of each, row for row."""

import pytest

from lab.data import FORMATS, to_standard
from lab.data.layouts import LAYOUTS
from lab.data.types import Table
from lab.errors import DataError
from lab.home import PROJECT

PAIRS, TALKS, THUMBS, ASKED, ANSWERED = "preference", "messages", "binary_feedback", "prompt", "prompt_completion"
WEATHER = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}
CALL = {"type": "function", "function": {"name": "weather", "arguments": {"city": "Rome"}}}


def table(*rows: dict) -> Table:
    return Table("my.jsonl", list(rows), range(1, len(rows) + 1), "line")


def user(text: str) -> dict:
    return {"role": "user", "content": text}


def bot(text: str, **more: object) -> dict:
    return {"role": "assistant", "content": text, **more}


def system(text: str) -> dict:
    return {"role": "system", "content": text}


def human(text: str) -> dict:
    return {"from": "human", "value": text}


def gpt(text: str) -> dict:
    return {"from": "gpt", "value": text}


def pair(prompt: list, chosen: str, rejected: str, **more: object) -> dict:
    return {"prompt": prompt, "chosen": [bot(chosen)], "rejected": [bot(rejected)], **more}


PREFERENCES = {
    "UltraFeedback, binarized": (
        [{"prompt": "Q?", "prompt_id": "7", "chosen": [user("Q?"), bot("A")], "rejected": [user("Q?"), bot("B")],
          "messages": [user("Q?"), bot("A")], "score_chosen": 8.5, "score_rejected": 3.0}],
        [pair([user("Q?")], "A", "B", margin=5.5)],
    ),
    "whole conversations, no prompt": (
        [{"chosen": [system("S"), user("Q?"), bot("A")], "rejected": [system("S"), user("Q?"), bot("B")]}],
        [pair([system("S"), user("Q?")], "A", "B")],
    ),
    "a prompt as text before both texts": (
        [{"prompt": "Q?", "chosen": "Q? A", "rejected": "Q? B"},
         {"prompt": "R?", "chosen": "R?\nC", "rejected": "R?\nD"}],
        [{"prompt": "Q?", "chosen": "A", "rejected": "B"}, {"prompt": "R?", "chosen": "C", "rejected": "D"}],
    ),
    "whole lines before both texts": (
        [{"chosen": f"Q: {word}?\nA: yes", "rejected": f"Q: {word}?\nA: no"} for word in ("one", "two")],
        [{"prompt": f"Q: {word}?", "chosen": "A: yes", "rejected": "A: no"} for word in ("one", "two")],
    ),
    "hh-rlhf": (
        [{"chosen": "\n\nHuman: Q?\n\nAssistant: R?\n\nHuman: S.\n\nAssistant: A",
          "rejected": "\n\nHuman: Q?\n\nAssistant: R?\n\nHuman: S.\n\nAssistant: B"}],
        [pair([user("Q?"), bot("R?"), user("S.")], "A", "B")],
    ),
    "hh-rlhf, the prompt apart": (
        [{"prompt": "\n\nHuman: Q?\n\nAssistant:", "response": " A", "chosen": " A", "rejected": " B"}],
        [pair([user("Q?")], "A", "B")],
    ),
    "LLaMA-Factory, ShareGPT": (
        [{"conversations": [human("Q?"), gpt("R?"), human("S.")], "chosen": gpt("A"), "rejected": gpt("B")}],
        [pair([user("Q?"), bot("R?"), user("S.")], "A", "B")],
    ),
    "LLaMA-Factory, Alpaca": (
        [{"instruction": "Q?", "input": "x", "chosen": "A", "rejected": "B"}],
        [{"prompt": "Q?\n\nx", "chosen": "A", "rejected": "B"}],
    ),
    "Axolotl, chat_template.default": (
        [{"messages": [system("S"), user("Q?")], "chosen": bot("A"), "rejected": bot("B")}],
        [pair([system("S"), user("Q?")], "A", "B")],
    ),
    "Axolotl, chatml.intel": (
        [{"system": "S", "question": "Q?", "chosen": "A", "rejected": "B"},
         {"system": "", "question": "R?", "chosen": "A", "rejected": "B"}],
        [pair([system("S"), user("Q?")], "A", "B"), {"prompt": "R?", "chosen": "A", "rejected": "B"}],
    ),
    "Axolotl, chatml.argilla": (
        [{"system": "S", "instruction": "Q?", "chosen_response": "A", "rejected_response": "B"}],
        [pair([system("S"), user("Q?")], "A", "B")],
    ),
    "OpenAI": (
        [{"input": {"messages": [user("Q?")], "tools": []}, "preferred_output": [bot("A")],
          "non_preferred_output": [bot("B")]}],
        [pair([user("Q?")], "A", "B")],
    ),
    "ms-swift": (
        [{"messages": [user("Q?"), bot("A")], "rejected_response": "B"}],
        [pair([user("Q?")], "A", "B")],
    ),
    "answers with a tool's turn": (
        [{"prompt": [user("Q?")], "chosen": [bot("", tool_calls=[CALL]), {"role": "tool", "content": "9"}, bot("A")],
          "rejected": [bot("B")], "tools": [WEATHER]}],
        [{"prompt": [user("Q?")], "chosen": [bot("", tool_calls=[CALL]), {"role": "tool", "content": "9"}, bot("A")],
          "rejected": [bot("B")], "tools": [WEATHER]}],
    ),
    "JSON in the cells of a CSV file": (
        [{"prompt": "Q?", "chosen": '[{"role": "user", "content": "Q?"}, {"role": "assistant", "content": "A"}]',
          "rejected": "[{'role': 'user', 'content': 'Q?'}, {'role': 'assistant', 'content': 'B'}]"},
         {"prompt": "R?", "chosen": '[{"role": "user", "content": "R?"}, {"role": "assistant", "content": "A"}]',
          "rejected": "[{'content': 'R?', 'role': 'user'}\n {'content': \"it's B\", 'role': 'assistant'}]"}],
        [pair([user("Q?")], "A", "B"), pair([user("R?")], "A", "it's B")],
    ),
    "LMArena": (
        [{"model_a": "m", "model_b": "n", "winner": winner, "conversation_a": [user("Q?"), bot("A")],
          "conversation_b": [user("Q?"), bot("B")]} for winner in ("model_b", "tie", "tie (bothbad)", "n", "model_a")],
        [pair([user("Q?")], "B", "A"), pair([user("Q?")], "B", "A"), pair([user("Q?")], "A", "B")],
    ),
    "LMArena, content in parts": (
        [{"winner": "model_a",
          "conversation_a": [{"role": "user", "content": [{"type": "text", "text": "Q?"}]}, bot("A")],
          "conversation_b": [user("Q?"), bot("B")]}, {"winner": "both_bad", "conversation_a": [user("Q?"), bot("A")],
          "conversation_b": [user("Q?"), bot("B")]}],
        [pair([user("Q?")], "A", "B")],
    ),
    "LMSYS at Kaggle": (
        [{"id": 1, "prompt": '["Q?"]', "response_a": '["A"]', "response_b": '["B"]', "winner_model_a": "0",
          "winner_model_b": "1", "winner_tie": "0"},
         {"id": 2, "prompt": '["Q?"]', "response_a": '["A"]', "response_b": '["B"]', "winner_model_a": "0",
          "winner_model_b": "0", "winner_tie": "1"}],
        [pair([user("Q?")], "B", "A")],
    ),
    "HelpSteer 3": (
        [{"context": [user("Q?")], "response1": "A", "response2": "B", "overall_preference": strength}
         for strength in (-2, 0, 3)],
        [pair([user("Q?")], "A", "B", margin=2.0), pair([user("Q?")], "B", "A", margin=3.0)],
    ),
    "HelpSteer 2, preferences": (
        [{"prompt": "Q?", "response_1": "A", "response_2": "B", "preference_strength": 1}],
        [{"prompt": "Q?", "chosen": "B", "rejected": "A", "margin": 1.0}],
    ),
    "PKU-SafeRLHF": (
        [{"prompt": "Q?", "response_0": "A", "response_1": "B", "better_response_id": 1, "safer_response_id": 0}],
        [{"prompt": "Q?", "chosen": "B", "rejected": "A"}],
    ),
    "SHP": (
        [{"history": "Q?", "human_ref_A": "A", "human_ref_B": "B", "labels": 1}],
        [{"prompt": "Q?", "chosen": "A", "rejected": "B"}],
    ),
    "AlpacaFarm": (
        [{"instruction": "Q?", "input": "", "output_1": "A", "output_2": "B", "preference": 2.0}],
        [{"prompt": "Q?", "chosen": "B", "rejected": "A"}],
    ),
    "UltraFeedback, raw": (
        [{"instruction": "Q?", "completions": [
            {"response": "A", "overall_score": 6.0}, {"response": "B", "overall_score": 8.5},
            {"response": "C", "overall_score": 6.0}]}],
        [{"prompt": "Q?", "chosen": "B", "rejected": "A", "margin": 2.5},
         {"prompt": "Q?", "chosen": "B", "rejected": "C", "margin": 2.5}],
    ),
    "UltraFeedback, raw, only annotations": (
        [{"instruction": "Q?", "completions": [
            {"response": "A", "annotations": {"honesty": {"Rating": "2"}, "truthfulness": {"Rating": "N/A"}}},
            {"response": "B", "annotations": {"honesty": {"Rating": "5"}, "truthfulness": {"Rating": "4"}}}]}],
        [{"prompt": "Q?", "chosen": "B", "rejected": "A", "margin": 2.5}],
    ),
    "distilabel": (
        [{"instruction": "Q?", "generations": ["A", "B"], "ratings": [4, 5]}],
        [{"prompt": "Q?", "chosen": "B", "rejected": "A", "margin": 1.0}],
    ),
    "Nectar": (
        [{"prompt": "\n\nHuman: Q? \n\nAssistant: ", "answers": [
            {"answer": "A", "rank": 2.0}, {"answer": "B", "rank": 1.0}]}],
        [pair([user("Q?")], "B", "A")],
    ),
    "Argilla 2, records": (
        [{"id": "1", "fields": {"prompt": "Q?", "response1": "A", "response2": "B"}, "metadata": {},
          "suggestions": {"best": {"value": "response1", "score": 0.7, "agent": "m"}},
          "responses": {"best": [{"value": "response2", "user_id": "u", "status": "submitted"}]}},
         {"id": "2", "fields": {"prompt": "R?", "response1": "C", "response2": "D"}, "metadata": {},
          "suggestions": {"best": {"value": "response1", "score": 0.7, "agent": "m"}}, "responses": {}}],
        [{"prompt": "Q?", "chosen": "B", "rejected": "A"}, {"prompt": "R?", "chosen": "C", "rejected": "D"}],
    ),
    "Argilla 2, flat": (
        [{"id": "1", "instruction": "Q?", "response_a": "A", "response_b": "B", "which.responses": ["a", "b", "b"],
          "which.responses.users": ["u", "v", "w"], "which.responses.status": ["submitted", "discarded", "submitted"],
          "which.suggestion": "b"},
         {"id": "2", "instruction": "R?", "response_a": "C", "response_b": "D", "which.responses": None,
          "which.responses.users": None, "which.responses.status": None, "which.suggestion": "b"}],
        [{"prompt": "R?", "chosen": "D", "rejected": "C"}],
    ),
    "Argilla 1, a ranking": (
        [{"prompt": "Q?", "response-1": "A", "response-2": "B", "response-3": "C", "ranking-suggestion": None,
          "ranking": [{"user_id": "u", "status": "submitted", "value": {"rank": [2, 1, 2], "value":
                       ["response-1", "response-2", "response-3"]}}]}],
        [{"prompt": "Q?", "chosen": "B", "rejected": "A"}, {"prompt": "Q?", "chosen": "B", "rejected": "C"}],
    ),
}  # fmt: skip

CONVERSATIONS = {
    "ShareGPT with system and tools": (
        [{"conversations": [
            human("Q?"), {"from": "function_call", "value": '{"name": "weather", "arguments": {"city": "Rome"}}'},
            {"from": "observation", "value": "sun"}, gpt("A")],
          "system": "S", "tools": '[{"name": "weather", "parameters": {"type": "object"}}]'}],
        [{"messages": [
            system("S"), user("Q?"), bot("", tool_calls=[CALL]), {"role": "tool", "content": "sun"}, bot("A")],
          "tools": [WEATHER]}],
    ),
    "OpenAI with tools": (
        [{"messages": [user("Q?"), {"role": "assistant", "content": None, "tool_calls": [
            {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": '{"city": "Rome"}'}}]},
            {"role": "tool", "tool_call_id": "c1", "content": "sun"}, bot("A")], "tools": [WEATHER]}],
        [{"messages": [user("Q?"), bot("", tool_calls=[{"id": "c1", **CALL}]),
                       {"role": "tool", "content": "sun", "tool_call_id": "c1"}, bot("A")], "tools": [WEATHER]}],
    ),
    "turns that are not learned": (
        [{"messages": [user("Q?"), bot("no", **mark), user("R?"), bot("A", weight=1, train=True)]}
         for mark in ({"weight": 0}, {"train": False}, {"loss": False}, {"masked": True}, {"trainable": "false"})],
        [{"messages": [user("Q?"), bot("no", train=False), user("R?"), bot("A")]}] * 5,
    ),
    "content in parts": (
        [{"messages": [{"role": "user", "content": [{"type": "text", "text": "Q"}, {"type": "text", "text": "?"}]},
                       {"role": "Assistant", "content": "A"}]}],
        [{"messages": [user("Q?"), bot("A")]}],
    ),
    "a greeting first, turns in a row, a last question": (
        [{"messages": [bot("Hello"), user("Q"), user("R?"), bot("A"), user("Bye")]}],
        [{"messages": [bot("Hello"), user("Q\n\nR?"), bot("A")]}],
    ),
    "XTuner": (
        [{"conversation": [{"system": "S", "input": "Q?", "output": "no", "output_with_loss": False},
                           {"input": "R?", "output": "A"}]}],
        [{"messages": [system("S"), user("Q?"), bot("no", train=False), user("R?"), bot("A")]}],
    ),
    "a dialog as one text": (
        [{"system": "S", "chat": "USER: Q?\n\n\nASSISTANT: A"}], [{"messages": [system("S"), user("Q?"), bot("A")]}],
    ),
    "Gemini": (
        [{"contents": [{"role": "user", "parts": [{"text": "Q?"}]}, {"role": "model", "parts": [{"text": "A"}]}]}],
        [{"messages": [user("Q?"), bot("A")]}],
    ),
    "OASST, messages": (
        [{"message_id": "1", "parent_id": None, "role": "prompter", "text": "Q?", "rank": None, "lang": "en"},
         {"message_id": "2", "parent_id": "1", "role": "assistant", "text": "worse", "rank": 1, "lang": "en"},
         {"message_id": "3", "parent_id": "1", "role": "assistant", "text": "A", "rank": 0, "lang": "en"},
         {"message_id": "4", "parent_id": "3", "role": "prompter", "text": "R?", "rank": 0, "lang": "en"},
         {"message_id": "5", "parent_id": "4", "role": "assistant", "text": "B", "rank": 0, "lang": "en"},
         {"message_id": "6", "parent_id": "5", "role": "prompter", "text": "Thanks", "rank": 0, "lang": "en"}],
        [{"messages": [user("Q?"), bot("A"), user("R?"), bot("B")]}],
    ),
    "OASST, trees": (
        [{"message_tree_id": "1", "tree_state": "ready", "prompt": {"text": "Q?", "role": "prompter", "replies": [
            {"text": "gone", "role": "assistant", "rank": 0, "deleted": True, "replies": []},
            {"text": "worse", "role": "assistant", "rank": 2, "replies": []},
            {"text": "A", "role": "assistant", "rank": 1, "replies": []}]}}],
        [{"messages": [user("Q?"), bot("A")]}],
    ),
}  # fmt: skip

SINGLE_ANSWERS = {
    "Alpaca with system and history": (
        ANSWERED,
        [{"instruction": "R?", "input": "x", "output": "B", "system": "S", "history": [["Q?", "A"]]},
         {"instruction": "R?", "input": "", "output": "B", "system": "", "history": []}],
        [{"prompt": [system("S"), user("Q?"), bot("A"), user("R?\n\nx")], "completion": [bot("B")]},
         {"prompt": "R?", "completion": "B"}],
    ),
    "OpenOrca": (
        ANSWERED, [{"id": "1", "system_prompt": "S", "question": "Q?", "response": "A"}],
        [{"prompt": [system("S"), user("Q?")], "completion": [bot("A")]}],
    ),
    "ms-swift": (
        ANSWERED, [{"query": "R?", "response": "B", "history": '[["Q?", "A"]]'}],
        [{"prompt": [user("Q?"), bot("A"), user("R?")], "completion": [bot("B")]}],
    ),
    "an answer that is JSON": (
        ANSWERED, [{"prompt": "Q?", "completion": '[{"name": "x"}]'}],
        [{"prompt": "Q?", "completion": '[{"name": "x"}]'}],
    ),
    "HelpSteer for answers": (
        ANSWERED, [{"prompt": "Q?", "response": "A", "helpfulness": 4}], [{"prompt": "Q?", "completion": "A"}],
    ),
    "KTO, ShareGPT": (
        THUMBS, [{"conversations": [human("Q?"), gpt("A")], "kto_tag": True}],
        [{"prompt": [user("Q?")], "completion": [bot("A")], "label": True}],
    ),
    "KTO, Alpaca": (
        THUMBS, [{"instruction": "Q?", "input": "x", "output": "A", "kto_tag": "false"}],
        [{"prompt": "Q?\n\nx", "completion": "A", "label": False}],
    ),
    "KTO, messages": (
        THUMBS, [{"messages": [user("Q?"), bot("A")], "label": -1}],
        [{"prompt": [user("Q?")], "completion": [bot("A")], "label": False}],
    ),
    "KTO, Axolotl's chatml.argilla_chat": (
        THUMBS, [{"completion": [user("Q?"), bot("A")], "label": True}],
        [{"prompt": [user("Q?")], "completion": [bot("A")], "label": True}],
    ),
    "KTO, Axolotl's chatml.intel": (
        THUMBS, [{"system": "S", "question": "Q?", "completion": "A", "label": "undesirable"}],
        [{"prompt": [system("S"), user("Q?")], "completion": [bot("A")], "label": False}],
    ),
    "KTO, labels of all kinds": (
        THUMBS,
        [{"prompt": "Q?", "completion": "A", "label": label} for label in (1.0, 0.0, "1", "0", -1, "desirable")],
        [{"prompt": "Q?", "completion": "A", "label": label} for label in (True, False, True, False, False, True)],
    ),
    "conversations of a class are not thumbs": (
        TALKS, [{"conversations": [human("Q?"), gpt("A")], "label": "travel"}], [{"messages": [user("Q?"), bot("A")]}],
    ),
    "Argilla, one answer and a thumb": (
        THUMBS,
        [{"fields": {"prompt": "Q?", "response": "A"}, "suggestions": {}, "responses": {"ok": [{"value": "no"}]}}],
        [{"prompt": "Q?", "completion": "A", "label": False}],
    ),
}  # fmt: skip

CASES = [
    *((name, PAIRS, *case) for name, case in PREFERENCES.items()),
    *((name, TALKS, *case) for name, case in CONVERSATIONS.items()),
    *((name, *case) for name, case in SINGLE_ANSWERS.items()),
]


@pytest.mark.parametrize(("format", "rows", "standard"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_layout_becomes_standard_rows(format, rows, standard):
    done = to_standard(table(*rows))
    assert (done.format, done.rows) == (format, standard)
    assert all(set(FORMATS[format]) <= set(row) for row in done.rows)


WANTED = {
    "HelpSteer": (
        (PAIRS,),
        [{"prompt": "Q?", "response": "A", "helpfulness": 4, "verbosity": 1},
         {"prompt": "Q?", "response": "B", "helpfulness": 1, "verbosity": 4},
         {"prompt": "R?", "response": "C", "helpfulness": 2, "verbosity": 2},
         {"prompt": "R?", "response": "D", "helpfulness": 2, "verbosity": 1},
         {"prompt": "S?", "response": "E", "helpfulness": 2, "verbosity": 1}],
        [{"prompt": "Q?", "chosen": "A", "rejected": "B", "margin": 3.0}],
    ),
    "OASST": (
        (PAIRS,), CONVERSATIONS["OASST, messages"][0], [pair([user("Q?")], "A", "worse")],
    ),
    "OASST, trees": (
        (PAIRS,), CONVERSATIONS["OASST, trees"][0], [pair([user("Q?")], "A", "worse")],
    ),
    "UltraFeedback for SFT": (
        ("text", ANSWERED, TALKS), PREFERENCES["UltraFeedback, binarized"][0], [{"messages": [user("Q?"), bot("A")]}],
    ),
    "UltraFeedback for PPO": (
        (ASKED, ANSWERED, TALKS), PREFERENCES["Axolotl, chatml.intel"][0][:1], [{"prompt": [system("S"), user("Q?")]}],
    ),
    "Argilla, ratings": (
        (PAIRS,),
        [{"fields": {"prompt": "Q?", "response": text}, "suggestions": {},
          "responses": {"quality": [{"value": value}, {"value": value + 2}]}} for text, value in (("A", 1), ("B", 3))],
        [{"prompt": "Q?", "chosen": "B", "rejected": "A", "margin": 2.0}],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("formats", "rows", "standard"), WANTED.values(), ids=WANTED.keys())
def test_rows_that_can_be_read_in_several_ways_are_read_as_the_objective_wants(formats, rows, standard):
    done = to_standard(table(*rows), formats=formats)
    assert done.format in formats
    assert done.rows == standard


def test_thumbs_are_not_read_as_answers_to_imitate():
    """An objective that imitates would learn the bad ones too."""
    rows = table({"prompt": "Q?", "completion": "A", "label": False})
    assert to_standard(rows, formats=("text", ANSWERED, TALKS)).format == THUMBS


REFUSED = {
    "pictures in a message": (
        {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}, bot("A")]},
        "part of the kind 'image_url' is here, and only text is learned",
    ),
    "pictures beside it": ({"messages": [user("Q?"), bot("A")], "images": ["a.png"]}, "pictures, sounds or films"),
    "two systems": (
        {"messages": [system("S"), user("Q?"), bot("A")], "system": "T"}, "something else than the system's message",
    ),
    "nobody asks": ({"messages": [bot("A")]}, "nobody asks anything"),
    "nothing to learn": ({"messages": [user("Q?"), bot("A", weight=0)]}, "every answer of the conversation is marked"),
    "a weight between": ({"messages": [user("Q?"), bot("A", weight=0.5)]}, "a weight of 0.5 is not read"),
    "a tool nobody asked": (
        {"messages": [user("Q?"), {"role": "tool", "content": "9"}, bot("A")]}, "no assistant asked it",
    ),
    "a broken call": (
        {"conversations": [human("Q?"), {"from": "function_call", "value": "weather!"}]}, "not a tool call",
    ),
    "different questions": (
        {"chosen": [user("Q?"), bot("A")], "rejected": [user("R?"), bot("B")]}, "answer different questions",
    ),
    "a prompt with its answer": (
        {"prompt": [user("Q?"), bot("A")], "chosen": "B", "rejected": "C"}, "ends with an answer",
    ),
    "a question on one side only": (
        {"chosen": [user("Q?"), bot("A")], "rejected": [bot("B")]}, "one side holds the question",
    ),
    "who won?": ({"prompt": "Q?", "response_a": "A", "response_b": "B", "winner": "7"}, "does not say which answer"),
    "two columns for one thing": (
        {"problem": "Q?", "solution": "long", "answer": "7"}, "both 'answer' and 'solution' could be the completion",
    ),
    "a history that is none": (
        {"instruction": "Q?", "output": "A", "history": ["Q?", "A"]}, r"where a list of \[question, answer\]",
    ),
    "one answer a question": ({"prompt": "Q?", "response": "A", "score": 1}, "no question has two answers"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "sign"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_ambiguous_or_not_learned_is_refused_with_advice(row, sign):
    with pytest.raises(DataError, match=sign) as caught:
        to_standard(table(row), formats=(PAIRS,))
    assert caught.value.where.startswith("my.jsonl")
    assert caught.value.do


@pytest.mark.parametrize(
    ("row", "format"),
    [
        ({"messages": [user("Q?"), bot("A")], "rejected": False}, TALKS),
        ({"text": "a", "contents": "b", "chat": "c"}, "text"),
        ({"text": "a", "label": "no", "first": "b", "second": "c"}, "labels"),
        ({"question": "Q?", "answers": ["A"], "answer": "A"}, ANSWERED),
        ({"prompt": "Q?", "completion": "A", "score": 3, "ratings": [1]}, ANSWERED),
        ({"instruction": "Q?", "output": "A", "quality.suggestion.note": "x"}, ANSWERED),
    ],
)
def test_a_familiar_name_alone_does_not_make_a_layout(row, format):
    assert to_standard(table(row)).format == format


def test_an_ambiguous_column_is_settled_by_naming_it():
    row = {"problem": "Q?", "solution": "long", "answer": "7"}
    assert to_standard(table(row), {"completion": "solution"}).rows == [{"prompt": "Q?", "completion": "long"}]


def test_answers_that_happen_to_begin_like_the_question_are_left_alone():
    rows = [
        {"prompt": "Hi", "chosen": "Hi there", "rejected": "Hi!"},
        *({"prompt": f"{i}?", "chosen": "A", "rejected": "B"} for i in "123"),
    ]
    assert to_standard(table(*rows)).rows == rows


def test_notes_say_which_layout_was_read_and_what_was_left_out():
    tie = {"winner": "tie", "conversation_a": [user("Q?"), bot("A")], "conversation_b": [user("Q?"), bot("B")]}
    long = [user("Q?"), bot("A"), user("R?"), bot("C")]
    parted = tie | {"winner": "model_a", "conversation_a": long, "conversation_b": [user("Q?"), bot("B"), *long[2:]]}
    notes = to_standard(table(tie, tie | {"winner": "model_b", "turn": 1}, parted)).notes
    assert notes == (
        "Read as: two answers and which is better.",
        "Columns taken: 'conversation_a' as first, 'conversation_b' as second.",
        "Columns not used: turn.",
        "1 pairs were left out: they are ties, or nobody says which is better.",
        "1 pairs hold their question: what both sides begin with is the prompt.",
        "1 pairs were left out: their conversations part before the last answer.",
    )


def test_what_the_conversation_says_counts_where_the_prompts_column_says_something_else():
    done = to_standard(table({"prompt": "R?", "chosen": [user("Q?"), bot("A")], "rejected": [user("Q?"), bot("B")]}))
    assert done.rows == [pair([user("Q?")], "A", "B")]
    assert "begin otherwise than their prompt's column says" in done.notes[0]


def test_margins_below_zero_are_told_and_are_none():
    done = to_standard(table({"chosen": "A", "rejected": "B", "score_chosen": 1, "score_rejected": 2}))
    assert done.rows == [{"chosen": "A", "rejected": "B", "margin": 0.0}]
    assert "1 pairs score the rejected answer higher: their margin is 0." in done.notes


SPANS = {"text": ["A fruit.", "Fruit."], "answer_start": [0, 2]}


@pytest.mark.parametrize("answers", [SPANS, [{"text": "A fruit.", "answer_start": 0}], str(SPANS)])
def test_questions_on_a_passage_are_asked_with_it(answers):
    row = {"id": "7", "title": "Figs", "context": "A fig is a fruit.", "question": "What is it?", "answers": answers}
    unknown = row | {"answers": {"text": [], "answer_start": []}}
    done = to_standard(table(row, unknown))
    assert done.rows == [{"prompt": "A fig is a fruit.\n\nWhat is it?", "completion": "A fruit."}]
    assert "1 questions have no answer in their passage and are left out." in done.notes


def test_articles_become_a_row_a_question():
    asked = [{"question": f"{i}?", "id": str(i), "answers": [{"text": f"{i}.", "answer_start": i}]} for i in range(2)]
    article = {
        "title": "Figs",
        "paragraphs": [{"context": "0. 1.", "qas": [*asked, {"question": "2?", "answers": []}]}],
    }
    done = to_standard(table(article, {"title": "None", "paragraphs": []}))
    assert done.rows == [{"prompt": f"0. 1.\n\n{i}?", "completion": f"{i}."} for i in range(2)]


def test_chinese_names_of_columns_are_known():
    assert to_standard(table({"问题": "菜？", "回答": "好。"})).rows == [{"prompt": "菜？", "completion": "好。"}]
    assert to_standard(table({"指令": "说", "输入": "菜", "输出": "好"})).rows[0]["prompt"] == "说\n\n菜"


def test_the_docs_name_every_layout():
    page = (PROJECT / "docs" / "data.md").read_text(encoding="utf-8")
    assert [layout.called for layout in LAYOUTS if layout.called not in page] == []
