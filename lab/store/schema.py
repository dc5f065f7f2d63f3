"""The tables as they are today, to query with. They are made by the steps in `migrations`, never from here.

A test holds the two together: change a table here and add the step that changes it in the databases there are.
"""

from sqlalchemy import (
    BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint,
)  # fmt: skip

from lab.store.stamps import new_stamp

metadata = MetaData()

runs = Table(
    "runs", metadata,
    Column("id", String(32), primary_key=True),
    Column("position", Integer, nullable=False),  # order in the queue
    Column("comparison", String(32), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("recipe_name", String(200), nullable=False),
    Column("recipe", Text, nullable=False),
    Column("base", String(300), nullable=False),
    Column("method", String(60), nullable=False),
    Column("objective", String(60), nullable=False),
    Column("parent", String(32)),
    Column("status", String(20), nullable=False, index=True),
    Column("created", Float, nullable=False),
    Column("started", Float),
    Column("ended", Float),
    Column("request", String(20)),
    Column("error", Text),
    Column("step", Integer, nullable=False, default=0),
    Column("total_steps", Integer, nullable=False, default=0),
    Column("pid", Integer),
    Column("machine", String(200)),
    Column("outcome", Text),
    Column("forked_at", Integer),  # the step of its parent at which it forked; none for what did not
    Column("stamp", BigInteger, default=new_stamp, onupdate=new_stamp),  # another one with each change of the row
    Column("visitor", String(60)),  # who queued it; none for the lab's owner
    Index("runs_by_place", "position", "id", "stamp", "status"),
    Index("runs_by_comparison", "comparison", "created", "position", "id", "stamp"),
    Index("runs_by_objective", "objective", "position", "id", "stamp"),
    Index("runs_by_base", "base", "position", "id", "stamp"),
)  # fmt: skip

marks = Table(
    "marks", metadata,
    Column("run", String(32), ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("tags", Text, nullable=False),  # a JSON list of words, sorted
    Column("note", Text, nullable=False),
    Column("starred", Boolean, nullable=False),
    Column("archived", Boolean, nullable=False),
)  # fmt: skip

points = Table(
    "points", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", String(32), ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("step", Integer, nullable=False),
    Column("value", Float, nullable=False),
    Column("time", Float, nullable=False),
    Index("points_by_run", "run", "id"),
    Index("points_by_curve", "run", "name", "step", "id"),
    sqlite_autoincrement=True,  # ids are never used twice, so a reader's place stays right after a deletion
)  # fmt: skip

samples = Table(
    "samples", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", String(32), ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("step", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("time", Float, nullable=False),
    UniqueConstraint("run", "step", "position"),
)  # fmt: skip

answers = Table(
    "answers", metadata,
    Column("id", String(32), primary_key=True),
    Column("run", String(300), nullable=False, index=True),  # no foreign key: ratings outlive their run
    Column("messages", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("time", Float, nullable=False),
)  # fmt: skip

pairs = Table(
    "pairs", metadata,
    Column("id", String(32), primary_key=True),
    Column("place", Integer, nullable=False),  # order in the queue
    Column("match", String(700), nullable=False, index=True),  # both runs, sorted
    Column("source", String(100), nullable=False),
    Column("first", String(32), ForeignKey("answers.id"), nullable=False),
    Column("second", String(32), ForeignKey("answers.id"), nullable=False),
    Column("time", Float, nullable=False),
    Column("same", Boolean),  # whether both answers are the same words
    Index("pairs_by_place", "match", "place", "id"),
)  # fmt: skip

matches = Table(  # what pairs add up to, written with them
    "matches", metadata,
    Column("name", String(700), primary_key=True),
    Column("pairs", Integer, nullable=False),
    Column("same", Integer, nullable=False),
    Column("began", Float, nullable=False),  # when its first pair was made
    Column("front", Integer, nullable=False),  # the smallest place of its pairs
)  # fmt: skip

feedback = Table(
    "feedback", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("rater", String(100), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("answer", String(32), ForeignKey("answers.id"), nullable=False),
    Column("other", String(32), ForeignKey("answers.id")),
    Column("reason", Text, nullable=False, default=""),
    Column("scripted", Boolean, nullable=False, default=False),
    Column("time", Float, nullable=False),
    Index("feedback_by_subject", "kind", "rater", "subject", "id"),
)  # fmt: skip

baselines = Table(
    "baselines", metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("time", Float, nullable=False),
)  # fmt: skip
