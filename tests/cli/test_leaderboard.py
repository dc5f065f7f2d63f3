"""`lab leaderboard`: the table as text, CSV and JSON, its filters, and what is refused."""

import csv
import io
import json

import pytest

from lab.card import find_cards
from lab.evaluate.leaderboard import read_leaderboard
from tests.cli.test_cli import Here


@pytest.fixture
def here(tmp_path, capfd, monkeypatch):
    return Here(tmp_path, capfd, monkeypatch)


def test_the_table_is_printed_with_its_intervals_and_what_it_does_not_say(here, monkeypatch):
    table, text = read_leaderboard(), here("leaderboard")
    best = table.of(table.data[0].id)[0]
    assert best.method in text and "highest" in text and f"{best.accuracy.low:.0%}" in text
    for data in table.data:
        assert f"({data.id}): {data.asked} held-out questions" in text
    assert f"{table.seeds_planned} seeds planned" in text and "95 %" in text and table.recorded in text


def test_csv_and_json_hold_the_same_scores(here):
    rows = list(csv.DictReader(io.StringIO(here("leaderboard", "--csv"))))
    document = json.loads(here("leaderboard", "--json"))
    assert len(rows) == len(document["scores"]) == len(read_leaderboard().scores)
    assert [row["method"] for row in rows] == [one["method"] for one in document["scores"]]
    assert float(rows[0]["accuracy"]) == document["scores"][0]["accuracy"]["mean"]
    assert {"accuracy_low", "accuracy_high", "seeds", "standing", "learning_rate", "cpu_seconds"} <= set(rows[0])


def test_it_is_filtered_by_family_by_merging_and_by_data(here):
    cards = {name: module.CARD for name, module in find_cards("lab.methods").items()}
    data = read_leaderboard().data[0].id
    some = json.loads(here("leaderboard", "--family", "selective", "--mergeable", "--data", data, "--json"))["scores"]
    assert all(cards[one["method"]].family == "selective" and cards[one["method"]].mergeable for one in some)
    assert {one["data"] for one in some} <= {data}


def test_what_is_not_there_is_refused(here, tmp_path):
    assert "there is no family 'low-rnk'" in here.refusal("leaderboard", "--family", "low-rnk")
    assert "no data set 'cusine'" in here.refusal("leaderboard", "--data", "cusine")
    assert "no table of methods is recorded" in here.refusal("leaderboard", "--file", str(tmp_path / "none.json"))
    (tmp_path / "other.json").write_text("[1]")
    assert "no recorded table" in here.refusal("leaderboard", "--file", str(tmp_path / "other.json"))
    assert "no run of" in here.refusal("leaderboard", "record", "--file", str(tmp_path / "new.json"))
    assert "is no data set" in here.refusal("leaderboard", "measure", "--data", "{name: [")
    assert "no such file" in here.refusal("leaderboard", "measure", "nowhere.yaml")
    assert not (tmp_path / "new.json").exists()
