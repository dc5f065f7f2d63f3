"""Every method, family and combination that the article names is on the map, by its Chinese name, and can be tried.

The article is a Chinese introduction to fine-tuning, which the lab implements; its terms are listed in its order.
"""

import pytest

from lab import words
from lab.recipe import build_recipe, resolve
from lab.recipe.fields import built_in_fields
from lab.ui.learn import Learn

METHODS = {
    "全量微调": "full", "模型冻结": "freeze", "Prefix Tuning": "prefix", "Prompt Tuning": "prompt",
    "P-Tuning": "p_tuning", "Adapter": "adapter", "LoRA": "lora", "AdaLoRA": "adalora",
}  # fmt: skip
OBJECTIVES = {
    "监督学习微调": ["sft"], "无监督学习微调": ["pretrain"], "聚类": ["cluster"], "自编码": ["denoise"],
    "半监督学习微调": ["self_train"], "跨模态": ["draw", "describe"],
    "强化学习微调": ["ppo", "grpo", "rloo"], "文本分类": ["classify"],
    "多任务学习": ["multi_task"], "MAML": ["maml"], "元学习": ["maml", "reptile"], "奖励模型": ["reward"],
}  # fmt: skip
WAYS = {
    "任务特定微调": "one_task", "多任务微调": "several_tasks", "领域适应微调": "domain", "DAFT": "domain",
    "增量微调": "incremental", "IFT": "incremental", "微调后冻结": "tune_then_freeze", "FTFF": "tune_then_freeze",
    "迁移学习": "transfer", "元学习": "meta", "人类反馈强化学习": "rlhf", "RLHF": "rlhf", "与全量微调结合": "rlhf_full",
    "与参数高效微调结合": "rlhf_peft", "与多任务学习结合": "rlhf_tasks", "与迁移学习结合": "rlhf_transfer",
}  # fmt: skip
AGAINST_OVERFITTING = {
    "过拟合": "overfitting", "简单的模型": "simpler_model", "更多的训练数据": "more_data", "数据增强": "augmentation",
    "正则化": "regularisation", "L1": "regularisation", "L2": "regularisation", "交叉验证": "cross_validation",
    "早停法": "early_stopping", "early stopping": "early_stopping",
}  # fmt: skip
HEADINGS = (
    "按参数更新范围",
    "按学习策略",
    "按任务类型",
    "按应用领域",
    "按微调过程的特点",
    "全量微调 FFT",
    "参数高效微调 PEFT",
)
BEYOND = {"知识蒸馏": "distill"}
"""Signals that the article leaves open, by their Chinese names."""
NOT_BUILT = {"Q学习": "RLHF's steps name it beside policy gradients, which is what PPO, GRPO and RLOO are"}
"""What the article names in passing and the lab has no card for; this says why."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    from lab.home import Home

    return Learn(Home(tmp_path_factory.mktemp("article"))).map({})


def named(cards, card_id):
    (card,) = [one for one in cards if one["id"] == card_id]
    return card


def chinese(card, family_words=True):
    """A card's Chinese words, with the name of its family."""
    family = words.words("zh").get(f"family.{card.get('family')}", "") if family_words else ""
    return " ".join((card["name"]["zh"], card["explain"]["zh"], family))


@pytest.mark.parametrize(("term", "method"), METHODS.items())
def test_each_method_is_a_card_that_can_be_tried(seen, term, method):
    card = named(seen["methods"], method)
    assert term.lower() in (chinese(card) + " " + card["name"]["en"]).lower()
    assert f"recipes/peft/{method}.yaml" in built_in_fields()


@pytest.mark.parametrize(
    ("term", "objective"), [*((term, one) for term, some in OBJECTIVES.items() for one in some), *BEYOND.items()]
)
def test_each_signal_is_a_card_with_a_recipe(seen, term, objective):
    card = named(seen["objectives"], objective)
    assert term in chinese(card)
    assert card["try"], "no recipe shows it"
    assert card["family"] in seen["strategies"]


@pytest.mark.parametrize(("term", "way"), (WAYS | AGAINST_OVERFITTING).items())
def test_each_way_and_each_combination_opens_a_recipe_that_runs(seen, term, way):
    card = named(seen["recipe_cards"], way)
    assert term.lower() in card["name"]["zh"].lower()
    assert resolve(build_recipe(built_in_fields()[card["recipe"]]))


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_map_is_divided_as_the_article_divides(heading):
    assert any(heading in said for key, said in words.words("zh").items() if key.startswith("learn."))


def test_what_is_not_built_is_not_promised(seen):
    said = [chinese(card) for kind in ("methods", "objectives", "recipe_cards") for card in seen[kind]]
    assert not [term for term in NOT_BUILT if any(term in one for one in said)]
