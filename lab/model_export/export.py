"""Writes a run's model as a folder or a file for others, checks it, and only then puts it in its place."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.errors import ModelError, RunError, in_words
from lab.home import Home
from lab.model_export.agreement import Agreement, agreement, ask
from lab.model_export.card import loading, model_card
from lab.model_export.forms import check_form, not_mergeable
from lab.model_export.gguf_agreement import gguf_agreement
from lab.model_export.gguf_file import write_gguf
from lab.model_export.heads import Head, ask_head, chain_with_head, classifier, gives_of, head_of, write_adapter_head
from lab.model_export.record import keep_record
from lab.model_export.staging import staging
from lab.models import find_base, load_chain, load_tokenizer
from lab.models.catalogue import CATALOGUE
from lab.models.chain import Chain, link_folder
from lab.models.find import local_base
from lab.models.load import merge
from lab.store import Run, Store

QUESTIONS = ("Hello!", "Tell me a story about a parrot.", "Why is the sky blue?")
MOST_QUESTIONS = 8


@dataclass(frozen=True)
class Exported:
    """What was written: the folder or file, its form, its size, and how far it is from the run's model."""

    folder: Path
    form: str
    bytes: int
    agreement: Agreement


def export_model(run_id: str, form: str, folder: Path, store: Store, type: str = "f16") -> Exported:
    """Write a run's model in a form of FORMS into `folder`, which must not be there yet or be empty.

    A GGUF has its numbers in `type`, one of TYPES; where `folder` ends in .gguf it is that file, its card beside it.
    Raises LabError, and leaves nothing, for a run without weights, a form that it can't have, and what does not say
    what the run says once it is loaded without the lab.
    """
    run = store.runs.get(run_id)
    chain = chain_with_head(run.id, store.home)
    gives = gives_of(run, chain, store.home)
    check_form(form, run, chain, _adapter_kind(chain, store.home), gives, type)
    head = None if gives == "text" else head_of(run, gives, chain, store.home)
    folder = folder.expanduser().absolute()
    file = form == "gguf" and folder.suffix.lower() == ".gguf"
    _check_free(folder, file)
    try:
        with staging(folder) as place:
            written = place / "model"
            written.mkdir()
            found = _written(Wanted(run, form, type, chain, head), written, store)
            size = sum(file.stat().st_size for file in written.rglob("*") if file.is_file())
            _put(written, folder, file)
    except OSError as problem:
        raise in_words(problem) from None
    keep_record(run.id, f"{form}_{type}" if form == "gguf" else form, size, found, store.home)
    return Exported(folder, form, size, found)


def _check_free(goal: Path, file: bool) -> None:
    """Raises RunError where there is something already."""
    if file:
        taken = next((one for one in (goal, _card_of(goal)) if one.exists()), None)
    else:
        taken = goal if goal.exists() and (not goal.is_dir() or any(goal.iterdir())) else None
    if taken is not None:
        do = "name a file that is new." if file else "name a folder that is new or empty."
        raise RunError("there is something already", where=taken, do=do)


def _put(written: Path, goal: Path, file: bool) -> None:
    if file:
        next(written.glob("*.gguf")).rename(goal)
        (written / "README.md").rename(_card_of(goal))
        return
    shutil.rmtree(goal, ignore_errors=True)
    written.rename(goal)


def _card_of(file: Path) -> Path:
    return file.with_suffix(".README.md")


@dataclass(frozen=True)
class Wanted:
    """A run's model and the form it is wanted in; `head` where it gives no text."""

    run: Run
    form: str
    type: str
    chain: Chain
    head: Head | None


def _written(wanted: Wanted, folder: Path, store: Store) -> Agreement:
    """The model is loaded once: it answers first, and is merged in place then."""
    run, form, chain, head = wanted.run, wanted.form, wanted.chain, wanted.head
    tokenizer = load_tokenizer(find_base(chain[0].ref, store.home))
    model = load_chain(chain, store.home)
    if head is None:
        asked = ask(model, tokenizer, [[{"role": "user", "content": text}] for text in _questions(run, store)])
    else:
        asked = ask_head(model, tokenizer, head, run, _questions(run, store), store.home)
    if form == "adapter":
        _write_adapter(chain, folder, store.home, head)
    else:
        model = _merged(run, chain, model)
    if form == "gguf":
        file = folder / f"{run.id}-{wanted.type}.gguf"
        words = write_gguf(model, tokenizer, file, wanted.type, _about(run, chain))
        found = gguf_agreement(file, wanted.type, words, asked)
    else:
        if form == "merged":
            (model if head is None else classifier(model, tokenizer, head)).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        found = agreement(folder, asked, "token" if head is None else "class" if head.names else "score")
    card = model_card(run, form, chain[0].ref, found, loading(form, wanted.type, head))
    (folder / "README.md").write_text(card, encoding="utf-8")
    return found


def _about(run: Run, chain: Chain) -> dict[str, str]:
    """What a GGUF file says of itself."""
    entry = CATALOGUE.get(chain[0].ref)
    told = {"name": run.name, "description": f"{chain[0].ref} tuned by {run.method} ({run.objective}), run {run.id}"}
    return told | ({"license": entry.licence.lower()} if entry else {})


def _merged(run: Run, chain: Chain, model: Any) -> Any:
    if chain[-1].kind != "adapter":
        return model
    try:
        return merge(model)
    except ModelError:
        raise not_mergeable(run) from None


def _write_adapter(chain: Chain, folder: Path, home: Home, head: Head | None) -> None:
    """The adapter's own files; with the model it lies on in `base`, where nobody can get that elsewhere."""
    kept = link_folder(chain[-1], home)
    for file in [kept / "adapter_config.json", *kept.glob("*.safetensors")]:
        shutil.copy(file, folder)
    config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    config["base_model_name_or_path"] = hub = _hub_id(chain, home)
    if hub is None:
        config["base_model_name_or_path"] = "base"
        below = load_chain(chain[:-1], home)
        (merge(below) if len(chain) > 2 and chain[-2].kind == "adapter" else below).save_pretrained(folder / "base")
    (folder / "adapter_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    if head is not None:
        write_adapter_head(folder, head)


def _hub_id(chain: Chain, home: Home) -> str | None:
    """The Hub id of the very model that the adapter lies on; None where it is another, or not on the Hub."""
    base = chain[0].ref
    if len(chain) > 2:
        return None
    return CATALOGUE[base].hub if base in CATALOGUE else base if local_base(base, home) is None else None


def _adapter_kind(chain: Chain, home: Home) -> str | None:
    if chain[-1].kind != "adapter":
        return None
    config = link_folder(chain[-1], home) / "adapter_config.json"
    return str(json.loads(config.read_text(encoding="utf-8"))["peft_type"]).lower()


def _questions(run: Run, store: Store) -> list[str]:
    """What the run was asked while it trained, and a few questions for any model."""
    asked = dict.fromkeys(one.prompt for one in store.curves.samples([run.id]))
    return [*[text for text in asked if text.strip()][: MOST_QUESTIONS - len(QUESTIONS)], *QUESTIONS]
