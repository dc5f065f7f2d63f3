"""Schema 1: runs with their curves and samples, answers with the feedback on them, baselines."""

import sqlalchemy as sa

metadata = sa.MetaData()

sa.Table(
    "runs", metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("comparison", sa.String(32), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("recipe_name", sa.String(200), nullable=False),
    sa.Column("recipe", sa.Text, nullable=False),
    sa.Column("base", sa.String(300), nullable=False),
    sa.Column("method", sa.String(60), nullable=False),
    sa.Column("objective", sa.String(60), nullable=False),
    sa.Column("parent", sa.String(32)),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("started", sa.Float),
    sa.Column("ended", sa.Float),
    sa.Column("request", sa.String(20)),
    sa.Column("error", sa.Text),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("total_steps", sa.Integer, nullable=False),
    sa.Column("pid", sa.Integer),
    sa.Column("machine", sa.String(200)),
    sa.Column("outcome", sa.Text),
    sa.Index("ix_runs_comparison", "comparison"),
    sa.Index("ix_runs_status", "status"),
)  # fmt: skip

sa.Table(
    "points", metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("run", sa.String(32), sa.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("value", sa.Float, nullable=False),
    sa.Column("time", sa.Float, nullable=False),
    sa.Index("points_by_run", "run", "id"),
    sqlite_autoincrement=True,
)  # fmt: skip

sa.Table(
    "samples", metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("run", sa.String(32), sa.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("prompt", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("time", sa.Float, nullable=False),
    sa.UniqueConstraint("run", "step", "position"),
)  # fmt: skip

sa.Table(
    "answers", metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("run", sa.String(300), nullable=False),
    sa.Column("messages", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("settings", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("time", sa.Float, nullable=False),
    sa.Index("ix_answers_run", "run"),
)  # fmt: skip

sa.Table(
    "feedback", metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(100), nullable=False),
    sa.Column("rater", sa.String(100), nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("answer", sa.String(32), sa.ForeignKey("answers.id"), nullable=False),
    sa.Column("other", sa.String(32), sa.ForeignKey("answers.id")),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("scripted", sa.Boolean, nullable=False),
    sa.Column("time", sa.Float, nullable=False),
    sa.Index("feedback_by_subject", "kind", "rater", "subject", "id"),
)  # fmt: skip

sa.Table(
    "baselines", metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("time", sa.Float, nullable=False),
)  # fmt: skip


def upgrade(connection: sa.Connection) -> None:
    metadata.create_all(connection)
