"""Judgements as a whole: contradictions are kept and counted, one-sided thumbs refused before anything starts."""

import json

import pytest

from lab.data import load_data
from lab.errors import DataError
from lab.recipe import DataChoice


def written(folder, rows) -> DataChoice:
    file = folder / "mine.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return DataChoice(name=str(file))


def preference(asked: int, chosen: str, rejected: str) -> dict[str, str]:
    return {"prompt": f"Question {asked}?", "chosen": chosen, "rejected": rejected}


def test_preferences_that_contradict_each_other_are_kept_and_counted(tmp_path, home):
    rows = [preference(i, "yes", "no") for i in range(20)]
    rows += [preference(3, "no", "yes"), preference(3, "yes", "perhaps")]
    data = load_data(written(tmp_path, rows), home, 0)
    assert len(data.train) + len(data.held_out) == 22
    assert "2 rows prefer one answer to another that other rows prefer to it." in data.notes


def test_preferences_that_agree_are_not_spoken_of(tmp_path, home):
    rows = [preference(i, "yes", "no") for i in range(20)] * 2
    notes = load_data(written(tmp_path, rows), home, 0).notes
    assert not any("prefer" in note for note in notes)
    assert any("copies of others" in note for note in notes)


def test_thumbs_that_contradict_each_other_are_counted(tmp_path, home):
    rows = [{"prompt": f"Question {i}?", "completion": "yes", "label": i % 2 == 0} for i in range(20)]
    rows += [rows[4] | {"label": False}]
    notes = load_data(written(tmp_path, rows), home, 0).notes
    assert "2 rows say 'good' of an answer that others call bad, or the other way round." in notes


def test_one_sided_thumbs_are_refused_with_their_number(tmp_path, home):
    rows = [{"prompt": f"Question {i}?", "completion": "yes", "label": True} for i in range(20)]
    with pytest.raises(DataError, match=r"mine.jsonl: all 1[89] rows say 'good'.*add some that say 'bad'"):
        load_data(written(tmp_path, rows), home, 0)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (preference(0, "yes", "yes"), "line 3, column 'rejected': chosen and rejected are the same"),
        ({"prompt": "Question 0?", "chosen": "yes"}, "line 3, column 'rejected': the row has no 'rejected'"),
        (preference(0, "yes", " "), "line 3, column 'rejected': the text is empty"),
    ],
)
def test_a_preference_without_two_sides_is_named(tmp_path, home, row, what):
    rows = [preference(1, "yes", "no"), preference(2, "yes", "no"), row]
    with pytest.raises(DataError, match=what):
        load_data(written(tmp_path, rows), home, 0)
