"""Talk in Chinese: greetings, who Nano is, advice (polite and blunt, short and long), news with a feeling, small tasks.

Questions with one right answer are `Question`s; open talk is a `Document` of turns.
"""

import random

from recipes.nano.world.chinese import feelings
from recipes.nano.world.chinese import reading as texts
from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.advice import ADVICE
from recipes.nano.world.chinese.grammar import fill
from recipes.nano.world.shapes import Document, Question, Split, phrasings

GREETINGS = (
    ("[你好|您好|嗨|哈喽|晚上好|下午好|大家好][！|。]", "[你好！有什么可以帮你的？|你好！你想聊什么？|见到你真高兴！|你好，我的朋友。|你好！]"),
    ("[你好，|嗨，|]我[叫|是]{name}。", "[你好，{name}！很高兴认识你。|{name}你好，我是Nano。你好吗？|很高兴认识你，{name}。]"),
    ("[你好吗？|你今天怎么样？|最近好吗？|你还好吗？]", "[我很好，谢谢。你呢？|很好，谢谢你。|能跟你聊天，我很高兴。|挺好的。]"),
    ("[你是谁？|你叫什么名字？|你是什么？|请介绍一下你自己。|怎么称呼你？|你的名字是什么？]", "[我是Nano，一个很小的语言模型。|我叫Nano，是一个会讲故事的小模型。|我是Nano。|我叫Nano。]"),
    ("[谢谢|多谢|谢谢你|非常感谢|太感谢了][！|。]", "[不客气！|不用谢。|没什么。|能帮到你，我很高兴。]"),
    ("[再见|拜拜|回头见|下次见][！|。]", "[再见！祝你今天愉快。|下次见！|再见。|拜拜！]"),
    ("[晚安|我要睡觉了|我困了][！|。]", "[晚安，做个好梦。|晚安！|好好睡一觉吧。]"),
    ("明天见[！|。]", "[明天见！|好的，明天见。]"),
    ("[早上好|早|早安][！|。]", "[早上好！今天想做什么？|早！|早上好，祝你有美好的一天。]"),
    ("[你会做什么？|你能做什么？|你有什么本领？|你可以帮我做什么？]", "[我会讲小故事，回答简单的问题，还会做小算术。|我会数数，会说出东西的名字，还会讲故事。|一些小事：讲故事、算数、回答简单的问题。]"),
    ("[你是人吗？|你是真人吗？|你是机器人吗？]", "[我是一个小小的电脑程序。|我是Nano，一个小小的语言模型。|我只是一个模型，不过我喜欢聊天。]"),
    ("[你会说中文吗？|你会说英文吗？|你会说什么语言？|你会哪些语言？]", "[我会说中文，也会说英文。|中文和英文，我都会一点儿。|会的，我会说中文和英文。]"),
    ("[我喜欢你。|你真好。|你真棒！|说得好！|你真聪明。]", "[谢谢你，你真好。|谢谢！|听你这么说，我很高兴。]"),
    ("[你真笨。|你说错了。|不对。|我不喜欢你的回答。|你错了！]", "[对不起，我很小，还在学习。|对不起！请再问我一次。|真抱歉。|对不起，我再想一想。]"),
    ("我[很|有点|真]{mood_sad}。", "[真遗憾，发生了什么事？|哎呀，你想说说吗？|别难过，要我给你讲个故事吗？|我明白。愿意跟我说说吗？]"),
    ("我[很|真|今天很]{mood_happy}。", "[真为你高兴！|太好了！有什么好事？|真是好消息。]"),
    ("[讲个笑话吧。|逗我笑一笑。|你会讲笑话吗？]", "[什么布剪不断？瀑布！|什么水不能喝？薪水！|什么马不会跑？木马！|什么球不能拍？地球！]"),
    ("[我饿了。|我想吃东西。|我肚子饿了。]", "[要不要来一{fmw}{food}？|吃一{fmw}{food}吧，对身体好。|那就吃一{fmw}{food}。]"),
    ("[我好无聊。|今天做什么好？|我没事做。]", "[你可以去{place}玩。|看看书，或者画画。|出去走走吧。|可以跟朋友一起玩{thing}。]"),
    ("[你几岁了？|你多大了？|你住在哪里？]", "[我是一个模型，没有年龄，住在电脑里。|我住在电脑里。|我是刚刚做好的小模型，住在电脑里。]"),
    ("[你喜欢什么？|你最喜欢做什么？]", "[我喜欢讲故事，也喜欢回答问题。|我最喜欢跟你聊天。]"),
    ("[对不起。|不好意思。|抱歉。]", "[没关系。|没事的。|不要紧。]"),
    ("[祝你生日快乐！|新年快乐！|节日快乐！]", "[谢谢你！也祝你快乐。|谢谢！祝你一切顺利。]"),
)  # fmt: skip
# what somebody does: verb and object, so that 了 can stand between them
DEEDS = tuple(tuple(deed.split("/")) for deed in (
    "去/{place}", "吃/{food}", "买/{food}", "找/{thing}", "买/{thing}", "唱/歌", "画/画", "看/书", "打开/门", "擦/{thing}", "拿/{thing}", "喝/水", "写/信", "做/饭", "洗/碗",
    "帮助/{friend}", "看望/{friend}", "叫/{friend}", "藏/{thing}", "卖/{thing}", "听/音乐", "爬/树", "钓/鱼", "打扫/房间", "洗/衣服", "种/花", "喂/鸡", "搬/桌子", "送/{thing}", "修/{thing}",
    "摘/苹果", "讲/故事", "问/老师", "等/{friend}", "骑/马", "踢/球", "关/窗户", "借/{thing}",
))  # fmt: skip
REWRITINGS = (
    (("把句子改成否定句：{s}", "把这句话改成否定句：{s}", "用“不”说这句话：{s}", "否定句：{s}", "说这件事不是这样：{s}", "请改成否定的说法：{s}", "给这句话加上“不”：{s}", "变成否定句：{s}", "{s}改成否定句。"), "{n}{v}{o}。", "{n}不{v}{o}。"),
    (("说这件事已经做了：{s}", "把句子改成过去的事：{s}", "用“了”说这句话：{s}", "这件事昨天就做完了：{s}", "改成已经发生的事：{s}", "给这句话加上“了”：{s}", "{s}说成过去的事。", "说成已经做过的事：{s}"), "{n}{v}{o}。", "{n}{v}了{o}。"),
    (("把句子改成问句：{s}", "把这句话变成问题：{s}", "用“吗”问：{s}", "改成疑问句：{s}", "请把这句话改成问句：{s}", "给这句话加上“吗”：{s}", "{s}改成问句。", "问一问：{s}", "变成一个问句：{s}"), "{n}{v}{o}。", "{n}{v}{o}吗？"),
    (("重复一遍：{s}", "跟我说：{s}", "请再说一遍：{s}", "照着说：{s}", "复述这句话：{s}", "学我说：{s}", "{s}请重复。", "原样说一遍：{s}", "跟着念：{s}"), "{n}{v}{o}。", "{n}{v}{o}。"),
    (("说这件事正在发生：{s}", "用“正在”说这句话：{s}", "改成正在做的事：{s}", "现在正在做：{s}", "给这句话加上“正在”：{s}", "{s}说成正在做的事。", "把句子改成正在进行：{s}", "这件事就在此刻：{s}"), "{n}{v}{o}。", "{n}正在{v}{o}。"),
    (("说这件事明天做：{s}", "用“明天”开头说这句话：{s}", "改成明天的事：{s}", "这件事要到明天才做：{s}", "给这句话加上“明天”：{s}", "把时间换成明天：{s}", "说成明天的事：{s}"), "{n}{v}{o}。", "明天{n}{v}{o}。"),
    (("把{n}换成{m}：{s}", "用“{m}”代替“{n}”：{s}", "把“{n}”改成“{m}”：{s}", "不是{n}，是{m}，重说一遍：{s}", "请把名字{n}换成{m}：{s}", "做这事的人是{m}：{s}", "{s}把{n}换成{m}。"), "{n}{v}{o}。", "{m}{v}{o}。"),
    (("把“没有”去掉，改成做了：{s}", "改成肯定句：{s}", "这件事其实做了：{s}", "请改成肯定的说法：{s}", "把否定句改成肯定句：{s}", "变成肯定句：{s}"), "{n}没有{v}{o}。", "{n}{v}了{o}。"),
)  # fmt: skip


def slots_of(rng: random.Random) -> dict[str, str]:
    """Who and what is spoken of."""
    name, friend = rng.sample(w.GIRLS + w.BOYS, 2)
    (thing, measure), (food, food_measure) = rng.choice(w.KEEPSAKES), rng.choice(w.FOODS)
    return {"name": name, "friend": friend, "food": food, "fmw": food_measure, "place": rng.choice(w.PLACES),
            "thing": thing, "mw": measure, "colour": rng.choice(w.COLOURS), "mood_sad": rng.choice(w.SAD),
            "mood_happy": rng.choice(w.HAPPY)}  # fmt: skip


def small_talk(rng: random.Random) -> Document:
    """One to three exchanges of greetings and moods."""
    slots, turns = slots_of(rng), []
    for ask, answer in rng.sample(GREETINGS, rng.randint(1, 3)):
        turns += [("user", fill(ask, rng, slots)), ("assistant", fill(answer, rng, slots))]
    return Document("talk", turns=tuple(turns))


WORRIES = ("{p}，怎么办？", "{p}，我该怎么办？", "{p}。你能帮我吗？", "糟了，{p}！", "给我出个主意吧：{p}。", "我遇到一个问题：{p}。", "如果{p}，该怎么做？", "{p}，有什么办法吗？", "{p}。我应该做什么？", "帮帮我，{p}。",
           "请教一下，{p}，怎么做才好？")  # fmt: skip


def advice(rng: random.Random) -> Document:
    """Somebody has a small problem; the answer is short or long, polite or blunt."""
    problem, tips = rng.choice(ADVICE)
    tips = tips[rng.randrange(len(tips)) :] if rng.random() < 0.7 else tips  # in the order in which they help
    between = rng.choice((("，也可以", "，或者"), ("，再", "，还可以"), ("。还可以", "。也可以")))
    listed = "".join(f"{('', *between)[at]}{tip}" for at, tip in enumerate(tips))
    manner = rng.randrange(4)
    if manner == 0:
        text = fill(
            "[别担心。|我明白。|当然可以帮你。|真不容易。][你可以|建议你|请]{listed}。[希望对你有用。|祝你好运！|一切都会好的。|]",
            rng,
            {"listed": listed},
        )
    elif manner == 1:
        text = f"{tips[0]}。"
    elif manner == 2:
        text = fill("[别说了，|这很简单，|那又怎么样？|别大惊小怪，]{tip}[。|就行了。|吧。]", rng, {"tip": tips[0]})
    else:
        text = f"{listed}。"
    return Document("talk", turns=(("user", fill(rng.choice(WORRIES), rng, {"p": problem})), ("assistant", text)))


def rewriting(rng: random.Random, split: Split) -> Question:
    """Say a sentence otherwise: not so, done, asked, going on now, tomorrow, with another name; or say it again."""
    slots = slots_of(rng)
    verb, thing = rng.choice(DEEDS)
    ways, source, goal = rng.choice(REWRITINGS)
    slots |= {"n": slots["name"], "m": slots["friend"], "v": verb}
    if "{friend}" in thing:  # the name that comes in must not be there already
        slots["m"] = rng.choice([name for name in w.GIRLS if name not in (slots["n"], slots["friend"])])
    slots["o"] = fill(thing, rng, slots)
    slots["s"], answer = fill(source, rng, slots), fill(goal, rng, slots)
    prompt = fill(rng.choice(phrasings(ways, split)), rng, slots)
    key = f"^{answer.rstrip('。')}"
    if answer.startswith("明天"):
        key += f"|^{slots['n']}明天{answer.removeprefix('明天' + slots['n']).rstrip('。')}"
    return Question("rewrite", prompt, answer, key, f"{slots['s']}>{answer}")


def reading(rng: random.Random, split: Split) -> Question:
    """A small text, then a question about it."""
    return texts.question(rng, split, slots_of(rng))


def feeling_reply(rng: random.Random) -> Document:
    """A user tells news, the assistant answers to the feeling in it."""
    good = rng.random() < 0.5
    reply = fill(
        "[真好！|听到这个我很高兴。|太棒了！|恭喜你。|真为你高兴！]"
        if good
        else "[哎呀，真遗憾。|真让人难过。|听到这个我很难过。|别难过，会好起来的。]",
        rng,
    )
    return Document("talk", turns=(("user", feelings.sentence(rng, good)), ("assistant", reply)))
