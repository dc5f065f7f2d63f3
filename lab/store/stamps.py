"""A mark that is another one with each change of a row, so that a reader knows what it has read before."""

import secrets


def new_stamp() -> int:
    """A random number: two processes that change rows need not agree on the next one, nor on the time."""
    return secrets.randbits(62)
