"""Who leads by a figure, and whether that is more than chance."""

import re
from dataclasses import replace

import pytest

from lab.api.records import run_record
from lab.cli.comparison import comparison_json, print_comparison
from lab.evaluate.figures import LOWER, SIGNED
from lab.evaluate.leaders import leaders
from lab.home import PROJECT
from lab.store import Change, Outcome, Run, Status, Trial


def done(variant, seed, loss, exact=None, recipe="", status=Status.DONE):
    metrics = {} if exact is None else {"exact_match": exact}
    return Run(
        f"{variant}{seed}", "c0ffee", f"{variant} · seed {seed}", "R", recipe, "nano", "lora", "sft", None, status,
        0.0, outcome=Outcome(eval_loss=Change(3.0, loss), forgetting=Change(9.0, loss), metrics=metrics),
    )  # fmt: skip


def seeds(variant, *losses):
    return [done(variant, seed, loss) for seed, loss in enumerate(losses)]


CLEAR = [*seeds("a", 1.0, 1.1, 1.2), *seeds("b", 0.5, 0.6, 0.71), *seeds("c", 2.0, 2.1, 2.2)]


def test_the_lowest_loss_leads_against_the_next_best_and_not_against_the_worst():
    found = leaders(CLEAR)["held_out_loss"]
    assert (found.variant, found.second, found.real) == ("b", "a", True)
    assert found.difference.mean == pytest.approx(-0.4967, abs=1e-4) and found.difference.pairs == 3


def test_what_another_seed_could_turn_round_is_not_real():
    found = leaders([*seeds("a", 1.0, 1.4, 1.2), *seeds("b", 1.1, 1.0, 1.3)])["held_out_loss"]
    assert (found.variant, found.real) == ("b", False)


def test_one_seed_is_never_a_winner_however_many_questions():
    marks = {"marks": (1.0,) * 40, "groups": tuple(range(40))}
    none = {"marks": (0.0,) * 40, "groups": tuple(range(40))}
    runs = [done("a", 0, 1.0, Change(0.0, 1.0, 40, **marks)), done("b", 0, 2.0, Change(0.0, 0.0, 40, **none))]
    found = leaders(runs)
    assert found["exact_match"].variant == "a" and found["exact_match"].difference.verdict == "higher"
    assert not any(one.real for one in found.values())


def test_what_is_stopped_or_has_no_figure_does_not_lead_and_figures_without_a_best_are_left_out():
    runs = [*CLEAR, done("stopped", 0, 0.001, status=Status.CANCELLED), done("none", 0, None)]
    assert leaders(runs)["held_out_loss"].variant == "b"
    assert "forgetting" not in leaders(runs)
    assert leaders(seeds("a", 1.0, 2.0)) == {} and leaders([]) == {}
    assert leaders([done("a", 0, 1.0), done("b", 1, 2.0)]) == {}  # no seed in common


def test_seeds_that_decide_nothing_are_one_run():
    """Full fine-tuning with only the start of new weights varied: the same run again and again."""

    def run(variant, seed, loss, trained):
        one = done(variant, seed, loss)
        return replace(one, outcome=replace(one.outcome, train_loss_first=3.0, train_loss_last=trained))

    same = [run(v, s, loss, loss / 2) for v, loss in (("a", 0.5), ("b", 0.7)) for s in range(5)]
    found = leaders(same)["held_out_loss"]
    assert found.difference.pairs == 1 and not found.real
    one_varies = [run("a", s, 0.5, 0.2) for s in range(5)] + [run("b", s, 0.7 + s / 100, 0.3) for s in range(5)]
    assert leaders(one_varies)["held_out_loss"].difference.pairs == 5 and leaders(one_varies)["held_out_loss"].real


def test_questions_that_differ_from_seed_to_seed_are_not_taken_for_the_same():
    def run(variant, seed, split, share):
        marks = Change(0.0, share, 4, marks=(1.0, 1.0, share, 0.0), groups=(0, 1, 2, 3))
        return done(variant, seed, 1.0 - share, marks, f"split_seed: {split}\n")

    alike = [run(v, s, 0, share + s / 100) for v, share in (("a", 0.5), ("b", 0.4)) for s in range(3)]
    apart = [run(v, s, s, share + s / 100) for v, share in (("a", 0.5), ("b", 0.4)) for s in range(3)]
    assert leaders(alike)["exact_match"].difference.questions == 4
    assert leaders(apart)["exact_match"].difference.questions == 0


def test_the_terminal_marks_the_best_only_where_it_is_real_and_says_what_one_seed_tells(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)  # as wide as it needs
    print_comparison(CLEAR)
    said = capsys.readouterr().out
    assert "0.603 ± 0.105 *" in said and said.count(" *") == 1 and "by more than chance" in said
    print_comparison([done("a", 0, 1.0), done("b", 0, 2.0)])
    assert "One seed each: can't tell which is best" in capsys.readouterr().out
    print_comparison([*seeds("a", 1.0, 1.4), *seeds("b", 1.1, 1.0)])
    assert "Can't tell which is best" in capsys.readouterr().out
    told = comparison_json(CLEAR)["leaders"]["held_out_loss"]
    assert told["variant"] == "b" and told["real"] and told["difference"]["pairs"] == 3


def test_the_page_has_the_same_lists_of_which_way_is_better():
    text = (PROJECT / "assets/js/comparison/variants.js").read_text(encoding="utf-8")
    for name, known in {"LOW": LOWER[1:], "SIGNED": SIGNED}.items():
        listed = re.search(rf"const {name} = \[(.*?)\]", text, re.S)[1]
        assert re.findall(r'"([^"]+)"', listed) == list(known)


def test_a_search_counts_its_time_and_says_how_often_it_was_done(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)  # as wide as it needs

    def run(variant, seed, seconds):
        one = done(variant, seed, 1.0 + seed)
        tried = tuple(Trial(0, rate, 3, 2.0, seconds / 2) for rate in (1e-3, 1e-2))
        return replace(one, outcome=replace(one.outcome, train_seconds=10.0, search=tried))

    print_comparison([run("a", 0, 4.0), run("a", 1, 6.0), done("b", 0, 1.0), done("b", 1, 2.0)])
    said = capsys.readouterr().out
    assert "10 s + 5.0 s search" in said and "once a seed" in said
    print_comparison([run("a", 0, 4.0), done("b", 0, 1.0)])
    assert "searched once, with one seed" in capsys.readouterr().out
    assert run_record(run("a", 0, 4.0))["search_seconds"] == 4.0
    assert run_record(done("b", 0, 1.0))["search_seconds"] is None
