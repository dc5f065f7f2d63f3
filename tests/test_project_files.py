"""What contributors and machines read beside the code: it parses, and what it names is there."""

import json
import re
import tomllib

import pytest
import yaml

from lab.home import PROJECT
from tests.conftest import LONG

MAKE_TARGETS = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), flags=re.M))
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "CODE_OF_CONDUCT.md")


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_links_between_pages_lead_somewhere(name):
    for link in re.findall(r"\]\((?!http|#)([^)#]+)", read(name)):
        assert (PROJECT / link).exists(), link


@pytest.mark.parametrize("name", [*PAGES, ".github/workflows/test.yml", ".pre-commit-config.yaml"])
def test_what_is_to_be_made_can_be_made(name):
    named = set(re.findall(r"(?:`|run: |entry: |^ *)make ([a-z][a-z-]+)", read(name), flags=re.M))
    assert named <= MAKE_TARGETS, named - MAKE_TARGETS


def test_the_container_is_built_from_files_that_are_there_and_not_left_out():
    lines = [line.split() for line in read("Dockerfile").splitlines() if line.startswith("COPY")]
    copied = [name for _, _owner, *names, _target in lines for name in names]
    assert {"pyproject.toml", "lab", "assets", "recipes"} <= set(copied)
    let_in = {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")}
    for name in copied:
        assert (PROJECT / name).exists() and name in let_in, name
    assert "USER user" in read("Dockerfile") and "EXPOSE 7860" in read("Dockerfile")
    command = json.loads(read("Dockerfile").splitlines()[-1].removeprefix("CMD "))
    assert command[:2] == ["lab", "serve"] and "7860" in command


def test_the_workflow_runs_the_two_commands_on_a_browser_of_its_own():
    steps = yaml.safe_load(read(".github/workflows/test.yml"))["jobs"]["test"]["steps"]
    said = "\n".join(step.get("run", "") for step in steps)
    assert all(command in said for command in ("make install", "lab doctor", "make test", "make docs", "chromium"))


def test_forms_for_issues_ask_for_something():
    forms = sorted((PROJECT / ".github" / "ISSUE_TEMPLATE").glob("[bf]*.yml"))
    assert [form.stem for form in forms] == ["bug", "feature"]
    for form in forms:
        fields = yaml.safe_load(form.read_text())
        assert fields["name"] and fields["description"]
        assert any(part.get("validations", {}).get("required") for part in fields["body"])


def test_hooks_are_tools_of_this_project():
    (repo,) = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    assert repo["repo"] == "local" and all(hook["language"] == "system" for hook in repo["hooks"])


def test_the_changelog_knows_this_version():
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert re.search(r"^## \[Unreleased\]$", read("CHANGELOG.md"), flags=re.M)
    assert f"## [{version}]" in read("CHANGELOG.md")


def test_every_line_of_the_list_of_long_tests_names_a_test():
    for line in LONG:
        file, name = line.partition("[")[0].split("::")
        assert f"def {name}(" in (PROJECT / file).read_text(encoding="utf-8"), line
