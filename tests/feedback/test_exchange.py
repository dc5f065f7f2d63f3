"""Feedback becomes rows to learn from, and comes back from a file."""

import json

import pytest

from lab.errors import DataError
from lab.feedback import export, rows_for, take_in
from lab.store import Feedback

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


def test_a_thumb_taken_back_teaches_nothing(store, two):
    for verdict in ("good", "none"):
        store.ratings.rate(Feedback("thumb", two[0].id, "me", verdict, two[0].id))
    assert rows_for(store, "kto") == []


def test_an_exported_file_comes_back_as_the_same_thumbs(store, two, tmp_path):
    store.ratings.rate(Feedback("thumb", two[0].id, "me", "good", two[0].id))
    file = tmp_path / "thumbs.jsonl"
    assert export(store, "kto", file) == 1
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert take_in(store, rows, "a file") == 1
    first, second = rows_for(store, "kto")
    assert first == second


def test_no_feedback_and_an_unknown_format_are_said(store, tmp_path):
    with pytest.raises(DataError, match="no feedback for kto"):
        export(store, "kto", tmp_path / "x.jsonl")
    with pytest.raises(DataError, match="no format 'kdo'"):
        rows_for(store, "kdo")
