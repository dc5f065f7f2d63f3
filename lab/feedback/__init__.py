"""What people (and scripts) said of answers: as rows to learn from, as files, as a ranking, and how far they agree.

Everything is read from the store; nothing here trains or answers.
"""

from lab.feedback.agreement import agreement, agreements, consistency
from lab.feedback.exporting import WHOLE, export, push
from lab.feedback.importing import import_table, import_thumbs
from lab.feedback.ranking import rank
from lab.feedback.rows import FORMATS, rows_for
from lab.feedback.sides import side_bias, side_biases

__all__ = [
    "FORMATS",
    "WHOLE",
    "agreement",
    "agreements",
    "consistency",
    "export",
    "import_table",
    "import_thumbs",
    "push",
    "rank",
    "rows_for",
    "side_bias",
    "side_biases",
]  # fmt: skip
