"""requirements.txt, which a Space installs, is what constraints.txt pins."""

import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import pins


def test_requirements_are_drawn_from_the_pins():
    assert pins.REQUIREMENTS.read_text() == pins.requirements(), "run `make pins`"


def test_every_dependency_is_pinned_within_its_range():
    pinned = pins.pinned()
    project = tomllib.loads((pins.ROOT / "pyproject.toml").read_text())["project"]
    dependencies = [Requirement(line) for line in project["dependencies"]]
    assert len(dependencies) > 8
    for dependency in dependencies:
        assert dependency.specifier.contains(pinned[canonicalize_name(dependency.name)]), dependency.name


def test_torch_is_the_version_everything_was_measured_with():
    assert pins.pinned()["torch"] == "2.13.0"
