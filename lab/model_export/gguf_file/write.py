"""Writes a causal LM with its tokenizer as a GGUF file."""

from pathlib import Path
from typing import Any

from lab.model_export.gguf_file.architecture import add_shape, architecture_of
from lab.model_export.gguf_file.tensors import tensors_of
from lab.model_export.gguf_file.vocabulary import Vocabulary, add_vocabulary


def write_gguf(model: Any, tokenizer: Any, file: Path, type: str, about: dict[str, str]) -> Vocabulary:
    """Write `model`, whose adapters are merged, to `file`; returns the tokenizer as it was written.

    `type` is one of `lab.model_export.forms.TYPES`; `about` has the `name`, and a `license` and a `description` where
    there are. Raises ModelError for models, tokenizers and weights that llama.cpp does not have.
    """
    import gguf
    import numpy as np

    shape = architecture_of(model.config)
    words = Vocabulary(tokenizer, int(model.get_input_embeddings().weight.shape[0]))
    writer = gguf.GGUFWriter(file, shape.name)
    try:
        for name, text in about.items():
            writer.add_string(f"general.{name}", text)
        writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16 if type == "f16" else gguf.LlamaFileType.MOSTLY_Q8_0)
        writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
        add_shape(writer, shape)
        add_vocabulary(writer, words)
        tensors = tensors_of(model, shape, type)
        for one in tensors:
            writer.add_tensor_info(one.name, one.shape, np.dtype(np.float32), one.bytes, raw_dtype=one.kind)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for one in tensors:
            writer.write_tensor_data(one.numbers(shape))
    finally:
        writer.close()
    return words
