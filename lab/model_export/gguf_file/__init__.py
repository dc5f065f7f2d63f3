"""A model as one GGUF file, which llama.cpp and what is built on it (Ollama, LM Studio, …) run: shapes, weights, words.

Written with the `gguf` library. Whether llama.cpp then says what the run says is measured in
`lab.model_export.gguf_agreement`, not believed.
"""

from lab.model_export.gguf_file.write import write_gguf

__all__ = ["write_gguf"]
