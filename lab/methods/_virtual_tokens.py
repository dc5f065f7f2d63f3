"""What the prompt-like methods share: the knob for virtual tokens, and how to keep them when an encoder made them.

PEFT keeps the finished virtual tokens only. That is all an answer needs, so they are saved as a plain prompt or prefix,
which can be trained further; a checkpoint in mid-training also keeps the encoder that makes them.
"""

from pathlib import Path
from typing import Any

from lab.card import Number, Text
from lab.models import ModelShape

TOKENS = Number(
    "tokens", Text("Virtual tokens", "虚拟 token 数"), 10, 1, 512, whole=True, log=True,
    help=Text("How many trained positions come before the text. Each one costs a bit of speed.",
              "在输入前面加多少个可训练的虚拟 token;每多一个,推理就稍慢一点。"),
)  # fmt: skip

ADAPTER_FILE = "adapter_model.safetensors"
ENCODER_FILE = "prompt_encoder.safetensors"


def kv_size(shape: ModelShape) -> int:
    """Numbers in one position's keys (and in its values) of one layer, all heads together."""
    heads = shape.config.get("num_attention_heads") or shape.config.get("n_head") or 1
    head = shape.config.get("head_dim") or shape.hidden // heads
    return head * (shape.config.get("num_key_value_heads") or heads)


def save_finished(model: Any, folder: Path, plain: Any) -> None:
    """Write the virtual tokens as they come out of their encoder, as an adapter of the config `plain`."""
    from safetensors.torch import save_file

    tokens = model.get_prompt_embedding_to_save("default").detach().contiguous()
    config = model.active_peft_config
    for name in ("token_dim", "num_layers", "num_attention_heads", "num_transformer_submodules"):
        setattr(plain, name, getattr(config, name))
    plain.base_model_name_or_path = config.base_model_name_or_path
    plain.inference_mode = True
    plain.save_pretrained(folder)
    save_file({"prompt_embeddings": tokens}, folder / ADAPTER_FILE, metadata={"format": "pt"})


def encoder_keeper(model: Any) -> Any:
    """A trainer callback that writes the encoder beside each checkpoint and puts it back when training resumes.

    The finished tokens in the checkpoint are passed over then: they can't be turned back into the encoder's weights.
    """
    from safetensors.torch import load_file, save_file
    from transformers import TrainerCallback

    encoder = model.prompt_encoder["default"]
    encoder._load_adapter_state_dict = lambda state_dict: None

    class EncoderKeeper(TrainerCallback):
        def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
            save_file(
                {name: tensor.contiguous() for name, tensor in encoder.state_dict().items()}, folder / ENCODER_FILE
            )

        def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            kept = Path(args.output_dir) / f"checkpoint-{state.global_step}" / ENCODER_FILE
            if kept.exists():
                encoder.load_state_dict(load_file(kept))

    return EncoderKeeper()
