"""The settings of a bottleneck adapter, kept in adapter_config.json."""

from dataclasses import dataclass, field

from peft import PeftConfig, PeftType

MODULES = {
    "attention": ("self_attn", "attn", "attention", "self_attention"),
    "mlp": ("mlp", "feed_forward"),
}
"""What families of models call the two halves of a block."""


@dataclass
class BottleneckConfig(PeftConfig):
    """`target_modules` are block halves (attention, MLP); `width` is the bottleneck, `hidden` the model's width."""

    target_modules: list[str] | set[str] | str | None = field(default=None)
    exclude_modules: list[str] | str | None = field(default=None)
    modules_to_save: list[str] | None = field(default=None)
    width: int = field(default=16)
    hidden: int | None = field(default=None)
    activation: str = field(default="relu")
    parallel: bool = field(default=False)
    scale: float = field(default=1.0)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.peft_type = PeftType["BOTTLENECK"]
        if isinstance(self.target_modules, list):
            self.target_modules = set(self.target_modules)
