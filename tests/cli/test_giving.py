"""`lab export --as bundle|script` and `lab import`: one line for people, one document for programs, errors in words."""

import json

import pytest
from typer.testing import CliRunner

from lab.cli import app
from lab.errors import LabError
from lab.home import Home
from lab.store import Store
from tests.bundle.bundles import COMPARISON, NAMES, fill


@pytest.fixture
def lab(tmp_path, monkeypatch):
    """The terminal of a lab with a comparison: what a command prints, or the error it ends with."""
    with Store(Home(tmp_path / "giver")) as store:
        fill(store)

    def ask(*words, home="giver"):
        monkeypatch.setenv("LAB_HOME", str(tmp_path / home))
        found = CliRunner().invoke(app, [str(word) for word in words])
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found.output

    return ask


def test_a_comparison_goes_from_one_lab_to_the_other(lab, tmp_path):
    made = json.loads(lab("export", COMPARISON, "--as", "bundle", "--weights", "-o", tmp_path / "x.zip", "--json"))
    assert made["as"] == "bundle" and made["runs"] == 2 and made["weights"] == list(NAMES)
    said = lab("import", tmp_path / "x.zip", home="taker")
    assert "2 runs, 3 ratings, weights of 2 runs" in said and "measured there" in said
    assert "done, imported" in " ".join(lab("comparisons", home="taker").split())
    (told,) = json.loads(lab("comparisons", "--json", home="taker"))
    assert told["imported"]["lab"] == Home(tmp_path / "giver").lab_id
    assert "its figures were measured there" in " ".join(lab("show", "aaaa0001", home="taker").split())
    found = json.loads(lab("import", tmp_path / "x.zip", "--no-votes", "--json", home="third"))
    assert found["ratings"] == 0 and found["comparison"] == COMPARISON


@pytest.mark.parametrize(("words", "why"), [
    (("export", "aaaa0001", "aaaa0002", "--as", "bundle"), "a bundle is of one comparison"),
    (("export", "aaaa0001", "aaaa0002", "--as", "script"), "a script is of one run"),
    (("export", "aaaa0001", "--as", "script", "--weights"), "leave that out|Leave that out"),
    (("export", "aaaa0001", "--as", "merged", "--weights"), "only a bundle"),
    (("export", "aaaa0001", "--as", "scripts"), "there is no form 'scripts'"),
    (("export", "aaaa0001", "--as", "bundle", "--by", "x" * 101), "too long"),
    (("import", "nothing.zip"), "there is no such file"),
])  # fmt: skip
def test_what_is_wrong_is_said_in_words(lab, words, why):
    with pytest.raises(LabError, match=why):
        lab(*words)
