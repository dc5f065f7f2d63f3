"""What an advised way is called, and what its recipe says of itself, in two languages."""

import re
from collections.abc import Sequence

from lab.card import Text, find_cards
from lab.planning.advice.answers import Answers
from lab.planning.advice.candidates import Candidate
from lab.planning.advice.recipes import examples
from lab.planning.advice.ways import EARLY_STOP, MIXED_IN, Cure, Way

OWN = {
    EARLY_STOP.id: Text("early stopping", "早停"),
    MIXED_IN.id: Text("old questions mixed in", "混入旧题"),
}  # fmt: skip
KINDS = {
    "parts": Text("{0}, in parts one after the other", "{0}，分批先后学习"),
    "one_stage": Text("{0}", "{0}"),
}  # fmt: skip
THEN = Text("{0}, then {1}", "先{0}，再{1}")


def title_of(one: Candidate) -> Text:
    """The method and the way: "LoRA: supervised fine-tuning"."""
    way = way_words(one.way)
    cures = [cure_words(cure) for cure in one.cures]
    english, chinese = [cure.en for cure in cures], [cure.zh for cure in cures]
    return Text(
        f"{one.method.name.en}: {way.en}" + (f", with {' and '.join(english)}" if english else ""),
        f"{one.method.name.zh}：{way.zh}" + (f"，配合{'、'.join(chinese)}" if chinese else ""),
    )


def way_words(way: Way) -> Text:
    """The objectives of a way, one after the other."""
    names = [Text(card.name.en.split(":")[0], re.split("[:：]", card.name.zh)[0]) for card in way.objectives]
    said = KINDS.get(way.kind, THEN)
    return Text(said.en.format(*(name.en for name in names)), said.zh.format(*(name.zh for name in names)))


def cure_words(cure: Cure) -> Text:
    """What a remedy is called."""
    if cure.id in OWN:
        return OWN[cure.id]
    name: Text = find_cards("lab.remedies")[cure.id].CARD.name
    return Text(name.en[0].lower() + name.en[1:] if name.en[1:2].islower() else name.en, name.zh)


def note_of(way: Way, answers: Answers, because: Sequence[Text]) -> Text:
    """What the recipe says of itself: why it is advised, and which rows stand in for somebody's own."""
    english = "Advised because " + "; ".join(one.en for one in because) + "." if because else ""
    chinese = "推荐理由：" + "；".join(one.zh for one in because) + "。" if because else ""
    if names := examples(way, answers):
        english += f" The rows ({', '.join(names)}) are examples: put your own in their place."
        chinese += f"数据（{'、'.join(names)}）只是示例，请换成你自己的。"
    if way.last.taught:
        english += " The first stage only stands for a larger model: name yours as teacher instead."
        chinese += "第一个阶段只是代替更大的模型，请把 teacher 换成你自己的。"
    if any(card.rewarded for card in way.objectives) and way.kind != "reward_model":
        english += " The reward is an example too: say what your answers earn."
        chinese += "奖励也只是示例，请写明你的回答凭什么得分。"
    return Text(english.strip(), chinese)
