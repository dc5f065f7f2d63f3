"""Feedback goes to the Hub and comes back, by the command line and the Hub's own client; the Hub is a fake."""

import json
import os
import subprocess
import sys

import pytest

from lab.home import PROJECT
from tests.hub import TOKEN, fake_hub

pytestmark = pytest.mark.slow

VOTES = [{"prompt": f"Say {n}.", "chosen": f"{n}, gladly.", "rejected": "No."} for n in ("one", "two", "three")]


@pytest.fixture(scope="module")
def hub():
    with fake_hub() as hub:
        yield hub


@pytest.fixture
def lab(hub, tmp_path):
    """Runs the command line in the lab of that name; gives its exit code, and what it says."""

    def run(home: str, *words: str, token: str = TOKEN) -> tuple[int, str]:
        settings = {"LAB_HOME": str(tmp_path / home), "HF_HOME": str(tmp_path / "hf"), "HF_ENDPOINT": hub.url}
        hub_settings = {"HF_TOKEN": token, "HF_HUB_OFFLINE": "0", "HF_HUB_DISABLE_XET": "1"}
        command = [sys.executable, "-m", "lab.cli", "feedback", *words]
        ended = subprocess.run(
            command, env=os.environ | settings | hub_settings, cwd=PROJECT, capture_output=True, text=True, timeout=120
        )
        return ended.returncode, ended.stdout if ended.returncode == 0 else ended.stderr

    file = tmp_path / "pairs.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in VOTES))
    assert run("here", "import", str(file))[0] == 0
    return run


def test_votes_and_pairs_go_to_one_private_data_set_and_come_back(hub, lab):
    for format in ("dpo", "votes"):
        code, said = lab("here", "export", "--format", format, "--to", "me/mine", "--json")
        assert code == 0, said
        assert json.loads(said) == {"file": None, "repo": "me/mine", "format": format, "rows": 3}
    assert hub.private["me/mine"] and {path.split("/")[0] for path in hub.files["me/mine"]} == {
        "README.md", "dpo", "votes",
    }  # fmt: skip
    code, said = lab("there", "import", "me/mine", "--subset", "votes", "--json")
    assert code == 0, said
    assert (json.loads(said)["ratings"], json.loads(said)["new"]) == (3, 3)
    code, said = lab("there", "import", "me/mine")
    assert code == 2 and "several subsets" in said and "'dpo', 'votes'" in said


def test_a_wrong_token_and_a_hub_out_of_reach_are_told_in_a_line(hub, lab, monkeypatch):
    code, said = lab("here", "export", "--to", "me/other", "--format", "dpo", token="hf_stranger")
    assert code == 2 and "does not know who you are" in said and "Traceback" not in said
    monkeypatch.setattr(hub, "url", "http://127.0.0.1:9")
    code, said = lab("here", "export", "--to", "me/other", "--format", "dpo")
    assert code == 2 and "can't be reached" in said and "Traceback" not in said
    code, said = lab("here", "export", "--to", "no name", "--format", "dpo")
    assert code == 2 and "owner/name" in said and "Traceback" not in said
    assert "me/other" not in hub.files


def test_a_file_or_the_hub_but_not_both(lab, tmp_path):
    assert "Give one of the two" in lab("here", "export", "--format", "dpo")[1]
    file = str(tmp_path / "x.jsonl")
    assert "Give one of the two" in lab("here", "export", "--format", "dpo", "-o", file, "--to", "me/mine")[1]
