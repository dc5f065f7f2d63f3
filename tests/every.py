"""One test for many things: a check is asked of each, and every one that fails it is named."""

from collections.abc import Callable, Iterable
from typing import Any


def check_every(things: Iterable[Any], check: Callable[[Any], None]) -> None:
    """Ask `check` of each thing; fails once, naming all that broke it. Fails where there is nothing to ask."""
    asked, broken = 0, []
    for thing in things:
        asked += 1
        try:
            check(thing)
        except Exception as problem:  # the others are asked all the same
            broken.append(f"{thing}: {type(problem).__name__}: {problem}")
    assert asked, "there was nothing to check"
    assert not broken, "\n".join(broken)
