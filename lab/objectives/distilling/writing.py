"""What a teacher writes to questions: each answer written once and kept, for all runs that have the same teacher."""

import fcntl
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lab.generate.complete import complete_ids, conversation_ids
from lab.generate.prompts import eos_ids, room_for
from lab.generate.text_stream import HALF, decode
from lab.generate.types import Sampling
from lab.home import Home
from lab.objectives.distilling.teacher import identity, load_teacher

Message = dict[str, Any]


@dataclass(frozen=True)
class Writing:
    """How a teacher writes: greedy at temperature 0; an answer of `answer_tokens` tokens is cut."""

    answer_tokens: int
    temperature: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Written:
    """One answer, and whether it ended by itself."""

    text: str
    ended: bool


def written_by(teacher: str, home: Home, questions: Sequence[Sequence[Message]], writing: Writing) -> list[Written]:
    """The teacher's answer to each question, in their order; it is loaded only where one is not written yet.

    Raises ModelError where there is no such teacher. Runs that start together wait for the one that writes.
    """
    file = home.cache / f"teacher-{_key(teacher, home, writing)}.json"
    asked = [json.dumps(question, ensure_ascii=False, sort_keys=True) for question in questions]
    with _locked(file.with_suffix(".lock")):
        known = _read(file)
        new = {key: question for key, question in zip(asked, questions, strict=True) if key not in known}
        if new:
            print(f"the teacher {teacher} writes {len(new):,} answers", flush=True)
            known |= dict(zip(new, _write(teacher, home, list(new.values()), list(new), writing), strict=True))
            unfinished = file.with_suffix(".partial")
            raw = {key: asdict(one) for key, one in known.items()}
            unfinished.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
            unfinished.replace(file)
    return [known[key] for key in asked]


def _write(
    teacher: str, home: Home, questions: Sequence[Sequence[Message]], keys: Sequence[str], writing: Writing
) -> list[Written]:
    model, tokenizer = load_teacher(teacher, home)
    room, longest = room_for(model, writing.answer_tokens)
    sampling = Sampling(writing.temperature, 1.0, longest, 0)
    seeds = [_seed(key, writing.seed) for key in keys] if writing.temperature else []
    given = [conversation_ids(tokenizer, question, room) for question in questions]
    ends = set(eos_ids(model, tokenizer))
    answers = complete_ids(model, tokenizer, given, sampling, seeds)
    return [
        Written(decode(tokenizer, ids).rstrip(HALF).strip(), bool(ids) and ids[-1] in ends) for ids in answers
    ]  # fmt: skip


def _seed(key: str, seed: int) -> int:
    """A seed of each question's own, so that an answer does not hang on what else is asked."""
    return int.from_bytes(hashlib.sha256(f"{seed} {key}".encode()).digest()[:3], "big")


def _key(teacher: str, home: Home, writing: Writing) -> str:
    how = asdict(writing) if writing.temperature else asdict(writing) | {"seed": 0}
    parts = [identity(teacher, home), how]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:24]


def _read(file: Path) -> dict[str, Written]:
    try:
        return {key: Written(**one) for key, one in json.loads(file.read_text(encoding="utf-8")).items()}
    except FileNotFoundError:
        return {}


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
