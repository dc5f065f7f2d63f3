"""`lab data`, and what `lab check` says of a recipe's data: how it is read, what is not used, which rows are bad."""

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import here

__all__ = ["here"]

RECIPE = (
    "base: nano\ndata: {data}\nbudget: {{steps: 2, max_length: {length}}}\nvariants: [{{name: it, method: lora}}]\n"
)
ROWS = [
    {"id": i, "question": f"What is {i}?", "answer": "It is a number. " * (1 + 20 * (i % 4 == 0))} for i in range(40)
]


@pytest.fixture
def write(tmp_path):
    def write(rows: list[object], max_length: int = 64) -> tuple[Path, Path]:
        """A file of rows, and a recipe that trains on it."""
        data, recipe = tmp_path / "my.jsonl", tmp_path / "my.yaml"
        data.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
        recipe.write_text(RECIPE.format(data=data, length=max_length))
        return data, recipe

    return write


def test_unused_columns_and_the_share_that_is_cut_are_named(here, write):
    data, recipe = write(ROWS)
    checked = here("check", str(recipe))
    shown = here("data", str(data), "--max-length", "64")
    assert "rows to learn from (prompt_completion), " in shown and " held out" in shown
    for out in (checked, shown):
        assert "Columns not used: id." in out and "'question' as prompt" in out and " are cut." in out
    (told,) = json.loads(here("check", str(recipe), "--json"))
    assert f"{data}: Columns not used: id." in told["notes"]
    assert json.loads(here("data", str(data), "--max-length", "64", "--json"))["truncated_share"] > 0


def test_bad_rows_are_named_by_each_command_and_left_out_with_skip_bad(here, write):
    data, recipe = write([*ROWS, '{"question": ', {"question": "Who?", "answer": ""}], 512)
    for words in (("data", str(data)), ("check", str(recipe)), ("train", str(recipe))):
        said = here.refusal(*words)
        assert "my.jsonl: 2 of 42 rows are bad:\n  line 41: this is not JSON" in said
        assert "\n  line 42, column 'answer': the text is empty.\n" in said and "--skip-bad" in said
    for words in (("data", str(data)), ("check", str(recipe))):
        assert "2 rows of 42 left out, which can't be read: line 41: this is not JSON" in here(*words, "--skip-bad")
    (told,) = json.loads(here("check", str(recipe), "--skip-bad", "--json"))
    assert told["run"]["stages"][0]["data"][0]["skip_bad"] is True


def test_tables_fit_a_narrow_terminal(here, write, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    data, recipe = write([row | {"system": "You know all numbers there are."} for row in ROWS])
    for words in (("check", str(recipe)), ("data", str(data)), ("data",)):
        table = [line for line in here(*words).splitlines() if any(sign in line for sign in "┃│━")]
        assert table and max(map(len, table)) <= 80


def test_a_row_is_shown_as_text(here, write):
    data, _ = write([{"prompt": f"Red {i}?", "completion": "\x1b[31m<b>red</b> [bold]it[/bold]"} for i in range(9)])
    shown = here("data", str(data))
    assert r"\x1b[31m<b>red</b> [bold]it[/bold]" in shown and "\x1b[31m" not in shown


def test_classes_are_shown_as_what_they_are(here, write):
    data, _ = write([{"text": f"I like figs, {i}.", "label": i % 2} for i in range(12)])
    assert "rows to learn from (labels)" in here("data", str(data))
