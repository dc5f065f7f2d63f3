"""The front door is true: its recipes parse, its commands run, and it names every command there is."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from lab.home import PROJECT
from lab.recipe import parse_recipe

README = (PROJECT / "README.md").read_text()
COMMANDS = re.findall(r"^(lab .*?)(?:\s+#.*)?$", README, flags=re.M)
ELSEWHERE = ("train", "chat", "feedback collect", "space")
"""Proved end to end by tests of their own."""
RUNNABLE = [line for line in COMMANDS if not line.removeprefix("lab ").startswith(ELSEWHERE)]


def test_it_names_every_command():
    from lab.cli import app

    root = typer.main.get_command(app)
    names = [f"lab {name}" for name in root.commands]
    assert len(names) >= 15
    missing = [name for name in names if name not in README]
    assert not missing, missing


def test_its_recipes_are_recipes():
    blocks = re.findall(r"```yaml\n(.*?)```", README, flags=re.S)
    assert blocks
    for block in blocks:
        assert parse_recipe(block).variants


@pytest.mark.parametrize("line", RUNNABLE)
def test_its_commands_run(line, tmp_path):
    command = [sys.executable, "-m", "lab.cli", *shlex.split(line)[1:]]
    environment = os.environ | {"LAB_HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_its_picture_and_files_exist():
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    for link in links:
        assert (PROJECT / Path(link)).exists(), link


def test_the_first_screen_holds_the_picture_and_the_two_commands():
    front = README.split("---", 2)[2].strip().splitlines()[:22]
    text = "\n".join(front)
    assert "![" in text and "make app" in text and "make test" in text
