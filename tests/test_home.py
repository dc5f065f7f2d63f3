"""Home: paths are built in one place, and an id can't lead out of it."""

import pytest

from lab.errors import RunError
from lab.home import Home, find_home


def test_a_run_has_its_own_folder(tmp_path):
    folder = Home(tmp_path).run("c0ffee12")
    assert folder.root == tmp_path / "runs" / "c0ffee12"
    assert folder.stage(1) == tmp_path / "runs" / "c0ffee12" / "stage-1"


@pytest.mark.parametrize("name", ["..", "../../etc", "a/b", "", "A B", "c0ffee12\n", "x" * 40])
def test_what_is_not_an_id_is_refused(tmp_path, name):
    with pytest.raises(RunError):
        Home(tmp_path).run(name)


def test_the_home_is_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("LAB_HOME", str(tmp_path / "here"))
    assert find_home().root == tmp_path / "here"
    monkeypatch.delenv("LAB_HOME")
    monkeypatch.chdir(tmp_path)
    assert find_home().root == tmp_path / ".lab"
