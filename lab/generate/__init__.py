"""Answers: many variants answer one prompt at once (`Voices`), or one model answers many prompts (`complete`).

Importing this package loads no torch, so that whoever only asks can use its shapes.
"""

from lab.generate.complete import complete
from lab.generate.shapes import GREEDY, Delta, Pane, Sampling
from lab.generate.voices import Voices

__all__ = ["GREEDY", "Delta", "Pane", "Sampling", "Voices", "complete"]
