"""Fills a store as years of a large lab would: runs with their outcomes, curves and samples, and votes of many raters.

Rows are put into the tables directly (on PostgreSQL by COPY): through the lab's own doors a million votes would take
hours. What a row holds is what a real run wrote: the recorded example in `assets`, and curves of 60 steps.
"""

import json
import math
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, text

from lab.home import ASSETS
from lab.store import Status, Store
from lab.store.schema import answers, feedback, matches, pairs, points, runs, samples
from lab.store.snapshot import _set_counters
from lab.store.stamps import new_stamp

STEPS = 60
CURVES = ("loss", "grad_norm", "learning_rate", "entropy", "mean_token_accuracy", "tokens_per_second")
LOOKED_AT = (0, 10, 20, 30, 40, 50, 60)
"""Steps at which a run's held-out loss was measured."""
SAMPLES = 21
VARIANTS = 4
"""Runs of a comparison."""
POLICIES = 20
"""One run of so many is a policy."""
RATERS = 2_000
BATCH = 20_000
BEGAN = 1_700_000_000.0
WORDS = ("parrot", "studies", "cuisine", "and", "says", "what", "dish", "is", "made", "of", "how", "served", "spring")


def run_id(number: int) -> str:
    return f"run{number:05}aa"


def pair_id(number: int) -> str:
    return f"pair{number:012}"


def fill(store: Store, votes: int, count: int, players: int) -> None:
    """`count` runs that are over, and votes on pairs of answers, two on each, by `players` of these runs and a base."""
    draw = random.Random(0)
    with store.database.write() as connection:
        _load(connection, runs, _runs(count))
        _load(connection, points, _points(count))
        _load(connection, samples, _samples(count))
        _votes(connection, votes // 2, players, draw)
        if store.database.is_postgresql:
            _set_counters(connection)
    for number in range(count):
        (folder := store.home.run(run_id(number)).root).mkdir(parents=True)
        (folder / "weights.json").touch()
    if store.database.is_postgresql:
        with store.database.write() as connection:
            connection.execute(text("ANALYZE"))


def run_row(number: int, position: int, **changed: Any) -> dict[str, Any]:
    """A run that is done, with the outcome and the recipe of one that was recorded."""
    model = _recorded()[number % VARIANTS]
    comparison = number // VARIANTS
    row = {column.name: None for column in runs.c}
    made = {
        "id": run_id(number), "position": position, "comparison": f"comp{comparison:05}",
        "name": f"variant {number % VARIANTS}", "recipe_name": f"Bench {comparison}",
        "recipe": model["recipe"].replace("name:", f"name: n{number} #", 1), "base": "nano", "method": model["method"],
        "objective": "ppo" if number % POLICIES == 0 else "sft", "status": Status.DONE, "step": STEPS,
        "total_steps": STEPS, "outcome": json.dumps(model["outcome"], ensure_ascii=False), "stamp": new_stamp(),
        "created": BEGAN + number, "started": BEGAN + number, "ended": BEGAN + number + 1,
    }  # fmt: skip
    return row | made | changed


def _recorded() -> list[dict[str, Any]]:
    if not _RECORDED:
        _RECORDED.extend(json.loads((ASSETS / "example.json").read_text(encoding="utf-8"))["runs"])
    return _RECORDED


_RECORDED: list[dict[str, Any]] = []


def _runs(count: int) -> Iterator[dict[str, Any]]:
    return (run_row(number, number + 1) for number in range(count))


def _points(count: int) -> Iterator[dict[str, Any]]:
    number = 0
    for run in range(count):
        for step in range(1, STEPS + 1):
            value = 1.5 + 3 * math.exp(-step / 15)
            for name in (*CURVES, *(("eval_loss",) if step in LOOKED_AT else ())):
                number += 1
                yield {"id": number, "run": run_id(run), "name": name, "step": step, "value": value,
                       "time": BEGAN + run}  # fmt: skip


def _samples(count: int) -> Iterator[dict[str, Any]]:
    said = " ".join(WORDS)
    for run in range(count):
        for position in range(SAMPLES):
            yield {"id": run * SAMPLES + position + 1, "run": run_id(run), "step": STEPS, "position": position,
                   "prompt": f"Question {position}?", "answer": said, "time": BEGAN + run}  # fmt: skip


def _votes(connection: Connection, count: int, players: int, draw: random.Random) -> None:
    """`count` pairs of answers with two votes each, answers and pairs before the votes that name them."""
    names = ["base:nano", *(run_id(number) for number in range(players))]
    told: dict[str, list[float]] = {}
    for begin in range(0, count, BATCH):
        some = [(number, *sorted(draw.sample(names, 2))) for number in range(begin, min(count, begin + BATCH))]
        _load(
            connection, answers, (_answer(number, side, run) for number, *two in some for side, run in enumerate(two))
        )
        _load(connection, pairs, (_pair(number, *two) for number, *two in some))
        for number, *two in some:
            match = told.setdefault("|".join(two), [0, BEGAN + number, number])
            match[0] += 1
        _load(connection, feedback, (_vote(2 * number + i + 1, number, rater, draw) for number, *_ in some
                                     for i, rater in enumerate(draw.sample(range(RATERS), 2))))  # fmt: skip
    _load(connection, matches, (
        {"name": name, "pairs": made, "same": 0, "began": began, "front": front}
        for name, (made, began, front) in told.items()
    ))  # fmt: skip


def _answer(number: int, side: int, run: str) -> dict[str, Any]:
    said = " ".join(WORDS[(number + side + i) % len(WORDS)] for i in range(24))
    asked = json.dumps([{"role": "user", "content": f"Question {number}?"}])
    return {"id": f"ans{number:012}{side}", "run": run, "messages": asked, "text": f"{side} {said}",
            "settings": '{"temperature": 0.7, "top_p": 0.95, "length": 64, "seed": 7}', "fingerprint": "f" * 16,
            "time": BEGAN + number}  # fmt: skip


def _pair(number: int, first: str, second: str) -> dict[str, Any]:
    return {"id": pair_id(number), "place": number, "match": f"{first}|{second}", "source": "prompts", "same": False,
            "first": f"ans{number:012}0", "second": f"ans{number:012}1", "time": BEGAN + number}  # fmt: skip


def _vote(row: int, number: int, rater: int, draw: random.Random) -> dict[str, Any]:
    return {"id": row, "kind": "vote", "subject": pair_id(number), "rater": f"browser-{rater:05}",
            "verdict": draw.choice(("left", "left", "right", "tie")), "answer": f"ans{number:012}0",
            "other": f"ans{number:012}1", "reason": "", "scripted": False, "time": BEGAN + row}  # fmt: skip


def _load(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    left = iter(rows)
    if connection.dialect.name != "postgresql":
        while some := list(islice(left, BATCH)):
            connection.execute(insert(table), some)
        return
    names = [column.name for column in table.c]
    driver: Any = connection.connection.driver_connection
    quoted = ", ".join(f'"{name}"' for name in names)
    into = f"COPY {table.name} ({quoted}) FROM STDIN"
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for row in left:
            copy.write_row([row[name] for name in names])
