"""Importing the page leaves its source folder as it was: Gradio would write a stub beside every component subclass."""

import os
import shutil
import subprocess
import sys

from lab.home import PROJECT


def test_importing_the_page_writes_nothing_into_the_source_tree(tmp_path):
    for folder in ("lab", "assets", "recipes"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.pyi"))
    before = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")}
    script = "import lab, lab.ui.page, lab.ui.launch; print(lab.__file__)"
    command = [sys.executable, "-B", "-c", script]
    ran = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert ran.stdout.startswith(str(tmp_path)), ran.stderr
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*")} == before
