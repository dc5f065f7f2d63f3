"""The built-in data set `prompts`: requests without answers, for objectives that judge what the model says itself.

Two thirds ask for stories and the rest asks simple questions, always in the same order. Every sixth one is held out.
"""

from lab.card import DataCard, Text

CARD = DataCard(
    id="prompts",
    name=Text("Story prompts", "故事题目"),
    explain=Text(
        "Requests for tiny stories and simple questions, without answers: the model answers, and a reward judges it.",
        "请模型讲小故事、答小问题，不给标准答案：由模型自己回答，再由奖励来评判。",
    ),
    format="prompt",
    source="Our own sentences.",
    licence="Apache-2.0",
    languages=("en", "zh"),
)

HELD_OUT_EVERY = 6

SUBJECTS = {
    "en": (
        "a brave mouse",
        "a boy who lost his shoe",
        "a cat and a dog",
        "a girl and her red kite",
        "a lonely star",
        "an old bear",
        "a frog who wants to sing",
        "a little boat",
        "two sisters",
        "a rainy day",
        "a farmer and his donkey",
        "a bird with a hurt wing",
        "a lost puppy",
        "a snowman",
        "a new friend at school",
        "a birthday cake",
        "a king without a crown",
        "a slow train",
        "a tall tree",
        "a fox and a crow",
        "a boy who is afraid of the dark",
        "a magic seed",
        "a trip to the sea",
        "a hungry rabbit",
        "a broken toy",
        "a kind baker",
        "a duck who can't swim",
        "a girl who finds a coin",
        "a windy night",
        "a very small house",
        "a bee and a flower",
        "a grandmother and her garden",
        "a race between friends",
        "a sleepy owl",
        "a fish who wants to see the sky",
        "a boy and his brother",
        "a shy turtle",
        "a hidden treasure",
        "a cold winter",
        "a parrot who learns to cook",
    ),
    "zh": (
        "一只勇敢的老鼠",
        "一个丢了鞋的男孩",
        "一只猫和一只狗",
        "一颗孤单的星星",
        "一只想唱歌的青蛙",
        "两姐妹",
        "一个下雨天",
        "一只受伤的小鸟",
        "一个雪人",
        "新来的同学",
        "一块生日蛋糕",
        "一列很慢的火车",
        "一只饿肚子的兔子",
        "一位好心的面包师",
        "一只不会游泳的鸭子",
        "奶奶的菜园",
        "一只害羞的乌龟",
        "一次去海边的旅行",
        "一个寒冷的冬天",
        "一只学做菜的鹦鹉",
    ),
}

REQUESTS = {
    "en": ("Tell me a story about {subject}.", "Write a short story about {subject}."),
    "zh": ("讲一个关于{subject}的故事。", "以“{subject}”为题写一篇小故事。"),
}

QUESTIONS = {
    "en": (
        "What do you like to do on a rainy day?",
        "Why do leaves fall in autumn?",
        "How do I make a cup of tea?",
        "What makes a good friend?",
        "What should I eat for breakfast?",
        "Why do we sleep?",
        "What can I give my mother for her birthday?",
        "How was your day?",
        "What is a cat?",
        "Where does rain come from?",
        "What do bees do?",
        "I am sad today. What can I do?",
        "I lost my ball. Can you help me?",
        "Can you say something nice?",
        "What is the best season of the year?",
        "How do I cross the road?",
        "What do plants need?",
        "Name three animals.",
        "Name three fruits.",
        "Name something that is cold.",
        "What is the opposite of hot?",
        "What colour is the sky?",
        "Is a stone soft or hard?",
        "What can you do with a book?",
        "Who helps people when they are ill?",
        "What do you see at night?",
        "My friend is angry with me. What should I say?",
        "What game can two children play?",
        "Why is it good to share?",
        "What is a garden?",
        "Describe a happy dog.",
        "Describe the sea.",
        "Describe your favourite place.",
        "What would you do with a magic hat?",
        "What is the moon like?",
        "How can I be brave?",
        "What do you say when someone helps you?",
        "How do birds fly?",
        "What is your favourite food?",
        "Say good night to a little child.",
    ),
    "zh": (
        "下雨天可以做什么？",
        "秋天树叶为什么会落？",
        "怎样泡一杯茶？",
        "什么样的人是好朋友？",
        "早饭吃什么好？",
        "人为什么要睡觉？",
        "妈妈过生日，送她什么好？",
        "雨是从哪里来的？",
        "蜜蜂每天做什么？",
        "我今天不开心，怎么办？",
        "说出三种动物。",
        "说出三种水果。",
        "“热”的反义词是什么？",
        "天空是什么颜色的？",
        "植物生长需要什么？",
        "朋友生我的气了，我该怎么说？",
        "为什么要学会分享？",
        "形容一下大海。",
        "怎样才能变得勇敢？",
        "别人帮了你，你会说什么？",
    ),
}


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"prompt"} of split "train" or "held_out" in "en" or "zh"."""
    stories = [request.format(subject=subject) for request in REQUESTS[language] for subject in SUBJECTS[language]]
    everything = [*stories, *QUESTIONS[language]]
    held_out = everything[::HELD_OUT_EVERY]
    chosen = held_out if split == "held_out" else [prompt for prompt in everything if prompt not in held_out]
    return [{"prompt": prompt} for prompt in chosen]
