"""A tiny base and one run of every kind on it."""

from tests.runs_of_every_kind import base, home, model, runs, tokenizer

__all__ = ["base", "home", "model", "runs", "tokenizer"]
