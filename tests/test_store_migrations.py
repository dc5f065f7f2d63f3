"""A lab of every earlier version opens with all that was in it, and goes on; one of a later version is left alone."""

import ast
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect

from lab.errors import LabError
from lab.home import PROJECT
from lab.store import Change, Feedback, Status, Store, migrations, schema
from lab.store.database import Database
from lab.store.migrations import migrate, steps
from lab.store.pairs import match_of, new_answer, new_pair
from tests.test_store import make_run

STORES = Path(__file__).parent / "stores"
"""Labs that earlier programs made, as SQL: one for each schema there was."""
PAIRS = """CREATE TABLE pairs (id VARCHAR(32) NOT NULL, place INTEGER NOT NULL, "match" VARCHAR(700) NOT NULL,
    source VARCHAR(100) NOT NULL, first VARCHAR(32) NOT NULL, second VARCHAR(32) NOT NULL, time FLOAT NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(first) REFERENCES answers (id), FOREIGN KEY(second) REFERENCES answers (id));
    CREATE INDEX ix_pairs_match ON pairs ("match");"""
MATCH = match_of("base:nano", "run000aa")


def stored(home, version: int, more: str = "") -> None:
    """Put the lab of that schema into this home."""
    with sqlite3.connect(home.root / "lab.db") as connection:
        connection.executescript((STORES / f"v{version}.sql").read_text(encoding="utf-8") + more)
    connection.close()


def check_whole(store: Store) -> None:
    """All that is in every stored lab is there."""
    done, queued = store.runs.all()
    assert (done.id, done.status, queued.id, queued.status) == ("run000aa", Status.DONE, "run001bb", Status.QUEUED)
    assert done.outcome.eval_loss == Change(2.75, 2.0) and done.outcome.metrics == {"exact_match": Change(0.0, 0.5)}
    assert store.curves.curve(done.id, "loss") == [(1, 2.5), (2, 1.5)]
    assert [sample.answer for sample in store.curves.samples([done.id])] == ["I'm a parrot; 鹦鹉。"]
    assert [(one.verdict, one.reason) for one in store.ratings.current("thumb")] == [("good", "short")]
    assert [one.verdict for one in store.ratings.current("edit")] == ["A parrot; a green one."]
    rated = store.ratings.answer(store.ratings.current("edit")[0].answer)
    assert (rated.run, rated.text, rated.settings) == ("run000aa", "A bird.", {"seed": 2})
    assert rated.messages[0]["content"].startswith("你是谁?")
    assert store.baselines.get("k") == {"eval_loss": 1.5}


def check_goes_on(store: Store) -> None:
    """Writing goes on working, with everything there is today."""
    run = make_run("new")
    store.runs.queue([run])
    assert store.runs.claim("here").id == "run001bb" and store.runs.all()[-1] == run
    before = store.curves.newer(["run000aa"])[-1].id
    store.curves.write(run.id, 1, {"loss": 1.0})
    assert store.curves.newer([run.id])[0].id == before + 1
    asked = [{"role": "user", "content": "Who?"}]
    pair = new_pair("prompts", *(new_answer(name, asked, name, {}, "") for name in ("base:nano", "run000aa")))
    voted = store.pairs.decided()
    store.pairs.keep([pair])
    assert pair in store.pairs.waiting("me", MATCH, 9)
    store.ratings.rate(Feedback("vote", pair.id, "me", "left", pair.first.id, pair.second.id))
    assert store.pairs.decided() == voted + 1 and store.pairs.votes(MATCH)[-1].rater == "me"
    store.runs.delete("run000aa")
    assert store.curves.newer(["run000aa"]) == []


def test_steps_are_numbered_one_by_one():
    files = sorted(file.name for file in Path(migrations.__file__).parent.glob("_0*.py"))
    assert [int(name[1:5]) for name in files] == list(range(1, len(steps()) + 1))


def test_there_is_a_stored_lab_of_every_earlier_schema():
    found = sorted(int(file.stem[1:]) for file in STORES.glob("v*.sql"))
    assert found == list(range(1, len(steps())))


@pytest.mark.parametrize("version", range(1, len(steps())))
def test_a_lab_of_every_earlier_schema_opens_whole_and_goes_on(home, version):
    stored(home, version)
    with Store(home) as store:
        check_whole(store)
        if version >= 2:
            assert [(vote.rater, vote.again, vote.scripted) for vote in store.pairs.votes(MATCH)] == [
                ("browser-aaaa", False, False), ("browser-aaaa", True, False), ("scripted:happier", False, True),
            ]  # fmt: skip
            assert [pair.source for pair in store.pairs.waiting("browser-aaaa", MATCH, 9)] == ["typed"]
        check_goes_on(store)
    with Store(home) as store:
        assert store.runs.all()[-1].name == "new"
    same_as_today(home)


def test_a_lab_of_the_first_schema_that_has_pairs_already_opens_too(home):
    """The first step once made all tables of its program, whatever the version it wrote down."""
    stored(home, 1, PAIRS)
    with Store(home) as store:
        check_whole(store)
        check_goes_on(store)
    same_as_today(home)


def test_a_new_lab_has_the_tables_of_today(home):
    Store(home).close()
    same_as_today(home)


def same_as_today(home) -> None:
    """The migrated database is what `schema.py` says, index by index."""
    migrated, today = Database(home.database_url), Database(f"sqlite:///{home.root / 'today.db'}")
    with today.write() as connection:
        schema.metadata.create_all(connection)
    assert plan(migrated) == plan(today) and len(plan(today)) == len(schema.metadata.tables)
    migrated.close()
    today.close()


def plan(database: Database) -> dict:
    """Columns, keys, indexes and constraints of every table."""
    with database.read() as connection:
        seen = inspect(connection)
        names = sorted(set(seen.get_table_names()) & set(schema.metadata.tables))
        return {name: _shape(seen, name) | {"counts": _counts(database, connection, name)} for name in names}


def _shape(seen, table: str) -> dict:
    columns = ((one["name"], str(one["type"]), one["nullable"], one["default"]) for one in seen.get_columns(table))
    indexes = ((one["name"], one["column_names"], bool(one["unique"])) for one in seen.get_indexes(table))
    return {
        "columns": list(columns),
        "key": seen.get_pk_constraint(table)["constrained_columns"],
        "foreign": sorted(map(str, seen.get_foreign_keys(table))),
        "unique": sorted(str(one["column_names"]) for one in seen.get_unique_constraints(table)),
        "indexes": sorted(indexes),
    }


def _counts(database: Database, connection, table: str) -> bool:
    """Whether ids are never used twice."""
    if database.is_postgresql:
        return True
    sql = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).scalar_one()
    return "AUTOINCREMENT" in sql


@pytest.mark.parametrize("tool", ["Store", "lab runs"])
def test_a_lab_of_a_later_schema_is_refused_and_left_as_it_is(home, tool, monkeypatch, capsys):
    stored(home, len(steps()) - 1, "UPDATE schema_version SET version = 99; DROP TABLE baselines;")
    before = (home.root / "lab.db").read_bytes()
    if tool == "Store":
        with pytest.raises(LabError, match=r"schema 99.*Update Parrot Lab"):
            Store(home)
    else:
        from lab.cli import main

        monkeypatch.setenv("LAB_HOME", str(home.root))
        monkeypatch.setattr("sys.argv", ["lab", "runs"])
        with pytest.raises(SystemExit) as left:
            main()
        assert left.value.code == 2 and "schema 99" in capsys.readouterr().err
    assert (home.root / "lab.db").read_bytes() == before
    assert {file.name for file in home.root.iterdir()} <= {"lab.db"}


def test_two_that_open_a_new_lab_at_once_make_its_tables_once(home, monkeypatch):
    """Both see an empty database; the later one finds the tables when its turn to write comes."""
    first, later = Database(home.database_url), Database(home.database_url)
    seen = []

    def check(version: int, database: Database) -> None:
        seen.append((database is later, version))
        if seen == [(True, 0)]:
            migrate(first)

    monkeypatch.setattr(migrations, "_check", check)
    migrate(later)
    assert seen == [(True, 0), (False, 0), (False, 0), (True, len(steps()))]
    first.close()
    later.close()


def test_steps_are_frozen():
    """A step imports no table of today, nor another step: it would change with them."""
    files = sorted((PROJECT / "lab/store/migrations").glob("_0*.py"))
    assert [file.name[:5] for file in files] == [f"_{number:04}" for number in range(1, len(files) + 1)]
    for file in files:
        modules = {node.module for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom)}
        assert not any((module or "").startswith("lab") for module in modules), file
