"""Feedback becomes rows to learn from, goes to files whole, and comes back from them: all of it or nothing."""

import json

import pytest

from lab.api import Lab
from lab.data.files import read_path
from lab.data.types import Table
from lab.errors import DataError
from lab.feedback import WHOLE, consistency, export, import_table, import_thumbs, rows_for
from lab.feedback.exporting import whole_rows
from lab.home import Home
from lab.store import Feedback, Pair, Store
from lab.ui.feedback_files import FeedbackFiles

ASKED = [{"role": "user", "content": "Where is Mapo tofu from?"}]


def said(text: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": text}]


@pytest.fixture
def two(store):
    """Two answers to one question."""
    return [store.ratings.keep_answer("base:nano", ASKED, text, {"seed": 1}, "f00d") for text in ("Sichuan.", "Hunan.")]


def test_thumbs_become_rows_for_kto_and_good_ones_for_sft(store, two):
    for answer, verdict in zip(two, ("good", "bad"), strict=True):
        store.ratings.rate(Feedback("thumb", answer.id, "me", verdict, answer.id))
    assert rows_for(store, "kto") == [
        {"prompt": ASKED, "completion": said("Sichuan."), "label": True},
        {"prompt": ASKED, "completion": said("Hunan."), "label": False},
    ]
    assert rows_for(store, "sft") == [{"prompt": ASKED, "completion": said("Sichuan.")}]
    assert rows_for(store, "dpo") == []


def test_votes_and_edits_become_rows_for_dpo(store, two):
    left, right = (answer.id for answer in two)
    store.ratings.rate(Feedback("vote", "pair 1", "me", "right", left, right))
    store.ratings.rate(Feedback("vote", "pair 2", "me", "tie", left, right))
    store.ratings.rate(Feedback("edit", right, "me", "From Sichuan, of course.", right))
    rows = [(row["chosen"], row["rejected"]) for row in rows_for(store, "dpo")]
    assert rows == [(said("Hunan."), said("Sichuan.")), (said("From Sichuan, of course."), said("Hunan."))]


def test_pairs_go_out_with_the_columns_that_trl_reads_alone(store, two, tmp_path):
    cut = {"seed": 2, "ended": False}
    long = store.ratings.keep_answer("base:nano", ASKED, "From the west, that is", cut, "f00d")
    store.ratings.rate(Feedback("vote", "pair 3", "me", "left", two[0].id, long.id))
    file = tmp_path / "pairs.jsonl"
    assert export(store, "dpo", file) == 1
    assert json.loads(file.read_text()) == {
        "prompt": ASKED, "chosen": said("Sichuan."), "rejected": said("From the west, that is"),
    }  # fmt: skip


def test_a_thumb_taken_back_teaches_nothing(store, two):
    for verdict in ("good", "none"):
        store.ratings.rate(Feedback("thumb", two[0].id, "me", verdict, two[0].id))
    assert rows_for(store, "kto") == []


def test_an_exported_file_comes_back_as_the_same_thumbs(store, two, tmp_path):
    store.ratings.rate(Feedback("thumb", two[0].id, "me", "good", two[0].id))
    file = tmp_path / "thumbs.jsonl"
    assert export(store, "kto", file) == 1
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert import_thumbs(store, rows, "a file") == 1
    first, second = rows_for(store, "kto")
    assert first == second


def test_no_feedback_and_an_unknown_format_are_said(store, tmp_path):
    with pytest.raises(DataError, match="no feedback for kto"):
        export(store, "kto", tmp_path / "x.jsonl")
    with pytest.raises(DataError, match="no format 'kdo'"):
        rows_for(store, "kdo")


@pytest.fixture
def rated(store, two):
    """A vote, its second look, a scripted vote, a thumb and an edit."""
    left, right = two
    store.pairs.keep([Pair("abcd0123", "prompts", left, right)])
    for rating in (
        Feedback("vote", "abcd0123", "me", "right", left.id, right.id),
        Feedback("vote", "abcd0123/again", "me", "left", right.id, left.id),
        Feedback("vote", "abcd0123", "scripted:shorter", "tie", left.id, right.id, scripted=True),
        Feedback("thumb", left.id, "me", "good", left.id, reason="It is true."),
        Feedback("edit", right.id, "me", "From Sichuan.", right.id),
    ):
        store.ratings.rate(rating)


def told(store) -> list[tuple]:
    """What the ratings say, whatever ids they have."""
    rows = [row for kind in WHOLE.values() for row in whole_rows(store, kind)]
    return sorted(
        str([(key, row[key]) for key in sorted(row) if not key.endswith(("id", "time", "subject"))]) for row in rows
    )


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_everything_goes_to_another_lab_and_back_unchanged(store, rated, tmp_path, ending):
    with Store(Home(tmp_path / "other")) as other:
        for format, count in (("votes", 3), ("thumbs", 1), ("edits", 1)):
            file = tmp_path / f"{format}.{ending}"
            assert export(store, format, file) == count
            table = read_path(file).train
            assert import_table(store, table, "file")[1] == 0  # they are there already
            found, new = import_table(other, table, "file")
            assert (new, found.faults, import_table(other, table, "file")[1]) == (count, [], 0)
        assert told(other) == told(store)
        assert sorted((vote.rater, vote.again, vote.scripted) for vote in other.pairs.votes()) == [
            ("me", False, False), ("me", True, False), ("scripted:shorter", False, True),
        ]  # fmt: skip
        assert consistency(other.pairs.votes()) == consistency(store.pairs.votes())


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_what_is_written_in_parts_is_what_is_written_at_once(store, rated, tmp_path, ending, monkeypatch):
    whole, parts = tmp_path / f"whole.{ending}", tmp_path / f"parts.{ending}"
    assert export(store, "votes", whole) == 3
    monkeypatch.setattr("lab.feedback.exporting.AT_ONCE", 1)
    assert export(store, "votes", parts) == 3 and parts.read_bytes() == whole.read_bytes()


def test_the_page_gives_out_no_more_than_it_can_carry(store, rated, monkeypatch):
    files = FeedbackFiles(Lab(store.home, store))
    assert files.export({"format": "votes"})["rows"] == 3
    monkeypatch.setattr("lab.ui.feedback_files.EXPORTED_RATINGS", 2)
    refused = files.export({"format": "votes"})
    assert "lab feedback export --format votes" in refused["problem"] and "zh" in refused["said"]
    assert files.export({"format": "thumbs"})["rows"] == 1


def table_of(*rows: dict) -> Table:
    return Table("mine.jsonl", list(rows), range(1, len(rows) + 1), "line")


GOOD = {"prompt": "Hi?", "chosen": "Hello.", "rejected": "Go."}
VOTE = {"prompt": "Hi?", "left": "Hello.", "right": "Go.", "verdict": "left", "rater": "ann"}


def test_preference_rows_become_votes_and_their_rows_again(store):
    turn = [{"role": "user", "content": "Bye?"}]
    shared = {"chosen": [*turn, *said("Bye.")], "rejected": [*turn, *said("No.")], "prompt": None}
    found, new = import_table(store, table_of(GOOD, shared), "a file")
    assert (found.kind, new, found.notes) == ("votes", 2, [])
    rows = [(row["prompt"][0]["content"], row["chosen"], row["rejected"]) for row in rows_for(store, "dpo")]
    assert rows == [("Hi?", said("Hello."), said("Go.")), ("Bye?", said("Bye."), said("No."))]


def test_preferences_of_other_layouts_become_the_same_vote(store):
    """Dialog strings, and a prompt beside whole conversations: the question counts once."""
    answers = {"chosen": "Hello.", "rejected": "Go."}
    dialogs = {side: f"\n\nHuman: Hi?\n\nAssistant: {text}" for side, text in answers.items()}
    talks = {side: [{"role": "user", "content": "Hi?"}, *said(text)] for side, text in answers.items()}
    counts = [import_table(store, table_of(row), "mia")[1] for row in (GOOD, dialogs, {"prompt": "Hi?", **talks})]
    assert counts == [1, 0, 0]
    assert rows_for(store, "dpo")[0]["prompt"] == [{"role": "user", "content": "Hi?"}]


@pytest.mark.parametrize(
    ("bad", "where", "what"),
    [
        (GOOD | {"rejected": " Hello."}, "line 2, column 'rejected'", "are the same"),
        ({"prompt": "Hi?", "chosen": "Hello."}, "line 2, column 'rejected'", "nothing (null) is here"),
        (GOOD | {"chosen": "  "}, "line 2, column 'chosen'", "the text is empty"),
        (GOOD | {"prompt": None}, "line 2, column 'prompt'", "nothing (null) is here"),
        (GOOD | {"chosen": "Go.", "rejected": "Hello."}, "line 2, column 'verdict'", "contradicts line 1"),
    ],
)
def test_one_bad_row_is_named_and_nothing_is_taken_in(store, bad, where, what):
    also_bad = {"prompt": "Hi?", "chosen": [], "rejected": "Go."}
    with pytest.raises(DataError) as problem:
        import_table(store, table_of(GOOD, bad, also_bad), "a file")
    assert where in problem.value.where and what in problem.value.what
    assert "2 of 3 rows are wrong, nothing was taken in" in problem.value.do
    assert store.ratings.history() == []
    found, new = import_table(store, table_of(GOOD, bad, also_bad), "a file", skip_bad=True)
    assert (new, len(found.faults)) == (1, 2)


def test_the_same_vote_twice_counts_once_and_another_rater_may_disagree(store):
    swapped = VOTE | {"left": "Go.", "right": "Hello.", "verdict": "right"}
    found, new = import_table(store, table_of(VOTE, VOTE, swapped, VOTE | {"rater": "bob", "verdict": "both_bad"}), "f")
    assert new == 2 and found.notes == ["2 rows say the same as an earlier one and count once."]
    assert [(vote.rater, vote.winner == "both_bad") for vote in store.pairs.votes()] == [("ann", False), ("bob", True)]
    with pytest.raises(DataError, match="contradicts line 1: 'ann'"):
        import_table(store, table_of(VOTE, swapped | {"verdict": "left"}), "f")
    with pytest.raises(DataError, match="'middle' is no verdict"):
        import_table(store, table_of(VOTE | {"verdict": "middle"}), "f")


def test_one_sided_thumbs_are_said_and_contradicting_ones_refused(store):
    thumb = {"prompt": "Hi?", "completion": "Hello.", "label": True}
    found, new = import_table(store, table_of(thumb, thumb | {"completion": "Hey."}), "f")
    assert new == 2 and found.notes[0].startswith("All 2 thumbs say 'good'")
    with pytest.raises(DataError, match="column 'label': it contradicts line 1"):
        import_table(store, table_of(thumb, thumb | {"label": False}), "f")


def test_rows_that_are_no_feedback_are_refused(store):
    with pytest.raises(DataError, match="holds rows of the kind prompt_completion"):
        import_table(store, table_of({"prompt": "Hi?", "completion": "Hello."}), "f")


VOTES = {"prompt": "Is it red?", "left": "Yes.", "right": "No.", "verdict": "left", "rater": "ann"}
SWAPPED = VOTES | {"left": "No.", "right": "Yes."}


@pytest.mark.parametrize(
    ("first", "second", "new", "winner"),
    [
        (VOTES, SWAPPED, 1, "No."),  # another answer won, on the same side
        (VOTES, SWAPPED | {"verdict": "right"}, 0, "Yes."),  # the same answer won, on the other side
        (VOTES, VOTES | {"verdict": "right"}, 1, "No."),
        (VOTES | {"verdict": "tie"}, SWAPPED | {"verdict": "tie"}, 0, None),
        (GOOD, GOOD | {"chosen": "Go.", "rejected": "Hello."}, 1, "Go."),
    ],
)
def test_a_corrected_vote_is_a_change_of_mind_whichever_side_the_answers_are_on(store, first, second, new, winner):
    assert import_table(store, table_of(first), "ann")[1] == 1
    assert import_table(store, table_of(second), "ann")[1] == new
    assert import_table(store, table_of(second), "ann")[1] == 0
    assert [row["chosen"][0]["content"] for row in rows_for(store, "dpo")] == ([winner] if winner else [])


def test_a_vote_in_the_page_changes_with_the_answer_that_won(store, two):
    one, other = (answer.id for answer in two)
    store.ratings.rate(Feedback("vote", "pair", "me", "left", one, other))
    again = store.ratings.rate(Feedback("vote", "pair", "me", "right", other, one))
    changed = store.ratings.rate(Feedback("vote", "pair", "me", "left", other, one))
    assert (again.id, changed.id) == (1, 2) and changed.says == (other, "")


def test_lines_that_are_no_rows_are_counted_and_left_out_too(store, tmp_path):
    file = tmp_path / "votes.jsonl"
    file.write_text(json.dumps(GOOD) + "\n{broken\n")
    with pytest.raises(DataError, match="1 of 2 rows are wrong"):
        import_table(store, read_path(file).train, "f")
    found, new = import_table(store, read_path(file).train, "f", skip_bad=True)
    assert (new, found.wrong, found.faults[0].where) == (1, 1, "votes.jsonl, line 2")
