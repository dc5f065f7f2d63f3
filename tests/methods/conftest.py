"""One ground for all tests of methods, and each method practised on it once."""

import pytest

from tests.methods.practice import CASES, NAMES, Ground


@pytest.fixture(scope="session")
def ground(tmp_path_factory):
    return Ground(tmp_path_factory.mktemp("methods"))


@pytest.fixture(params=range(len(CASES)), ids=NAMES, scope="session")
def case(request):
    """The number of a method with some knobs."""
    return request.param


@pytest.fixture
def practised(ground, case):
    return ground.cached(case)
