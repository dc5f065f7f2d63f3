"""What the terminal says."""

from lab.cli.output import counted
from lab.cli.report import told_metrics
from lab.store import Change, Outcome


def test_one_is_one_and_thousands_are_grouped():
    assert [counted(number, "rows") for number in (0, 1, 1200)] == ["0 rows", "1 row", "1,200 rows"]


def test_a_lone_part_of_the_reward_is_not_told_twice():
    lone = Outcome(metrics={"reward": Change(1.0, 2.0), "reward/happier": Change(1.0, 2.0), "kl": Change(0.0, 3.0)})
    assert list(told_metrics(lone)) == ["reward", "kl"]
    two = Outcome(metrics={"reward": Change(1.0, 2.0), "reward/happier": Change(1.5, 2.5)})
    assert list(told_metrics(two)) == ["reward", "reward/happier"]
