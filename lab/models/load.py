"""Loads weights: a base model from its folder, and the later links of a chain on top of it.

Safetensors only, and never any code that comes with a model.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lab.errors import LabError, ModelError
from lab.home import Home
from lab.models.chain import Link, link_folder, quantized
from lab.models.find import find_base
from lab.models.folder import check_folder
from lab.models.precision import dtype_of, precision_of
from lab.models.quantize import loading, stay_unpacked


def load_model(folder: Path, precision: str = "fp32", quantize: str = "none") -> Any:
    """The causal LM in `folder`, in evaluation mode; raises ModelError for what can't be one.

    Its weights are in the dtype of `precision` (see `lab.models.precision`). It is on the CPU, but for one in 8 or 4
    bits, which is where it computes.
    """
    from transformers import AutoModelForCausalLM

    check_folder(folder)
    with in_words("the model can't be loaded", folder):
        model = AutoModelForCausalLM.from_pretrained(
            folder, dtype=dtype_of(precision), use_safetensors=True, trust_remote_code=False,
            attn_implementation="sdpa", **loading(quantize, precision),
        ).eval()  # fmt: skip
        return model if quantize == "none" else stay_unpacked(model)


def load_chain(
    chain: Sequence[Link], home: Home, precision: str | None = None, warm: Any = None, trainable_last: bool = False
) -> Any:
    """The model a chain leads to, in the precision of the chain itself where none is given.

    `warm` is its base, loaded already; it is used up, or left alone where its dtype is another.

    Every adapter but the last is merged; an adapter at the end stays live as a PeftModel (adapter name "default"),
    ready to be trained further with `trainable_last`. Raises ModelError.
    """
    begin = max((i for i, link in enumerate(chain) if link.kind == "model"), default=0)
    quantize, precision = quantized(chain), precision or precision_of(chain, home)
    fitting = warm is not None and warm.dtype == dtype_of(precision)
    if fitting and begin == 0 and quantize == "none":
        model = warm
    else:
        model = load_model(_folder(chain[begin], home), precision, quantize)
    for link in chain[begin + 1 :]:
        model = apply_link(model, link, home, trainable=trainable_last and link is chain[-1])
    return model


def apply_link(model: Any, link: Link, home: Home, trainable: bool = False) -> Any:
    """`model` with one more adapter or set of tensors; an adapter it already has is merged first. Raises ModelError."""
    from peft import PeftModel

    import lab.tuners  # noqa: F401 (registers the adapters that PEFT does not have)

    if isinstance(model, PeftModel):
        model = merge(model)
    folder = link_folder(link, home)
    with in_words(f"the weights of '{link.ref}' can't be put on their base", folder):
        if link.kind == "adapter":
            return _with_adapter(model, folder, trainable)
        _lay_over(model, folder)
        return model


def _with_adapter(model: Any, folder: Path, trainable: bool) -> Any:
    """`model` with the adapter in `folder`, which may go on learning; PEFT loads virtual tokens only to be used."""
    from peft import PeftConfig, PeftModel

    prompt_like = PeftConfig.from_pretrained(folder).is_prompt_learning
    adapted = PeftModel.from_pretrained(model, folder, is_trainable=trainable and not prompt_like)
    if trainable and prompt_like:
        adapted.active_peft_config.inference_mode = False
        adapted.prompt_encoder[adapted.active_adapter].requires_grad_(True)
    return adapted.train(trainable)


def merge(model: Any) -> Any:
    """A PeftModel's base with the adapter added into it; raises ModelError where that is impossible."""
    try:
        return model.merge_and_unload()
    except (AttributeError, NotImplementedError, ValueError) as problem:
        kind = next(iter(model.peft_config.values())).peft_type.value
        raise ModelError(f"a {kind} adapter can't be merged into its base") from problem


@contextmanager
def in_words(what: str, where: Path) -> Iterator[None]:
    """Whatever goes wrong inside becomes a ModelError saying what could not be done: these libraries raise anything."""
    try:
        yield
    except LabError:
        raise
    except Exception as problem:
        reason = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        raise ModelError(f"{what} ({reason[:300]})", where=where) from problem


def _folder(link: Link, home: Home) -> Path:
    return find_base(link.ref, home) if link.kind == "base" else link_folder(link, home)


def _lay_over(model: Any, folder: Path) -> None:
    """Put a stage's tensors in the place of the model's parameters of the same names.

    The old ones are left as they are: another model may share their memory.
    """
    from safetensors import safe_open

    for file in sorted(folder.glob("*.safetensors")):
        with safe_open(file, framework="pt") as tensors:
            for name in tensors.keys():  # noqa: SIM118 (not a dict)
                weight, tensor = model.get_parameter(name), tensors.get_tensor(name)
                if weight.shape != tensor.shape:
                    raise ValueError(f"{name} is {tuple(tensor.shape)}, should be {tuple(weight.shape)}")
                weight.data = tensor.to(weight.device, weight.dtype)
