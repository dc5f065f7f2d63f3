"""Small tasks in Chinese on a list that stands in the question: first, last, which one, how many, backwards, sorted, is it in there."""

import random
from functools import lru_cache

from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.facts import chinese_things
from recipes.nano.world.chinese.grammar import fill, in_words, number_key
from recipes.nano.world.chinese.phrasings import MORE_ON_LISTS
from recipes.nano.world.shapes import Question, Split, phrasings

ASKS = {
    "first": ("第一个词是什么：{list}？", "第一个是什么：{list}？", "{list}，第一个是哪个？", "排在最前面的是哪个：{list}？", "说出第一个词：{list}。", "{list}，哪个在最前面？", "哪个词排第一：{list}？", "{list}，开头的是哪个词？"),
    "last": ("最后一个词是什么：{list}？", "最后一个是什么：{list}？", "{list}，最后一个是哪个？", "排在最后面的是哪个：{list}？", "说出最后一个词：{list}。", "{list}，哪个在最后面？", "哪个词排最后：{list}？", "{list}，结尾的是哪个词？"),
    "nth": ("第{nth}个词是什么：{list}？", "第{nth}个是什么：{list}？", "{list}，第{nth}个是哪个？", "排在第{nth}的是哪个：{list}？", "说出第{nth}个词：{list}。", "从前往后看，第{nth}个是什么：{list}？", "哪个词排第{nth}：{list}？"),
    "number": ("一共有几个词：{list}？", "数一数有几个词：{list}。", "{list}，一共有几个？", "这里有几个词：{list}？", "我说了几样东西？{list}。", "{list}，这里面有几个词？", "下面有几个词：{list}？", "{list}，总共多少个词？"),
    "backwards": ("倒着说：{list}。", "把这些词倒过来说：{list}。", "从后往前说：{list}。", "请倒着念：{list}。", "按相反的顺序说：{list}。", "{list}，倒着说一遍。", "反着念一遍：{list}。", "把顺序反过来：{list}。"),
    "sorted": ("从小到大排列：{list}。", "把这些数从小到大排好：{list}。", "请按从小到大的顺序排：{list}。", "给这些数排序：{list}。", "{list}，从小到大怎么排？", "从最小的开始排：{list}。", "将这些数由小到大排列：{list}。", "把{list}按大小顺序排好。"),
    "within": ("{list}，这里面有{one}吗？", "这里面有没有{one}：{list}？", "{one}在这里面吗：{list}？", "我说到{one}了吗？{list}。", "{list}，其中有没有{one}？", "下面有{one}吗：{list}？", "{one}是不是其中一个：{list}？"),
}  # fmt: skip


@lru_cache(maxsize=1)
def _pools() -> tuple[list[str], ...]:
    """Words that may stand in a list: keepsakes, names, or things."""
    pools = ([x for x, _ in w.KEEPSAKES], [*w.GIRLS, *w.BOYS], [thing.name for thing in chinese_things().values()])
    return tuple(sorted(set(pool)) for pool in pools)


def question(rng: random.Random, split: Split) -> Question:
    """One task on one list."""
    task = rng.choice(list(ASKS))
    pool = rng.choice(_pools())
    words = rng.sample(pool, rng.randint(2, 6))
    one, nth = "", rng.randint(1, len(words))
    if task == "sorted":
        words = [str(n) for n in rng.sample(range(100), rng.randint(2, 5))]
        said = key = "、".join(sorted(words, key=int))
    elif task == "backwards":
        said = key = "、".join(reversed(words))
    elif task == "number":
        said = fill("[{n}个|{n}个词|一共{n}个]", rng, {"n": "两" if len(words) == 2 else in_words(len(words))})
        key = number_key(len(words))
    elif task == "within":
        inside = rng.random() < 0.5
        absent = [word for word in pool if not any(word in other or other in word for other in words)]
        one = rng.choice(words if inside else absent)
        said = fill("[有|有，里面有{one}]" if inside else "[没有|没有，里面没有{one}]", rng, {"one": one})
        key = "^有|^是|^在" if inside else "没有|^不"
    else:
        at = {"first": 0, "last": -1}.get(task, nth - 1)
        said, key = rng.choice((words[at], words[at], f"是{words[at]}")), words[at]
    slots = {"list": "、".join(words), "one": one, "nth": in_words(nth)}
    prompt = fill(rng.choice(phrasings(ASKS[task], split, MORE_ON_LISTS[task])), rng, slots)
    return Question(
        "lists",
        prompt,
        f"{said}。",
        f"^{key}|是{key}" if task in ("first", "last", "nth") else key,
        f"{task}:{slots['list']}",
    )
