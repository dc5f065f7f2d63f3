"""Pairs of answers as TRL's trainers take them."""

from lab.objectives._pairs import preference_rows

ASKED = {"role": "user", "content": "Q?"}
GOOD, BAD = ({"role": "assistant", "content": text} for text in "AB")
PAIR = {"prompt": [ASKED], "chosen": [GOOD], "rejected": [BAD]}


def test_a_margin_or_tools_in_one_row_are_in_all_or_else_in_none():
    plain, tools = {"prompt": "Q?", "chosen": "A", "rejected": "B"}, [{"type": "function", "function": {"name": "f"}}]
    assert preference_rows([plain, {"chosen": [ASKED, GOOD], "rejected": [ASKED, BAD]}]) == [PAIR, PAIR]
    assert preference_rows([plain, plain | {"margin": 2.0}]) == [PAIR | {"margin": 0.0}, PAIR | {"margin": 2.0}]
    assert preference_rows([plain | {"tools": tools}, plain]) == [PAIR | {"tools": tools}, PAIR | {"tools": None}]
