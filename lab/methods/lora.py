"""LoRA: a low-rank update beside each linear layer."""

from lab.card import Choice, MethodCard, Number, Text

CARD = MethodCard(
    id="lora",
    name=Text("LoRA", "LoRA 低秩适配"),
    family="low-rank",
    explain=Text(
        "Each weight matrix W stays frozen and gets a small companion BA beside it, a product of two thin matrices; only "
        "those are trained. The companion can be added into W afterwards, so the tuned model costs nothing extra to run.",
        "原权重矩阵 W 保持不动,在旁边加一个由两个细长矩阵相乘得到的低秩矩阵 BA,只训练它,用来模拟全量微调。训练完可以把 BA 加回 W,推理没有额外开销。",
    ),
    good=Text("The safe first choice: cheap, small to store, many variants on one base.", "稳妥的首选:省显存、文件小,一个底座可以挂很多版本。"),
    bad=Text("Knowledge that needs more change than the rank allows.", "需要的改动超过低秩所能表达时。"),
    paper="Hu et al. 2021, arXiv:2106.09685",
    knobs=(
        Number("r", Text("Rank", "秩 r"), 8, 1, 512, whole=True, log=True,
               help=Text("Width of the companion: more rank, more to learn with, more to store.", "低秩矩阵的宽度:越大能学的越多,文件也越大。")),
        Number("alpha", Text("Alpha", "缩放 α"), 16, 0.1, 1024,
               help=Text("The update is scaled by alpha / rank.", "更新量按 α / r 缩放。")),
        Choice("where", Text("Layers", "作用位置"), "all", ("all", "attention", "mlp"),
               help=Text("Which linear layers get a companion.", "给哪些线性层加低秩矩阵。")),
        Number("dropout", Text("Dropout", "随机失活"), 0.0, 0.0, 0.9,
               help=Text("Share of the companion's input dropped while training.", "训练时随机丢弃旁路输入的比例。")),
    ),
    learning_rate=5e-3,
)  # fmt: skip


def count(shape, *, r: int, where: str, **_) -> int:
    """Trainable parameters: r × (inputs + outputs) of each chosen linear layer."""
    return sum(
        r * (linear.inp + linear.out) for linear in shape.linears if linear.name in targets(shape.linears, where)
    )


def build(model, *, steps: int, seed: int, r: int, alpha: float, where: str, dropout: float):
    """`model` with a LoRA adapter on its linear layers; the base is frozen."""
    from peft import LoraConfig, get_peft_model

    chosen = "all-linear" if where == "all" else list(ENDINGS[where])
    config = LoraConfig(r=r, lora_alpha=alpha, lora_dropout=dropout, target_modules=chosen, task_type="CAUSAL_LM")
    return get_peft_model(model, config)


ENDINGS = {
    "attention": ("q_proj", "k_proj", "v_proj", "o_proj", "c_attn", "query_key_value"),
    "mlp": ("gate_proj", "up_proj", "down_proj", "c_fc", "fc1", "fc2"),
}


def targets(linears, where: str) -> set[str]:
    """The names of the linear layers that `where` means."""
    names = {linear.name for linear in linears}
    return names if where == "all" else {name for name in names if name.endswith(ENDINGS[where])}
