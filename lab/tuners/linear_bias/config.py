"""The settings of bias tuning, kept in adapter_config.json."""

from dataclasses import dataclass, field

from peft import PeftConfig, PeftType


@dataclass
class LinearBiasConfig(PeftConfig):
    """`target_modules` are linear layers."""

    target_modules: list[str] | set[str] | str | None = field(default=None)
    exclude_modules: list[str] | str | None = field(default=None)
    modules_to_save: list[str] | None = field(default=None)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.peft_type = PeftType["LINEAR_BIAS"]
        if isinstance(self.target_modules, list):
            self.target_modules = set(self.target_modules)
