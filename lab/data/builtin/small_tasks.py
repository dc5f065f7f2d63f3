"""The built-in data set `small_tasks`: many small labelling rules, each told by its rows alone.

A rule has a word for animals and another for things: of one task a dog is hot and a hammer new, of the next a cat is bad
and a coat hot. Nothing in a question says which rule holds, so no model can answer before it has seen examples. Unseen
tasks use pairs of words that no training task has, and ask about animals and things that none asks about.
`python -m lab.data.builtin.small_tasks` prints counts and two tasks.
"""

import random
from itertools import combinations

from lab.card import DataCard, Text
from lab.data.task_rows import rows_by_task

CARD = DataCard(
    id="small_tasks",
    name=Text("Many small tasks", "许多小任务"),
    explain=Text(
        "Hundreds of labelling rules, each with a few rows: one word for animals, another for things. Which words they are "
        "has to be seen from examples. Unseen tasks have other pairs of words, and other animals and things.",
        "几百条打标签的小规则,每条只有十几行:动物用一个词,物品用另一个词,是哪两个词只能从示例看出。留出的任务换了没有配对过的词,以及没有问过的动物和物品。",
    ),
    format="few_shot",
    source="Our own generator (lab/data/builtin/small_tasks.py).",
    licence="Apache-2.0",
    languages=("en", "zh"),
)  # fmt: skip

Name = tuple[str, str]
"""In English and in Chinese."""

SEED = 2026
TASKS = {"train": 240, "held_out": 32}
ROWS = 16
"""Of each task, half of them about animals."""
UNSEEN_PAIRS = 10
"""Pairs of words that only unseen tasks have."""
UNSEEN_THINGS = 8
"""Of each kind, those that only unseen tasks ask about."""

KINDS = {
    "animal": "dog 狗,cat 猫,cow 牛,horse 马,pig 猪,sheep 羊,rabbit 兔子,mouse 老鼠,lion 狮子,tiger 老虎,bear 熊,wolf 狼,fox 狐狸,"
              "deer 鹿,frog 青蛙,duck 鸭子,goat 山羊,hen 母鸡,goose 鹅,donkey 驴,monkey 猴子,owl 猫头鹰,eagle 老鹰,snake 蛇",
    "thing": "hammer 锤子,saw 锯子,spade 铁锹,drill 电钻,ladder 梯子,broom 扫帚,knife 刀,spoon 勺子,shirt 衬衫,sock 袜子,shoe 鞋,"
             "hat 帽子,coat 大衣,scarf 围巾,car 汽车,bus 公共汽车,train 火车,boat 船,drum 鼓,piano 钢琴,guitar 吉他,chair 椅子,"
             "table 桌子,bed 床",
}  # fmt: skip
WORDS = "hot 热,cold 冷,big 大,small 小,old 旧,new 新,good 好,bad 坏"
ASKS = {"en": "What is {article} {thing}?", "zh": "{thing}是什么？"}
SAYS = {"en": "{article} {thing} is {word}.", "zh": "{thing}是{word}的。"}


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"task", "prompt", "completion"} of split "train" or "held_out" in "en" or "zh", task by task, always in one
    order."""
    rng = random.Random(f"{SEED} {split}")
    pairs, kinds = _word_pairs(split), [_things(kind, split) for kind in KINDS]
    rows = []
    for number in range(TASKS[split]):
        words = rng.sample(rng.choice(pairs), 2)
        some = [
            _row(f"{split} {number}", thing, word, language)
            for word, things in zip(words, kinds, strict=True)
            for thing in rng.sample(things, ROWS // 2)
        ]
        rows += rng.sample(some, len(some))
    return rows


def _word_pairs(split: str) -> list[tuple[Name, Name]]:
    every = list(combinations(_named(WORDS), 2))
    random.Random(f"{SEED} pairs").shuffle(every)
    return every[:UNSEEN_PAIRS] if split == "held_out" else every[UNSEEN_PAIRS:]


def _things(kind: str, split: str) -> list[Name]:
    every = _named(KINDS[kind])
    random.Random(f"{SEED} {kind}").shuffle(every)
    return every[:UNSEEN_THINGS] if split == "held_out" else every[UNSEEN_THINGS:]


def _named(text: str) -> list[Name]:
    """Names in English and Chinese."""
    return [(en, zh) for en, zh in (one.split() for one in text.split(","))]


def _row(task: str, thing: Name, word: Name, language: str) -> dict[str, str]:
    place = 1 if language == "zh" else 0
    article = "an" if thing[0][0] in "aeiou" else "a"
    said = SAYS[language].format(article=article.capitalize(), thing=thing[place], word=word[place])
    return {"task": task, "prompt": ASKS[language].format(article=article, thing=thing[place]), "completion": said}


def _main() -> None:
    for language in CARD.languages:
        for split in TASKS:
            tasks = rows_by_task(load(split, language))
            print(f"{language} {split}: {len(tasks)} tasks")
            for name in list(tasks)[:2]:
                print(f"  {name}: " + "; ".join(f"{row['completion']}" for row in tasks[name][:6]))


if __name__ == "__main__":
    _main()
