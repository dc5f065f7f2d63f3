"""What a run that draws or describes keeps beside its weights, and its model loaded again.

The file says which of the two it does, and how a picture is read; the new rows, and the encoder if there is one, lie
beside it. Reading the file loads no torch.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from lab.errors import ModelError
from lab.home import Home
from lab.models import Chain, chain_of, find_base, load_chain, load_tokenizer
from lab.models.chain import link_folder
from lab.models.load import in_words

FOLDER = "pictures"
"""A folder of its own, so that nobody takes the new rows for weights of the base."""
FILE, WEIGHTS = "pictures.json", "pictures.safetensors"


@dataclass(frozen=True)
class Kept:
    """What a run does with pictures."""

    does: Literal["draw", "describe"]
    see: Literal["tokens", "encoder"] = "tokens"
    """How a picture is read: as picture tokens, or by an encoder."""
    scale: float = 1.0
    """The size of the numbers that the encoder gives."""


@dataclass(frozen=True)
class PictureModel:
    """A model that draws or describes, ready to be asked."""

    kept: Kept
    seeing: Any
    tokenizer: Any


def keep_pictures(kept: Kept, seeing: Any, folder: Path) -> None:
    """Write what a stage does with pictures, and the weights for it, into its folder."""
    from safetensors.torch import save_file

    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    (folder / FOLDER / FILE).write_text(json.dumps(asdict(kept), indent=1), encoding="utf-8")
    weights = {name: one.detach().cpu().contiguous() for name, one in seeing.own_weights().items()}
    save_file(weights, folder / FOLDER / WEIGHTS)


def kept_in(folder: Path | None) -> Kept | None:
    """What a stage's folder says of pictures; None for one that has nothing to do with them."""
    file = folder / FOLDER / FILE if folder else None
    if file is None or not file.is_file():
        return None
    return Kept(**json.loads(file.read_text(encoding="utf-8")))


def pictures_of(chain: Chain, home: Home) -> Kept | None:
    """What the model at the end of a chain does with pictures; None for one that has nothing to do with them."""
    return kept_in(link_folder(chain[-1], home)) if len(chain) > 1 else None


def seeing_on(language: Any, kept: Kept, seed: int, start: Path | None = None) -> Any:
    """`language` with what it needs for pictures around it; what a stage in the folder `start` has learned of that is
    gone on with, of an encoder only where both have one."""
    from lab.objectives.cross_modal.encoder import make_encoder
    from lab.objectives.cross_modal.seeing import Seeing

    encoder = None
    if kept.see == "encoder":
        width = int(language.get_input_embeddings().weight.shape[1])
        encoder = make_encoder(width, kept.scale, seed)
    seeing = Seeing(language, seed, encoder).to(language.device)
    if start is not None and kept_in(start):
        load_weights(seeing, start)
    return seeing


def load_weights(seeing: Any, folder: Path) -> None:
    """Put what a stage left into `seeing`; raises ModelError."""
    from safetensors.torch import load_file

    with in_words("what the run learned of pictures can't be loaded", folder / FOLDER):
        found = load_file(folder / FOLDER / WEIGHTS)
        for name, weight in seeing.own_weights().items():
            if name in found:
                weight.data.copy_(found[name])


def usual_size(language: Any) -> float:
    """The usual size of the numbers that a word is read into."""
    import torch

    embedding = language.get_input_embeddings()
    rows = min(4096, int(embedding.weight.shape[0]))
    with torch.no_grad():
        found = embedding(torch.arange(rows, device=embedding.weight.device)).float()
    return float(found.pow(2).mean().sqrt())


def load_pictures(ref: str, home: Home) -> PictureModel:
    """The model of `run:<id>` that draws or describes, ready to be asked; raises ModelError where there is none."""
    chain = chain_of(ref, home)
    kept = pictures_of(chain, home)
    if kept is None:
        raise ModelError(f"'{ref}' has nothing to do with pictures", do="name a run of the objective draw or describe.")
    model, tokenizer = load_chain(chain, home), load_tokenizer(find_base(chain[0].ref, home))
    return PictureModel(kept, seeing_on(model, kept, 0, link_folder(chain[-1], home)), tokenizer)


def draw_captions(model: PictureModel, captions: Sequence[str]) -> list[str]:
    """What a loaded model draws, always the likeliest."""
    from lab.objectives.cross_modal.answering import draw
    from lab.objectives.cross_modal.rows import to_draw

    rows = to_draw(model.tokenizer, captions, None, model.seeing.words)
    return [drawn or "" for drawn in draw(model.seeing, model.tokenizer, rows)]
