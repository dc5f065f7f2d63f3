"""Keeping runs in order from the terminal: names, tags, the archive, differences, deleting several at once."""

import json
import sys

import pytest

from lab.cli import main
from lab.planning import submit
from lab.recipe import build_recipe
from lab.store import Status, Store


@pytest.fixture
def lab(home, monkeypatch, capfd):
    """The command in a lab with two finished comparisons: (exit code, standard output, standard error)."""
    monkeypatch.setenv("LAB_HOME", str(home.root))

    def command(*said: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lab", *said])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        return (code, *capfd.readouterr())

    return command


@pytest.fixture
def runs(home):
    """Two variants of one comparison and one of another, over."""
    with Store(home) as store:
        made = []
        for name, methods in (("First", ("lora", "full")), ("Second", ("lora",))):
            variants = [{"name": method, "method": method, "learning_rate": 1e-3} for method in methods]
            made += submit(build_recipe({"name": name, "variants": variants}), store)
        for run in made:
            store.runs.claim("here")
            store.runs.end(run.id, Status.DONE)
    return made


def test_runs_are_named_marked_and_listed_by_their_marks(lab, runs):
    first, second, other = (run.id for run in runs)
    assert [one["name"] for one in json.loads(lab("comparisons", "--json")[1])] == ["First", "Second"]
    assert "called 'Better' now" in lab("rename", runs[0].comparison, "Better")[2]
    assert json.loads(lab("rename", first, "Mine", "--json")[1]) == [first]
    tags = json.loads(lab("tag", first, other, "--add", "paper", "-a", "#x", "--json")[1])
    assert tags == {first: ["paper", "x"], other: ["paper", "x"]}
    assert lab("note", first, "the one with the fix")[0] == lab("star", first)[0] == lab("archive", second)[0] == 0
    listed = json.loads(lab("runs", "--json")[1])
    assert [(run["id"], run["variant"], run["starred"]) for run in listed] == [
        (first, "Mine", True), (other, "lora", False),
    ]  # fmt: skip
    assert listed[0]["tags"] == ["paper", "x"] and "disk_bytes" in listed[0]
    assert [run["id"] for run in json.loads(lab("runs", "--tag", "x", "--starred", "--json")[1])] == [first]
    code, out, err = lab("runs")
    assert code == 0 and "Mine ★" in out and "#paper #x" in out and "1 run in the archive" in err
    assert "the one with the fix" in lab("show", first)[1]
    assert lab("archive", runs[0].comparison)[0] == 0
    assert [one["name"] for one in json.loads(lab("comparisons", "--json")[1])] == ["Second"]
    assert [one["name"] for one in json.loads(lab("comparisons", "--archived", "--json")[1])] == ["Better"]
    assert lab("archive", first, second, "--off")[0] == 0 and len(json.loads(lab("runs", "--json")[1])) == 3
    assert "no run is marked so" in lab("runs", "--tag", "nothing")[2]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("tag", "{0}", "--add", "a b"), "'a b' is no tag"),
        (("rename", "{0}", "full"), "has a variant 'full' already"),
        (("star", "zzzzzz"), "there is no run 'zzzzzz'"),
        (("diff", "{0}", "zzzzzz"), "there is no run 'zzzzzz'"),
        (("delete", "zzzzzz", "--yes"), "there is no run 'zzzzzz'"),
    ],
)
def test_what_can_not_be_is_one_sentence_and_exit_code_2(lab, runs, said, words):
    code, _, err = lab(*(word.format(runs[0].id) for word in said))
    assert code == 2 and words in err and len(err.splitlines()) == 1


def test_two_recipes_are_told_apart(lab, runs):
    code, out, _ = lab("diff", runs[0].id, runs[1].id)
    assert code == 0 and "knobs.r" in out and "(not there)" in out
    told = json.loads(lab("diff", runs[0].comparison, runs[2].comparison, "--json")[1])
    assert told[0] == {"variant": "", "field": "name", "first": "First", "second": "Second"}
    assert "they do not differ" in lab("diff", runs[0].id, runs[0].id)[2]


def test_several_are_deleted_at_once_and_what_must_stay_is_told(lab, runs, home):
    with Store(home) as store:
        store.runs.requeue(_stopped(store, runs[2].id))
    code, out, err = lab("delete", runs[0].comparison, runs[2].id, "--yes", "--json")
    told = json.loads(out)
    assert code == 0 and told["deleted"] == [runs[0].id, runs[1].id] and told["stays"] == {runs[2].id: "is queued"}
    assert f"lora ({runs[2].id}) stays: it is queued" in err
    code, _, err = lab("delete", runs[2].id, "--yes")
    assert code == 2 and f"lab cancel {runs[2].id}" in err


def _stopped(store: Store, run_id: str) -> str:
    """Make a finished run one that can be queued again."""
    from sqlalchemy import update

    from lab.store.schema import runs as table

    with store.database.write() as connection:
        connection.execute(update(table).where(table.c.id == run_id).values(status=Status.INTERRUPTED))
    return run_id
