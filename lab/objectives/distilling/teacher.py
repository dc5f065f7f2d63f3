"""The teacher of a stage, loaded to write or to be followed: any base, or what an earlier run or stage left."""

from typing import Any

from lab.data.thoughts import thinks
from lab.home import Home
from lab.models import chain_of, find_base, load_chain, load_tokenizer
from lab.models.folder import weight_files


def load_teacher(teacher: str, home: Home) -> tuple[Any, Any]:
    """The teacher, where it computes, never to be changed, and its own tokenizer. Raises ModelError."""
    import torch

    chain = chain_of(teacher, home)
    tokenizer = load_tokenizer(find_base(chain[0].ref, home))
    tokenizer.thinks = thinks(chain, home)
    model = load_chain(chain, home).requires_grad_(False).eval()
    return model.to("cuda") if torch.cuda.is_available() else model, tokenizer


def identity(teacher: str, home: Home) -> list[Any]:
    """What tells the teacher's weights from all others; a folder may come to hold others, so it has its files' dates."""
    chain = chain_of(teacher, home)
    files = [file.stat() for file in weight_files(find_base(chain[0].ref, home))]
    return [*([link.kind, link.ref, link.knobs] for link in chain), *((f.st_mtime_ns, f.st_size) for f in files)]
