"""What people (and scripts) said of answers: as rows to learn from, as files, as a ranking, and how far they agree.

Everything is read from the store; nothing here trains or answers.
"""

from lab.feedback.exchange import export, take_in
from lab.feedback.rows import FORMATS, rows_for

__all__ = ["FORMATS", "export", "rows_for", "take_in"]
