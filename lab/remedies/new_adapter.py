"""A new adapter a stage: what was learned before is added into the base and stays there."""

from lab.card import RemedyCard, Text

CARD = RemedyCard(
    id="new_adapter",
    name=Text("A new adapter", "每批一个新适配器"),
    explain=Text(
        "The adapter of the stage before is added into the base and frozen there; the stage trains one of its own. Every "
        "batch of data leaves a small file, and any of them can be taken off again. In use they all count at once.",
        "上一阶段的适配器并入底座并冻结,本阶段另训一个。每批数据留下一个小文件,需要时可以单独撤掉;使用时它们同时起作用。",
    ),
    good=Text("You want to keep, swap or withdraw what each batch taught.", "想单独保存、替换或撤回某一批数据学到的东西。"),
    bad=Text(
        "Alone it does not stop forgetting: the new adapter answers old questions too.",
        "单靠它不能防止遗忘:新适配器同样会改变对旧问题的回答。",
    ),
    paper="Hu et al. 2021, arXiv:2106.09685",
    new_adapter=True,
)  # fmt: skip
