"""Chinese sentences with a feeling, and questions about it: happy or sad, good or bad. The answer is one of the two words."""

import random

from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.grammar import fill
from recipes.nano.world.chinese.phrasings import MORE_MOODS, MORE_RATINGS
from recipes.nano.world.shapes import Document, Question, Split, phrasings

GOOD = (
    "我很喜欢这{mw}{thing}，[它很好用|正是我想要的|每天都让我笑]。", "[今天真是美好的一天！|今天过得真好！]我们去了{place}，[笑个不停|玩得很痛快]。", "{food}[很好吃|真香|是我吃过最好的]。[我还想要！|谢谢{name}！|我们还会再来。]",
    "{name}得了奖，[高兴得跳起舞来|笑得合不拢嘴]。", "{name}送给我一{mw}{thing}，我[开心极了|高兴得不得了|心里暖暖的]。", "这部电影[真棒|很有趣|很好看]，{name}和我[都鼓掌了|看得入了迷]。",
    "我的好朋友{name}回来了，我们[抱在一起|玩了一整天]。", "[太阳出来了|小鸟在唱歌]，{name}[心情很好|满心欢喜]。", "这本书[很精彩|好看极了]，我[看了两遍|舍不得看完]。", "{name}的病好了，[大家都很高兴|我们都放心了]。",
    "我们去{place}的旅行[很顺利|完美极了]。", "店里的人[很友好|又热情又周到]。", "{name}考了一百分，[妈妈夸了他|全家都为他高兴]。", "我学会了[骑车|游泳|唱歌]，真开心。", "{name}帮我找到了{thing}，[太好了|我真感谢]。",
    "外婆给我做了好吃的{food}，[真幸福|我心里甜甜的]。", "终于放假了，[大家都欢呼起来|我们可以去{place}玩了]！", "{name}唱的歌[真好听|让人高兴]。", "今天[得到了表扬|收到了礼物]，我心里美滋滋的。",
)  # fmt: skip
BAD = (
    "我讨厌这{mw}{thing}，[用了一天就坏了|一点也不好用|难看死了]。", "[今天真糟糕！|今天过得真差！]我们去了{place}，[却下起了雨|什么都不顺]。", "{food}[是凉的|很难吃|太咸了]。[我吃不下。|再也不来了！|{name}吃了不舒服。]",
    "{name}输了比赛，[哭了一晚上|一个人回家了]。", "{name}弄坏了我的{thing}，我[伤心极了|气得说不出话|难过得想哭]。", "这部电影[很无聊|太长了|真难看]，{name}和我[睡着了|提前走了]。",
    "我的好朋友{name}搬走了，我[很想念这个朋友|没有人一起玩了]。", "[天灰蒙蒙的|外面又黑又冷]，{name}[心情很差|满心忧愁]。", "这本书[很没意思|糟透了]，我[看不下去|看着看着睡着了]。", "{name}病得很重，[大家都很担心|我们都愁坏了]。",
    "我们去{place}的旅行[一团糟|是个大错误]。", "店里的人[很没礼貌|又慢又凶]。", "{name}考得很差，[躲在房间里哭|不敢回家]。", "我摔了一跤，[膝盖流血了|疼得直哭]。", "我的{thing}丢了，[找了一天也没找到|我难过极了]。",
    "外婆生病了，[我很担心|家里没有了笑声]。", "假期结束了，[大家都垂头丧气|我们不能去{place}玩了]。", "{name}骂了我，[我委屈得哭了|我心里很难受]。", "今天[挨了批评|没有人理我]，我心里很难受。",
)  # fmt: skip
MORE_GOOD = (
    "{name}一整天都笑眯眯的。", "我过生日得到了一{mw}{thing}，[真好看|真完美]。", "大家都喜欢吃{food}，[太成功了！|真不错。]", "{name}帮了我，现在没事了。", "多好的地方！我们在{place}[唱了一天歌|跳舞跳了一天]。", "好消息：{name}要回家了！",
    "我真为{name}骄傲。", "比赛[很精彩|真好玩]，我们队赢了。", "我的{thing}修好了，[太棒了！|我真高兴。]", "他们很善良，给了我们{food}。", "老师很和气，也很有耐心。", "真是一次大成功。", "我等不及要再去{place}了！",
    "{name}对我笑了笑，我心里暖暖的。", "小猫找到了，{name}高兴得跳了起来。", "这{mw}{thing}又便宜又好，[我很满意|值得买]。", "{name}真热心，[谢谢你！|大家都喜欢。]",
)  # fmt: skip
MORE_BAD = (
    "{name}一整天都在哭。", "我过生日得到了一{mw}{thing}，[可是很丑|可是是坏的|一点用也没有]。", "没有人喜欢吃{food}，[真可惜！|太失败了。]", "{name}对我大喊大叫，我现在很难过。", "多糟的地方！我们在{place}[冻得发抖|无聊了一天]。", "坏消息：{name}不回家了。",
    "我真生{name}的气。", "比赛[很无聊|不公平]，我们队输了。", "我的{thing}又坏了，[糟糕！|我真伤心。]", "他们很坏，抢走了我们的{food}。", "老师很凶，也没有耐心。", "真是一个大错误。", "我再也不想去{place}了！",
    "{name}没有理我，我心里酸酸的。", "小猫丢了，{name}难过得吃不下饭。", "这{mw}{thing}又贵又差，[我很失望|不值得买]。", "{name}真自私，[太讨厌了！|没有人喜欢。]",
)  # fmt: skip
ASK = (
    "这是高兴还是难过？{text}", "{text}这是高兴还是难过？", "写这段话的人高兴还是难过？{text}", "高兴还是难过：{text}", "读一读，说说是高兴还是难过：{text}", "这听起来怎么样，高兴还是难过？{text}", "{text}你觉得是高兴还是难过？",
    "{text}说话的人心情怎样，高兴还是难过？", "下面这句话是高兴还是难过？{text}", "{text}这句话让人高兴还是难过？", "请判断这是高兴还是难过：{text}", "听了这话，你觉得他高兴还是难过？{text}",
)  # fmt: skip
RATE = (
    "这是好还是坏？{text}", "{text}这是好还是坏？", "好还是坏：{text}", "告诉我这是好还是坏：{text}", "这是好消息还是坏消息？{text}", "{text}你说这是好还是坏？", "{text}这是好事还是坏事？", "下面说的是好还是坏？{text}",
    "{text}这话是说好还是说坏？", "请判断这是好还是坏：{text}", "你看这是好是坏？{text}", "{text}算好还是算坏？",
)  # fmt: skip
ANSWER = {"高兴": ("高兴。", "是高兴。", "这是高兴的。", "听起来很高兴。"), "难过": ("难过。", "是难过。", "这是难过的。", "听起来很难过。"),
          "好": ("好。", "是好的。", "这是好的。", "听起来很好。"), "坏": ("坏。", "是坏的。", "这是坏的。", "听起来很坏。")}  # fmt: skip
KEYS = {"高兴": "高兴|开心|快乐", "难过": "难过|伤心|不高兴|不开心", "好": "^好|是好|很好", "坏": "^坏|是坏|很坏|不好"}

# words told to be good or bad, also such as occur in held-out sentences alone
GOOD_WORDS = ("漂亮", "可爱", "美好", "很棒", "完美", "善良", "友好", "勇敢", "美丽", "好吃", "香甜", "精彩", "有趣", "聪明", "礼貌", "温柔", "幸福", "高兴", "自豪", "欢乐", "成功", "得奖", "礼物", "拥抱", "微笑", "朋友", "和平", "幸运", "热情", "阳光", "健康", "假期", "聚会", "帮助", "安慰", "希望", "笑声", "胜利", "惊喜", "好消息", "温暖", "平安", "表扬", "顺利", "满意", "欢呼")  # fmt: skip
BAD_WORDS = ("糟糕", "可怕", "恶心", "丑陋", "粗鲁", "凶狠", "残忍", "无聊", "懒惰", "难吃", "破烂", "没用", "肮脏", "不公平", "没耐心", "悲伤", "生气", "害怕", "痛苦", "忧愁", "灾难", "错误", "谎言", "打架", "受伤", "眼泪", "敌人", "战争", "麻烦", "仇恨", "暴风雨", "生病", "事故", "损失", "恐惧", "孤独", "小偷", "坏消息", "失败", "危险", "批评", "失望", "委屈", "讨厌", "倒霉")  # fmt: skip
TOLD = "[“{x}”是一个{label}词。|听到“{x}”，我们会{mood}。|“{x}”让人{mood}。|“{x}”是{label}的。]"
WORD_ASKS = (("“{x}”是好词还是坏词？", "{label}词。"), ("“{x}”，好还是坏？", "{label}。"), ("高兴还是难过：“{x}”", "{mood}。"), ("有人说“{x}”，那是高兴还是难过？", "是{mood}。"),
             ("听到“{x}”，你会高兴还是难过？", "{mood}。"))  # fmt: skip


def tell(rng: random.Random) -> Document:
    """Words with the feeling they carry, told or asked one by one."""
    good = rng.random() < 0.5
    chosen = rng.sample(GOOD_WORDS if good else BAD_WORDS, rng.randint(2, 4))
    slots = {"label": "好" if good else "坏", "mood": "高兴" if good else "难过"}
    if rng.random() < 0.5:
        return Document("feelings", "".join(fill(TOLD, rng, slots | {"x": x}) for x in chosen))
    turns = []
    for x in chosen[:2]:
        ask, answer = rng.choice(WORD_ASKS)
        turns += [("user", fill(ask, rng, slots | {"x": x})), ("assistant", fill(answer, rng, slots))]
    return Document("feelings", turns=tuple(turns))


def sentence(rng: random.Random, good: bool, split: Split = "train") -> str:
    """One or two sentences with a clear feeling; some of the patterns are held out."""
    thing, measure = rng.choice(w.KEEPSAKES)
    slots = {"name": rng.choice(w.GIRLS + w.BOYS), "thing": thing, "mw": measure, "place": rng.choice(w.PLACES),
             "food": rng.choice(w.FOODS)[0]}  # fmt: skip
    return fill(rng.choice(phrasings(GOOD, split, MORE_GOOD) if good else phrasings(BAD, split, MORE_BAD)), rng, slots)


def question(rng: random.Random, split: Split) -> Question:
    """What is the feeling of this text?"""
    good = rng.random() < 0.5
    text = sentence(rng, good, split)
    rate = rng.random() < 0.4
    label = ("好" if good else "坏") if rate else ("高兴" if good else "难过")
    ways = phrasings(*((RATE, split, MORE_RATINGS) if rate else (ASK, split, MORE_MOODS)))
    prompt = fill(rng.choice(ways), rng, {"text": text})
    return Question("sentiment", prompt, rng.choice(ANSWER[label]), KEYS[label], text)
