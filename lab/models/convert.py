"""Turns a GGUF file into a plain model folder (safetensors, tokenizer, chat template), and tries models out.

Run as a program (`python -m lab.models.convert FOLDER [GGUF]`), so that the process which asks need not import torch.
"""

import sys
from pathlib import Path
from typing import Any

SENTENCE = "The sky is blue and the grass is green. Water is wet, and the sun rises in the east."
HIGHEST_LOSS = 6.0
"""Nats a token on SENTENCE. SmolLM2 has 2.6; a model whose weights went into the wrong places has 10 or more."""


def convert(gguf: Path, folder: Path) -> None:
    """Write the model in `gguf` to `folder` in bf16 (its 4-bit weights lose nothing that matters)."""
    import torch
    from transformers import AutoModelForCausalLM

    source = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
    config = source.config
    if hasattr(config, "quantization_config"):
        del config.quantization_config
    config.rms_norm_eps = float(f"{config.rms_norm_eps:.3g}")  # 9.999999747378752e-06 in the file
    # A model read from GGUF refuses to be saved ("quantized with gguf"), so its weights move into a plain one.
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    model.load_state_dict(source.state_dict())
    model.generation_config = source.generation_config
    model.to(torch.bfloat16).save_pretrained(folder)
    _tokenizer(gguf).save_pretrained(folder)


def _tokenizer(gguf: Path) -> Any:
    """The file's tokenizer, mended."""
    from tokenizers import pre_tokenizers
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    # SmolLM2 splits digits off before anything else; transformers' conversion leaves that out, which changes how
    # spaces before numbers are cut.
    tokenizer.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.model_max_length = 8192
    return tokenizer


def try_out(folder: Path) -> float:
    """The model's loss on a plain sentence, in nats a token, from a forward pass; SystemExit if it is senseless."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, use_safetensors=True)
    ids = torch.tensor([AutoTokenizer.from_pretrained(folder)(SENTENCE)["input_ids"]])
    with torch.inference_mode():
        loss = float(model(input_ids=ids, labels=ids).loss)
    if not loss < HIGHEST_LOSS:
        sys.exit(f"the model makes no sense: {loss:.2f} nats a token on a plain sentence")
    return loss


def main(folder: str, gguf: str | None = None) -> None:
    if gguf:
        convert(Path(gguf), Path(folder))
    print(f"{try_out(Path(folder)):.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
