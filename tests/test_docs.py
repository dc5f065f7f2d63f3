"""The documentation builds without a warning, tells of everything there is, and asks no other host for anything."""

import os
import re
import subprocess
import sys

import pytest
import typer

from lab.card import find_cards
from lab.cli import app
from lab.home import PROJECT
from lab.recipe import Recipe, Stage
from lab.words import pair

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("docs")]

FOREIGN = re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Every page of the site, by its name."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stderr
    return {file.stem: file.read_text(encoding="utf-8") for file in folder.glob("*.html")}


PAGES = {"methods": "lab.methods", "objectives": "lab.objectives", "data": "lab.data.builtin", "raters": "lab.raters",
         "rewards": "lab.rewards", "remedies": "lab.remedies"}  # fmt: skip


@pytest.mark.parametrize(("page", "package"), PAGES.items())
def test_every_card_is_told_in_both_languages(site, page, package):
    for name, module in find_cards(package).items():
        assert f'id="{name}"' in site[page] or f"<code>{name}</code>" in site[page], name
        assert pair(module.CARD.name)["zh"] in site[page], name


def test_every_command_and_every_field_is_told(site):
    for name in typer.main.get_command(app).commands:
        assert f"lab {name}" in site["command_line"]
    for name in (*Recipe.model_fields, *Stage.model_fields):
        assert f"<code>{name}</code>" in site["recipes"], name


def test_front_pages_are_part_of_it(site):
    assert set(site) >= {"index", "first_steps", "python", "contributing", "changelog", "security"}
    assert "sdk_version" not in site["index"] and "pictures/train.png" in site["index"]


def test_no_page_asks_another_host_for_anything(site):
    for name, page in site.items():
        assert not FOREIGN.search(page), name
