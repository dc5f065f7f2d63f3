"""Shapes of well-known models, written from their config.json: no weights, no download."""

from lab.models import ModelShape


def llama_like(hidden, middle, layers, heads, key_heads, vocab, stored=2, **more):
    """A Llama's parameters by name; `stored` is the bytes a number takes in its files."""
    keys = hidden // heads * key_heads
    tensors = {"model.embed_tokens.weight": (vocab, hidden), "model.norm.weight": (hidden,)}
    for layer in range(layers):
        name = f"model.layers.{layer}"
        sizes = {
            "q_proj": (hidden, hidden),
            "k_proj": (keys, hidden),
            "v_proj": (keys, hidden),
            "o_proj": (hidden, hidden),
        }
        tensors |= {f"{name}.self_attn.{part}.weight": size for part, size in sizes.items()}
        sizes = {"gate_proj": (middle, hidden), "up_proj": (middle, hidden), "down_proj": (hidden, middle)}
        tensors |= {f"{name}.mlp.{part}.weight": size for part, size in sizes.items()}
        tensors |= {f"{name}.{norm}.weight": (hidden,) for norm in ("input_layernorm", "post_attention_layernorm")}
    config = config_of(hidden, middle, layers, heads, key_heads, vocab) | more
    return ModelShape(config, tensors | {"lm_head.weight": (vocab, hidden)}, stored)


def config_of(hidden, middle, layers, heads, key_heads, vocab):
    """The config.json of such a model."""
    return {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": hidden, "vocab_size": vocab,
        "intermediate_size": middle, "num_hidden_layers": layers, "num_attention_heads": heads, "dtype": "bfloat16",
        "num_key_value_heads": key_heads, "max_position_embeddings": 8192, "tie_word_embeddings": False,
    }  # fmt: skip


LLAMA_3_8B = (4096, 14336, 32, 32, 8, 128256)
LLAMA_2_7B = (4096, 11008, 32, 32, 32, 32000)
LLAMA_3_70B = (8192, 28672, 80, 64, 8, 128256)
