"""One row of a recipe's data, token by token: which stages read alike, what is left out, what there is not."""

import json

import pytest

from lab.api import Lab
from lab.errors import DataError, LabError
from lab.planning.token_view import stage_views, token_view
from lab.recipe import build_recipe
from lab.store import Store

ROWS = [{"prompt": f"What is number {i}?", "completion": "It is a number. " * (1 + i % 2)} for i in range(12)]
PAIRS = [{"prompt": f"What is number {i}?", "chosen": "It counts.", "rejected": "No."} for i in range(12)]


@pytest.fixture
def write(tmp_path):
    def write(name, rows):
        file = tmp_path / name
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return str(file)

    return write


def test_stages_that_read_rows_alike_are_one_view_with_all_its_variants(write):
    recipe = build_recipe({
        "data": write("rows.jsonl", ROWS), "variants": [
            {"name": "a"}, {"name": "b", "method": "full"}, {"name": "c", "budget": {"max_length": 16}},
            {"name": "d", "stages": [{"objective": "sft"}, {"objective": "dpo", "data": write("pairs.jsonl", PAIRS)}]},
        ],
    })  # fmt: skip
    views = stage_views(recipe)
    assert [view.variants for view in views] == [("a", "b", "d"), ("c",), ("d",)]
    assert [view.stage.objective for view in views] == ["sft", "sft", "dpo"]


def test_a_row_is_one_of_those_to_learn_from_and_others_are_refused_by_number(home, write):
    (view,) = stage_views(build_recipe({"data": write("rows.jsonl", ROWS), "variants": [{"name": "a"}]}))
    first = token_view(view, 1, home)
    assert first.rows == token_view(view, first.rows, home).row < 12
    said = "".join(chip.text for chip in first.sequences[0].chips if chip.kind == "read")
    assert said.startswith("What is number ")
    for row in (0, first.rows + 1):
        with pytest.raises(DataError, match=f"there is no row {row}. Give one from 1 to {first.rows}"):
            token_view(view, row, home)


def test_a_row_without_room_is_shown_and_said_to_be_left_out(home, write):
    with Lab(home, Store(home)) as lab:
        data = write("rows.jsonl", ROWS)
        assert lab.tokens(data, 1).left_out is None
        short = lab.tokens(data, 1, max_length=8)
        assert short.left_out == "no_room" and short.sequences[0].counts["learned"] == 0
        assert short.sequences[0].counts["cut"] == short.sequences[0].total - 8


def test_the_objective_is_the_usual_one_of_such_data_or_the_one_that_is_named(home, write):
    with Lab(home, Store(home)) as lab:
        pairs = write("pairs.jsonl", PAIRS)
        assert lab.tokens(pairs).objective == "dpo"
        assert [one.name for one in lab.tokens(pairs, objective="reward").sequences] == ["chosen", "rejected"]
        assert lab.tokens("prompts").objective == "ppo"
        with pytest.raises(LabError, match="can't learn from"):
            lab.tokens(pairs, objective="sft")
        with pytest.raises(LabError, match=r"no objective 'dop'\. Did you mean 'dpo'"):
            lab.tokens(pairs, objective="dop")
