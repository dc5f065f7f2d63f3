"""The example of docs/python.md is run as it stands."""

import re

import pytest

from lab.home import PROJECT


@pytest.mark.slow
def test_the_documented_example_runs(tmp_path, monkeypatch, capsys):
    (code,) = re.findall(r"```python\n(.*?)```", (PROJECT / "docs" / "python.md").read_text(encoding="utf-8"), re.S)
    monkeypatch.setenv("LAB_HOME", str(tmp_path))
    exec(compile(code, "docs/python.md", "exec"), {})
    shown = capsys.readouterr().out
    assert "LoRA" in shown and "[20, 20]" in shown and "pairs to vote on" in shown and "base:nano" in shown
