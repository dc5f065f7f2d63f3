"""Finds a base model by what a recipe calls it: a catalogue name, a folder, or a Hub id. Imports no torch."""

import os
import re
from pathlib import Path

from lab.errors import ModelError, nearest
from lab.home import Home, path_there
from lab.limits import HUB_MB, MEGABYTE, setting
from lab.model_ref import ModelRef
from lab.models.catalogue import CATALOGUE
from lab.models.folder import check_config, check_folder, read_json
from lab.models.hub import ANSWER_SECONDS, reach_hub
from lab.models.pull import MODEL_FILES
from lab.visitors import current
from lab.visitors.tokens import hub_token

HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?")


def find_base(base: str, home: Home) -> Path:
    """The folder of a base model (config.json, safetensors, tokenizer); a Hub id is downloaded if need be.

    Raises ModelError for what can't be found or used.
    """
    if (folder := local_base(base, home)) is not None:
        check_folder(folder)
        return folder
    return _hub_folder(base)


def local_base(base: str, home: Home) -> Path | None:
    """The folder of a catalogue name or a path; None for a Hub id. Raises ModelError for what is none of these."""
    check_open(base)
    if base in CATALOGUE:
        return _catalogue_folder(base, home)
    if not current().owns_lab:
        return None
    there = path_there(base)
    if base.startswith(("/", "./", "../", "~")) or (there and there.is_dir()):
        return (there or Path(base)).absolute()
    if ModelRef.parse(base).run is not None:
        raise ModelError(f"'{base}' is a run, not a base model", do="give the base the run started from.")
    if not HUB_ID.fullmatch(base):
        raise ModelError(f"'{base}' is not the name of a model", do=nearest(base, CATALOGUE))
    return None


def hub_bases() -> frozenset[str]:
    """The Hub ids that visitors may have fetched: those of the catalogue, or what LAB_HUB_BASES lists instead."""
    said = os.environ.get("LAB_HUB_BASES")
    if said is None:
        return frozenset(entry.hub for entry in CATALOGUE.values() if entry.hub)
    return frozenset(one.strip() for one in said.split(",") if one.strip())


def check_open(base: str) -> None:
    """Raise ModelError for a base that is not open to who is served now, whether it is there or not."""
    if not (current().owns_lab or base in CATALOGUE or base in hub_bases()):
        there = sorted({*CATALOGUE, *hub_bases()})
        raise ModelError(
            f"the model '{base}' is not open here", do=f"take one of {', '.join(there)}, or a run of yours."
        )


def hub_problem(problem: Exception, base: str) -> ModelError:
    """What went wrong between us and the Hub, in words."""
    from huggingface_hub import errors

    if isinstance(problem, errors.GatedRepoError):
        advice = "accept its terms on its page at huggingface.co, then set HF_TOKEN to a token of that account."
        return ModelError(f"the model '{base}' is gated", do=advice)
    if isinstance(problem, errors.RepositoryNotFoundError | errors.HFValidationError):
        hint = f"{nearest(base, CATALOGUE)[:-1]}, a folder, or a Hub id such as owner/name."
        return ModelError(f"there is no model '{base}' (or it is private and no HF_TOKEN is set)", do=hint)
    names = nearest(base, CATALOGUE)
    return ModelError(
        f"'{base}' is neither in the catalogue nor on this machine, and the Hub can't be reached",
        do=f"check the name ({names[:-1]}) or the connection.",
    )


def _catalogue_folder(name: str, home: Home) -> Path:
    entry = CATALOGUE[name]
    folder = entry.bundled or home.models / name
    if folder.is_dir():
        return folder
    if entry.bundled:
        raise ModelError(
            f"'{name}' is missing from this copy of the lab", where=folder, do="get the lab's files again."
        )
    raise ModelError(f"'{name}' is not on this machine yet", do=f"get it once with: lab models pull {name}")


def _hub_folder(base: str) -> Path:
    """The Hub model's folder in the Hugging Face cache: what is there already, else downloaded."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(base, local_files_only=True))
        check_folder(folder)
        return folder
    except (LocalEntryNotFoundError, HFValidationError, ModelError):
        pass  # not there, or not all of it
    _check_before_download(base)
    try:
        found = snapshot_download(
            base, etag_timeout=ANSWER_SECONDS, allow_patterns=MODEL_FILES, ignore_patterns=["*/*"], token=hub_token()
        )
    except Exception as problem:
        raise hub_problem(problem, base) from problem
    check_folder(Path(found))
    return Path(found)


def _check_before_download(base: str) -> None:
    """Refuse what can't be used before gigabytes of it have been downloaded; raises ModelError."""
    from huggingface_hub import HfApi, hf_hub_download

    try:
        reach_hub()
        known = HfApi(token=hub_token()).model_info(base, timeout=ANSWER_SECONDS, files_metadata=True).siblings or ()
        config = hf_hub_download(base, "config.json", etag_timeout=ANSWER_SECONDS, token=hub_token())
    except Exception as problem:
        raise hub_problem(problem, base) from problem
    check_config(read_json(Path(config)), base)
    weights = [file for file in known if file.rfilename.endswith(".safetensors")]
    size, most = sum(file.size or 0 for file in weights), setting("hub_mb", HUB_MB)
    if not current().owns_lab and size > most * MEGABYTE:
        raise ModelError(f"'{base}' has {size // MEGABYTE:,} MB, and {most:,} MB are fetched for a visitor",
                         do="take a smaller one, or ask the lab's owner to fetch it.")  # fmt: skip
    if not weights:
        raise ModelError(
            f"'{base}' has no safetensors, and other formats can run code when they are opened",
            do="look for an edition with safetensors, or convert it yourself and give the folder.",
        )
