"""Answers of one loaded model: a batch token by token (`batch`), or many prompts at once (`complete`); and the types
that travel between who asks for answers and who computes them.

Importing this package loads no torch.
"""

from lab.generate.complete import complete
from lab.generate.surprise import Alternative, SpanSurprise, TextSurprise, TokenSurprise
from lab.generate.types import GREEDY, Delta, Pane, Sampling

__all__ = [
    "GREEDY", "Alternative", "Delta", "Pane", "Sampling", "SpanSurprise", "TextSurprise", "TokenSurprise", "complete",
]  # fmt: skip
