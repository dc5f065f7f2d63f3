"""Logs: one JSON object a line where asked, without secrets and without paths of where things are installed."""

import json
import logging

import pytest

from lab import logs
from lab.home import PROJECT


@pytest.fixture
def heard(capsys):
    """What has been written to standard error; the root logger is put back."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield lambda: capsys.readouterr().err
    root.handlers[:], root.level = before, level
    logging.getLogger("lab").setLevel(logging.NOTSET)


def test_a_line_is_one_json_object_with_what_was_raised(heard, monkeypatch):
    monkeypatch.setenv("LAB_LOG", "json")
    logs.set_up()
    try:
        raise ValueError("two\nlines 鹦鹉")
    except ValueError:
        logging.getLogger("lab.test").exception("it failed with %s", 7)
    (line,) = heard().splitlines()
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("error", "lab.test", "it failed with 7")
    assert "鹦鹉" in told["raised"] and told["time"].endswith("Z") and str(PROJECT) not in line


@pytest.mark.parametrize("kind", ["json", ""])
def test_secrets_and_install_paths_are_left_out(heard, monkeypatch, kind):
    monkeypatch.setenv("LAB_LOG", kind)
    monkeypatch.setenv("HF_TOKEN", "correct-horse-battery")
    monkeypatch.setenv("LAB_HOME", "/srv/secret-place")
    logs.set_up()
    logging.getLogger("lab.test").warning(
        "token %s, hf_abcdefghijklmnop, postgresql://lab:pass-word@host/x, Authorization: Bearer abc.def.ghi, %s, %s",
        "correct-horse-battery", PROJECT / "lab" / "x.py", "/srv/secret-place/runs/1",
    )  # fmt: skip
    said = heard()
    for hidden in ("correct-horse", "hf_abc", "pass-word", "abc.def.ghi", str(PROJECT), "/srv/secret-place"):
        assert hidden not in said, hidden
    assert "LAB_HOME/runs/1" in said and "postgresql://lab:" in said


def test_plain_words_stay_as_they_are():
    assert logs.scrub("run 12ab failed: the token count is 7") == "run 12ab failed: the token count is 7"
