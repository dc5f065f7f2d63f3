"""What people (and scripts) said of answers: as rows to learn from, as files, as a ranking, and how far they agree.

Everything is read from the store; nothing here trains or answers.
"""

from lab.feedback.agreement import agreement, agreements, consistency
from lab.feedback.exchange import WHOLE, export, push
from lab.feedback.intake import take_in, take_in_table
from lab.feedback.ranking import rank
from lab.feedback.rows import FORMATS, rows_for

__all__ = [
    "FORMATS", "WHOLE", "agreement", "agreements", "consistency", "export", "push", "rank", "rows_for",
    "take_in", "take_in_table",
]  # fmt: skip
