"""Whether a GGUF file says what the run's model says, as llama.cpp reads it where a wheel of it is installed.

Without one transformers reads the file's numbers, and the tokens are compared as they stand in the file, not as
llama.cpp would cut texts; what was compared stands in the result.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lab.errors import ModelError
from lab.model_export.agreement import Agreement, Asked, compared, report_of, run_reader
from lab.model_export.gguf_file.stored import check_stored
from lab.model_export.gguf_file.vocabulary import Vocabulary
from lab.model_export.gguf_texts import TEXTS

READER = Path(__file__).with_name("gguf_reader.py")
WHEELS = ("xllamacpp", "llama_cpp")
HELD_TO = {"f16": (0.99, 1e-3), "q8_0": (0.9, 0.05)}
"""Of each type the least share of the same likeliest token, and the largest mean divergence in nats.

F16 rounds a weight by 1 part in 2,000, and llama.cpp's sums run in 16 bits too: 7e-7 nats on nano, 9e-6 on SmolLM2.
Q8_0 rounds a weight by up to 1 part in 254 of the largest of its 32, and llama.cpp what it is multiplied by as well:
5e-4 nats on nano; 0.012 on SmolLM2 135M, a third of it by the weights. Four times that is a fault.
"""
NUMBERS = 1_500_000
"""Log-probabilities that are asked of llama.cpp, each of which it writes as text: all tokens of small vocabularies."""
LEAST_PLACES = 16
SHOWN = 3
DIALOGS = [
    [{"role": "user", "content": "Hello!"}, {"role": "assistant", "content": "Hi. 你好!"},
     {"role": "user", "content": "Who are you?\n\n1. a bird"}],
    [{"role": "system", "content": "You are a parrot."}, {"role": "user", "content": "Sing!"}],
]  # fmt: skip
"""Conversations of more than a question, whose tokens are compared where the template takes them."""


def gguf_agreement(file: Path, type: str, words: Vocabulary, asked: Sequence[Asked]) -> Agreement:
    """Load `file` without the lab and hold it against the live model's answers. Raises ModelError where it is another
    model, reads the questions as other tokens, or can't be loaded.

    Texts that are cut differently elsewhere are told, not refused: the questions are what a chat goes by.
    """
    check_stored(file, words)
    engine = next((wheel for wheel in WHEELS if _imports(wheel)), None)
    places = _places([len(one.ids) for one in asked], words.rows)
    dialogs = _dialogs(words.tokenizer)
    wanted = {
        "questions": [one.messages for one in asked], "ids": [one.ids for one in asked], "places": places,
        "dialogs": [messages for messages, _ in dialogs], "texts": TEXTS, "width": words.rows,
        "context": max(256, 16 + max(len(one.ids) for one in asked)), "threads": _threads(),
    }  # fmt: skip
    found = _read(engine or "transformers", file, wanted)
    if engine is not None:
        _check_templates(found, asked, [ids for _, ids in dialogs])
    own = [list(words.tokenizer(text)["input_ids"]) for text in TEXTS] if engine else []
    wrong = [TEXTS[i] for i, ids in enumerate(own) if found[f"text{i}"].tolist() != ids]
    pairs = ((one.logits[[place - 1 for place in some]], found[f"logs{i}"])
             for i, (one, some) in enumerate(zip(asked, places, strict=True)))  # fmt: skip
    least, most = HELD_TO[type]
    return report_of(Agreement(
        **compared(pairs, logs=True), by=str(found["by"]), least_same=least, most_nats=most, texts=len(own),
        texts_same=len(own) - len(wrong), differing=tuple(wrong[:SHOWN]),
    ))  # fmt: skip


def _check_templates(found: Any, asked: Sequence[Asked], dialogs: Sequence[list[int]]) -> None:
    """Raises ModelError where llama.cpp's reading of a question or a longer conversation is not the run's."""
    questions = [(found[f"ids{i}"].tolist(), one.ids) for i, one in enumerate(asked)]
    longer = [(found[f"dialog{i}"].tolist(), ids) for i, ids in enumerate(dialogs)]
    for kind, pairs in (("question", questions), ("conversation", longer)):
        if any(theirs != own for theirs, own in pairs):
            raise ModelError(
                f"llama.cpp reads a {kind} as other tokens than the run does: its chat template or its way of cutting "
                "texts is another", do="take the folder: --as merged.",
            )  # fmt: skip


def _dialogs(tokenizer: Any) -> list[tuple[list[dict[str, str]], list[int]]]:
    """Those of DIALOGS that the chat template takes, with their tokens as transformers has them."""
    found = []
    for messages in DIALOGS:
        try:
            text = tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
        except Exception:  # templates refuse in ways of their own, such as a system turn
            continue
        found.append((messages, list(tokenizer(text, add_special_tokens=False)["input_ids"])))
    return found


def _threads() -> int:
    said = os.environ.get("OMP_NUM_THREADS", "").split(",")[0]
    return int(said) if said.isdigit() and int(said) else os.cpu_count() or 1


def _places(lengths: Sequence[int], width: int) -> list[list[int]]:
    """Of each question how many of its tokens are read before each look: all, or evenly spread ones and the last."""
    most = max(LEAST_PLACES, NUMBERS // width)
    every = max(1, -(-sum(lengths) // most))
    return [sorted({*range(length, 0, -every)}) for length in lengths]


def _imports(wheel: str) -> bool:
    """Whether a process by itself can import it: a wheel may be there that does not fit the machine."""
    from importlib.util import find_spec

    if find_spec(wheel) is None:
        return False
    return subprocess.run([sys.executable, "-I", "-c", f"import {wheel}"], capture_output=True).returncode == 0


def _read(engine: str, file: Path, wanted: dict[str, Any]) -> Any:
    """What `gguf_reader.py` found, in a process that knows nothing of the lab."""
    import numpy as np

    with tempfile.TemporaryDirectory() as place:
        question, out = Path(place) / "asked.json", Path(place) / "out.npz"
        question.write_text(json.dumps(wanted), encoding="utf-8")
        told = run_reader(READER, engine, str(file), str(question), str(out))
        if told.returncode or not out.exists():
            raise ModelError(f"{engine} can't load the GGUF file ({_reason(told)})",
                             do="take the folder: --as merged, and tell us: this is a fault of the lab.")  # fmt: skip
        with np.load(out) as arrays:
            return {name: arrays[name] for name in arrays.files}


def _reason(told: "subprocess.CompletedProcess[bytes]") -> str:
    """Why a reader failed: what it says itself, else the last error in llama.cpp's log."""
    said, log = (text.decode(errors="replace").strip().splitlines() for text in (told.stdout, told.stderr))
    errors = [line for line in log if "error" in line.lower()]
    return (said or errors or log or ["no word why"])[-1][:300]
