"""Chinese stories from parts: an opening, a problem, what is tried, a turn, an end; and days without a plot.

The interface is that of the English stories. What agrees with what is said in `parts.py`; who is who, in `cast.py`.
"""

import random
import re

from recipes.nano.world.chinese import scenes, views
from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.cast import BIG, NOT_WALKING, PEOPLE, SEASONS, cast, introduce
from recipes.nano.world.chinese.openings import MIDST, STATIC
from recipes.nano.world.chinese.parts import Family, Problem, expand
from recipes.nano.world.chinese.plots import plots_for
from recipes.nano.world.chinese.plots_seek import LOST_THING
from recipes.nano.world.grammar import fill
from recipes.nano.world.shapes import Document
from recipes.nano.world.stories import Ending, Story

KINDS = (*(kind for kind, _ in w.ANIMAL_HEROES if kind not in NOT_WALKING), *PEOPLE, *PEOPLE)
MOODS = {
    "happy": ("快乐的", "高兴的", "开心的", "结局圆满的", "让人高兴的"),
    "sad": ("悲伤的", "伤心的", "难过的", "结局悲伤的", "让人难过的"),
}
DAYS = ("有一天，", "有一天，", "一天，", "这一天，", "有一次，", "那一天，", "一个{weather}的日子，")
DATES = ("有一天", "一天", "这天", "那天")
OUT_OF_SEASON = {
    "冬天": re.compile(
        "野花|花开|[燕雁]子?|蝴蝶|蜻蜓|青蛙|蚂蚁|蚂蚱|第一朵花|草地上|荷花|小蜗牛|蜜蜂|种了|采来|采了|草丛|蝌蚪|花全"
    ),
    "夏天": re.compile("寒风|雪|火炉|火堆|烤红薯|冻|冰"),
}


def _dated(text: str, rng: random.Random, days: tuple[str, ...], dates: tuple[str, ...]) -> str:
    """The problem with its {day} said: one of `dates` before 晚上 and the like, else of `days`."""
    text = re.sub(r"\{day\}(?=晚上|早上|傍晚)", rng.choice(dates), text)
    return text.replace("{day}", rng.choice(days))


def fits(template: str, season: str) -> bool:
    """Whether nothing in the template belongs to another season."""
    return season not in OUT_OF_SEASON or OUT_OF_SEASON[season].search(template) is None


def seasons_of(problem: Problem) -> list[str]:
    """The seasons a problem can happen in: those it names, or all that nothing in it speaks against."""
    return problem.season.split("|") if problem.season else [one for one in SEASONS if fits(problem.text, one)]


def _pick(rng: random.Random, templates: tuple[str, ...], season: str) -> str:
    return rng.choice([one for one in templates if fits(one, season)])


def _opened(rng: random.Random, body: str, season: str, alone: bool = False) -> tuple[str, str]:
    """An opening (or none, if what follows can name the hero itself), and the problem as it goes on from there."""
    days = tuple(
        one for one in DAYS if "{weather}" not in one or not re.search("[雨风雪冷凉暖雾云雷晴阴]|太阳|半夜", body)
    )
    static, midst = (
        tuple(one for one in some if not alone or ("{f}" not in one and "fwho" not in one)) for some in (STATIC, MIDST)
    )
    if rng.random() < 0.12 and "“" not in body.partition("{h}")[0]:
        return "", _dated(body, rng, days, DATES).replace("{h}", "{who}", 1)
    view = rng.choice((*views.ANY, *views.BY_SEASON[season])) if rng.random() < 0.45 else ""
    if rng.random() < 0.5 or not body.startswith("{day}"):
        return _pick(rng, static, season) + view, _dated(body, rng, days, DATES)
    opening = _pick(rng, midst, season) + view
    if re.search("夜里|月亮|晚饭|太阳快要", opening):
        return opening, _dated(body, rng, ("第二天，", "第二天一早，", "过了几天，"), ("第二天", "过了几天，有一天"))
    days = ("",) if re.search("那天|的一天|今天", opening) or "{day}“" in body else ("", "后来，", "这天，", "那天，")
    return opening, _dated(body, rng, days, ("这天", "那天"))


def _linked(rng: random.Random, tries: list[str], links: tuple[str, ...]) -> list[str]:
    """The scenes, some of those that begin with the hero joined by a word of time."""
    words = iter(rng.sample(links, len(links)))
    return [tries[0], *(next(words) * text.startswith("{h}") + text for text in tries[1:])] if tries else []


def _middle(rng: random.Random, family: Family, problem: Problem, ending: Ending, season: str) -> list[str]:
    """What is tried, in order of time, and perhaps a sigh or a word of advice."""
    tries = [text for text in problem.tries or family.tries if fits(text, season)]
    count = min(len(tries), rng.choices((0, 1, 2, 3, 4), (8, 16, 36, 28, 12))[0])
    chosen = [tries[index] for index in sorted(rng.sample(range(len(tries)), count))]
    if count > 1 and not family.days:
        chosen[0] = rng.choice(scenes.FIRST_LINKS) * chosen[0].startswith("{h}") + chosen[0]
    parts = _linked(rng, chosen, scenes.DAY_LINKS if family.days else scenes.LINKS)
    if count and family.low and rng.random() < 0.35:
        parts.append(rng.choice(scenes.LOW))
    if count > 1 and family.low and ending == "happy" and rng.random() < 0.3:
        concerned = problem.text + "".join(problem.words.values())
        parts.append(
            rng.choice(
                [one for one in scenes.ADVICE if not any(who in one and who in concerned for who in ("{r}", "old}"))]
            )
        )
    return parts


def _told(rng: random.Random, parts: list[list[str]], slots: dict[str, str]) -> tuple[str, str]:
    """The parts as text, and the text without its last part; one choice of line breaks for all of it."""
    breaks = rng.choice(("", "", "\n", "\n\n"))
    said = [fill(expand("".join(part)), rng, slots) for part in parts if "".join(part)]
    whole = introduce("\x00".join(said), rng, slots)
    if slots["he"] == "它":
        whole = whole.replace("一个人", "独自")
    return whole.replace("\x00", breaks), whole.rpartition("\x00")[0].replace("\x00", breaks)


def _words(rng: random.Random, problem: Problem, slots: dict[str, str]) -> dict[str, str]:
    """The problem's own slots, filled from the cast."""
    return {name: fill(text, rng, slots) for name, text in problem.words.items()}


def _name(text: str, rng: random.Random, slots: dict[str, str]) -> str:
    """A title or a subject, said without introductions."""
    return fill(text, rng, slots | {"f": slots["fname"], "old": slots["oldname"], "pet": slots["petname"]})


def story(rng: random.Random, kind: str | None = None, thing: str | None = None, ending: Ending | None = None,
          plot: tuple[Family, Problem] | None = None) -> Story:  # fmt: skip
    """One story; the hero's kind, a thing, the ending and the plot may be asked for, the rest is drawn."""
    ending = ending or rng.choice(("happy", "sad"))
    who = "any" if kind is None else "people" if kind in PEOPLE else "animals"
    pool = plots_for(who, with_thing=bool(thing))
    if thing in BIG:
        pool = [one for one in pool if one[0] is not LOST_THING]
    family, problem = plot or rng.choice(pool)
    slots = cast(rng, kind or "", thing or "", rng.choice(seasons_of(problem)), problem.who)
    if slots["trait"] in family.unlike:
        slots["trait"] = rng.choice([one for one in w.TRAITS if one not in family.unlike])
    slots |= _words(rng, problem, slots)
    opening, said = _opened(rng, problem.text, slots["season"], family.alone)
    turns = (problem.happy or family.happy) if ending == "happy" else (problem.sad or family.sad)
    close, own = "", turns is problem.happy or turns is problem.sad
    if ending == "happy" and family.lessons and rng.random() < 0.35 and not (own and family.happy):
        close = rng.choice(family.lessons)
    elif rng.random() < (0.25 if own else 0.5):
        close = rng.choice(scenes.CLOSINGS[ending])
    middle = _middle(rng, family, problem, ending, slots["season"])
    text, before = _told(rng, [[opening], [said], middle, [_pick(rng, turns, slots["season"]), close]], slots)
    about = _name(problem.about, rng, slots)
    return Story(text, before, ending, about, slots | {"title": _name(problem.title, rng, slots), "f": slots["fname"]})


def day(rng: random.Random, kind: str | None = None, thing: str | None = None, ending: Ending | None = None) -> Story:
    """A story without a plot: some scenes of a day; the last one decides how it ends."""
    ending = ending or rng.choice(("happy", "sad"))
    slots = cast(rng, kind or "", thing or "")
    mood, other = (scenes.GOOD, scenes.BAD) if ending == "happy" else (scenes.BAD, scenes.GOOD)
    neutral, mood, other = (
        [one for one in some if fits(one, slots["season"])] for some in (scenes.NEUTRAL, mood, other)
    )
    chosen = [*rng.sample(neutral, rng.randint(1, 2)), *rng.sample(other, rng.randint(0, 1))]
    rng.shuffle(chosen)
    chosen = _linked(rng, [*chosen, *rng.sample(mood, rng.randint(1, 2))], scenes.LINKS)
    opening, said = _opened(rng, "{day}" + "".join(chosen), slots["season"])
    text, before = _told(rng, [[opening], [said], [rng.choice(scenes.ENDS[ending])]], slots)
    title = rng.choice(("{h}的一天", "{h}和{f}", "{season}的一天"))
    about = _name("{h}和{f}的一天", rng, slots)
    return Story(text, before, ending, about, slots | {"title": _name(title, rng, slots), "f": slots["fname"]})


def any_story(
    rng: random.Random, kind: str | None = None, thing: str | None = None, ending: Ending | None = None
) -> Story:
    """Mostly a story with a plot, sometimes a day; what was asked for occurs in it."""
    while True:
        made = (story if rng.random() < 0.86 else day)(rng, kind, thing, ending)
        if (thing or "") in made.text and (kind or "") in made.text:
            return made


def document(rng: random.Random) -> Document:
    """A story as plain text."""
    return Document("stories", any_story(rng).text)


STORY_ASK = (
    "讲一个关于{x}的故事。", "给我讲一个{mood}故事，要有{x}。", "请写一个关于{x}的小故事。", "能讲个{x}的故事吗？", "我想听一个关于{x}的{mood}故事。",
    "请讲一个{mood}故事，主题是{x}。", "编一个关于{x}的故事吧。", "你知道{x}的故事吗？", "来一个{mood}{x}的故事。", "我想听{x}的故事，{end}。",
    "写一个有{x}的故事，{end}。", "讲个故事，里面要有{x}。", "说一个关于{x}的{mood}故事。", "可以给孩子讲一个{x}的故事吗？", "用{x}编一个{mood}小故事。",
    "关于{x}，讲个故事好吗？", "睡觉前讲一个{x}的故事吧。", "请给我一个{mood}故事：{x}。",
)  # fmt: skip
ANY_ASK = (
    "讲个故事吧。", "给我讲一个{mood}故事。", "写一个小故事。", "我睡不着，讲个故事给我听。", "能讲一个{mood}故事吗？", "我想听故事！", "来个故事，{end}。",
    "随便讲一个{mood}故事。", "请编一个童话。", "妹妹想听一个{mood}故事。", "今天讲什么故事？", "讲一个短短的故事，{end}。", "再讲一个故事吧。",
)  # fmt: skip
TITLED_ASK = (
    "请写一个题目是《{t}》的故事。",
    "讲讲《{t}》这个故事。",
    "以《{t}》为题写一个{mood}故事。",
    "《{t}》是怎样一个故事？",
)
END_ASK = {
    "happy": ("结局要高兴", "要有快乐的结局", "最后要圆满", "结尾要开心一点"),
    "sad": ("结局要悲伤", "要有伤心的结局", "最后是难过的", "结尾要悲伤一点"),
}
GO_ON = (
    "接着讲：",
    "请把故事讲完：",
    "后来怎么样了？",
    "接下来发生了什么？",
    "续写这个故事：",
    "给这个故事写一个结尾：",
    "往下讲：",
)


def _wish(rng: random.Random) -> tuple[str, dict[str, str]]:
    """What a story is asked to be about, in words and as arguments."""
    kind, (thing, measure) = rng.choice(KINDS), rng.choice(w.KEEPSAKES)
    form = rng.randrange(5)
    if form < 2:
        return kind, {"kind": kind}
    if form == 2:
        return f"一{measure}{thing}", {"thing": thing}
    return (f"{kind}和{thing}" if form == 3 else f"{kind}和一{measure}{thing}"), {"kind": kind, "thing": thing}


def story_on_request(rng: random.Random) -> Document:
    """A story asked for: about something, with a title, with a happy or a sad end, or just any."""
    ending: Ending = rng.choice(("happy", "sad"))
    mood = {"mood": rng.choice(MOODS[ending]), "end": rng.choice(END_ASK[ending])}
    form = rng.random()
    if form < 0.2:
        made = any_story(rng, ending=ending)
        ask = fill(rng.choice(ANY_ASK), rng, mood)
    elif form < 0.3:
        made = story(rng, ending=ending)
        ask = fill(rng.choice(TITLED_ASK), rng, mood | {"t": made.slots["title"]})
    elif form < 0.45:
        made = story(rng, ending=ending)
        ask = fill(rng.choice(STORY_ASK), rng, mood | {"x": made.about})
    else:
        x, wish = _wish(rng)
        made = any_story(rng, ending=ending, **wish)
        ask = fill(rng.choice(STORY_ASK), rng, mood | {"x": x})
    return Document("story_chat", turns=(("user", ask), ("assistant", made.text)))


def _asks(made: Story) -> list[tuple[str, str]]:
    """What can be asked about a story, with its answer."""
    s = made.slots
    end = "高兴" if made.ending == "happy" else "悲伤"
    asks = [
        ("[这个故事叫什么？|给这个故事起个名字。|这个故事可以用什么题目？]", f"[这个故事叫《{s['title']}》。|《{s['title']}》。|可以叫《{s['title']}》。]"),
        ("[主角是谁？|这个故事的主角是谁？|故事讲的是谁？]", f"[主角是{s['h']}。|{s['h']}。|故事的主角是{s['h']}。]"),
        ("[结局是高兴的还是悲伤的？|这个故事的结局怎么样？|故事最后是高兴还是悲伤？]", f"[结局是{end}的。|是一个{end}的结局。|{end}的。]"),
        ("[这个故事讲了什么？|故事是关于什么的？|用一句话说说这个故事。]", f"[这个故事讲的是{made.about}。|是关于{made.about}的故事。]"),
    ]  # fmt: skip
    if s["h"] != s["kind"]:
        asks.append((f"[{s['h']}是谁？|谁是{s['h']}？]", f"[{s['h']}是{s['a_kind']}。|是{s['a_kind']}。]"))
    if s["f"] in made.text:
        asks.append(("[故事里还有谁？|除了主角，故事里还有谁？]", f"[还有{s['f']}。|故事里还有{s['f']}。]"))
    return asks


def continuation(rng: random.Random) -> Document:
    """Go on with a story, name it, or say who is in it and how it ends."""
    made = any_story(rng)
    if rng.random() < 0.35 and made.text != made.opening:
        ask = f"{rng.choice(GO_ON)}{made.opening}"
        return Document("story_chat", turns=(("user", ask), ("assistant", made.text[len(made.opening) :].strip())))
    turns: list[tuple[str, str]] = []
    asks = _asks(made)
    for ask, answer in rng.sample(asks, rng.randint(1, 3)):
        question = fill(ask, rng)
        turns += [("user", question if turns else f"{question}\n{made.text}"), ("assistant", fill(answer, rng))]
    return Document("story_chat", turns=tuple(turns))
