"""What the terminal says."""

import pytest

from lab.cli.output import counted, print_table
from lab.cli.report import told_metrics
from lab.cli.table_fit import fit
from lab.store import Change, Outcome


def test_one_is_one_and_thousands_are_grouped():
    assert [counted(number, "rows") for number in (0, 1, 1200)] == ["0 rows", "1 row", "1,200 rows"]


def test_a_lone_part_of_the_reward_is_not_told_twice():
    lone = Outcome(metrics={"reward": Change(1.0, 2.0), "reward/happier": Change(1.0, 2.0), "kl": Change(0.0, 3.0)})
    assert list(told_metrics(lone)) == ["reward", "kl"]
    two = Outcome(metrics={"reward": Change(1.0, 2.0), "reward/happier": Change(1.5, 2.5)})
    assert list(told_metrics(two)) == ["reward", "reward/happier"]


HEADS = ["variant", "how it learns", "memory", "weights"]
CELLS = [HEADS, ["everything, with replay", "a long line of words about it", "254.7 MB", "12.9 MB"]]


def test_a_table_with_room_is_as_wide_as_its_words():
    fitted = fit(CELLS, 200, [("weights",)])
    assert fitted.places == (0, 1, 2, 3) and fitted.widths == (23, 29, 8, 7)


def test_a_narrow_table_breaks_between_words_then_leaves_columns_out_then_breaks_words():
    fitted = fit(CELLS, 60, [("weights",)])
    assert fitted.places == (0, 1, 2, 3) and sum(fitted.widths) + 9 == 60
    assert fitted.widths[0] >= len("everything,") and fitted.widths[2:] == (8, 7)
    assert fit(CELLS, 40, [("weights",)]).places == (0, 1, 2)
    narrow = fit(CELLS, 20, [("weights",)])
    assert narrow.places == (0, 1, 2) and sum(narrow.widths) + 6 <= 20


@pytest.mark.parametrize("columns", [30, 50, 90])
def test_no_line_of_a_table_is_wider_than_the_terminal_and_what_is_left_out_is_said(monkeypatch, capsys, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    print_table("A table", HEADS, CELLS[1:] * 2, [("weights",)])
    shown = capsys.readouterr()
    assert max(map(len, shown.out.splitlines())) <= columns
    assert ("not shown" in shown.err) == ("weights" not in shown.out) == (columns == 30)


def test_a_file_or_a_pipe_gets_every_column(monkeypatch, capsys):
    monkeypatch.delenv("COLUMNS", raising=False)
    heads = [f"column_{i:02}_of_a_table" for i in range(12)]
    print_table("", heads, [["value"] * 12], [(heads[-1],)])
    shown = capsys.readouterr()
    assert shown.err == "" and shown.out.count("value") == 12


def test_chinese_counts_twice():
    assert fit([["名字"], ["麻婆豆腐"]], 100).widths == (8,)
