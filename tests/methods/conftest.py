"""One ground for all tests of methods: the tiny base that they are practised on."""

import pytest

pytest.register_assert_rewrite("tests.methods.promises")

from tests.methods.practice import Ground  # noqa: E402


def pytest_collection_modifyitems(items):
    for item in items:
        if "ground" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def ground(tmp_path_factory):
    return Ground(tmp_path_factory.mktemp("methods"))
