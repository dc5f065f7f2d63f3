"""pass@k as a picture in the terminal."""

from lab.cli.tries import tries_picture
from lab.store import Change, Outcome


def test_each_figure_has_a_bar_and_nothing_measured_has_none():
    metrics = {"accuracy": Change(0.4, 0.5), "pass@1": Change(0.5, 1.0), "pass@8": Change(0.0, None)}
    _, *lines = tries_picture(Outcome(metrics=metrics))
    assert [line.split()[:2] for line in lines] == [["pass@1", "before"], ["pass@1", "after"], ["pass@8", "before"]]
    assert [line.count("█") for line in lines] == [15, 30, 0]
    assert all(len(line.split()[2]) == 30 for line in lines)
    assert tries_picture(Outcome(metrics={"accuracy": Change(0.4, 0.5)})) == []
