"""How the data set `intents` words what somebody wants: for each intent and language those of training, then others that
are only held out. All intents speak of the same things, names and places, so that these tell nothing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wordings:
    """The wordings of one intent in one language, with its name there."""

    label: str
    train: tuple[str, ...]
    held_out: tuple[str, ...]


FILLERS = {
    "en": {
        "thing": ("kite", "book", "bike", "lamp", "cup", "drum", "hat", "basket", "ball", "blanket", "clock", "chair"),
        "name": ("Mia", "Tom", "Anna", "Leo", "Lily", "Sam", "Nora", "Ben"),
        "place": ("the park", "the lake", "the library", "the market", "the beach", "the zoo", "the farm", "the school"),
        "act": ("paint a picture", "bake bread", "play a game", "plant flowers", "sing songs", "read a story",
                "build a tent", "look at the stars"),
    },
    "zh": {
        "thing": ("风筝", "书", "自行车", "台灯", "杯子", "小鼓", "帽子", "篮子", "皮球", "毯子", "闹钟", "椅子"),
        "name": ("小美", "小明", "安安", "乐乐", "丽丽", "大山", "小雨", "冬冬"),
        "place": ("公园", "湖边", "图书馆", "市场", "海边", "动物园", "农场", "学校"),
        "act": ("画画", "烤面包", "玩游戏", "种花", "唱歌", "看故事书", "搭帐篷", "看星星"),
    },
}  # fmt: skip

WORDINGS = {
    "en": {
        "request": Wordings("request", (
            "Could you bring my {thing} to {place}, please?", "I can't open this {thing}. Can you do it for me?",
            "Please show me how to {act}.", "My {thing} is too heavy. Will you carry it, {name}?",
            "I need somebody to look after my {thing} today.", "{name}, would you wait for me at {place}?",
            "Can I have your {thing} for one hour?", "I want to {act} but I don't know how. Please teach me.",
            "May I use the {thing} when you have finished?", "Help me find my {thing}, please. I lost it at {place}.",
            "Please ask {name} to give me the {thing}.", "Would you hold the {thing} while I tie my shoes?",
        ), (
            "I wonder if you could lend me a {thing}, {name}.", "Somebody must fix this {thing}. Can you try?",
            "Please tell {name} that I am waiting at {place}.", "Can you come with me to {place}? I am afraid to go alone.",
            "I would like to borrow the {thing} until tomorrow.", "Will you help me to {act}, {name}?",
        )),
        "complaint": Wordings("complaint", (
            "You took my {thing} again and did not ask me.", "The {thing} I bought yesterday is already broken.",
            "I waited at {place} for two hours and nobody came.", "{name} never gives me the {thing} back.",
            "It is not fair that {name} always gets the {thing}.", "You said we would {act}, but you forgot it again.",
            "This {thing} does not work, and I paid a lot for it.", "You are too loud. I can't {act} like this.",
            "Why do I always have to carry the {thing}?", "Every time we go to {place} you come late.",
            "{name} broke my {thing} and only laughed.", "Nobody listens to me when I speak about the {thing}.",
        ), (
            "You promised me a {thing}, and now you give it to {name}.", "The shop sold me an old {thing} for a new one.",
            "I told you three times not to touch my {thing}.", "{name} left me alone at {place}, and it was raining.",
            "It is always me who must clean the {thing}.", "We wanted to {act}, but you spoiled the whole day.",
        )),
        "thanks": Wordings("thanks", (
            "Thank you for the {thing}, {name}.", "You carried my {thing} home for me. That was very kind.",
            "I am so glad that you waited for me at {place}.", "{name}, you are a good friend. The {thing} works again.",
            "How nice of you to {act} with me.", "The {thing} you gave me is just what I needed.",
            "Many thanks to {name}, who found my {thing} at {place}.", "You helped me to {act}. I will not forget it.",
            "It was so good of you to fix my {thing}.", "Thanks a lot for taking me to {place}.",
            "I could not have done it without you, {name}.", "What a lovely {thing}! You are too good to me.",
        ), (
            "Without your help I would still look for my {thing}.", "{name}, I really enjoyed the day at {place}. You are great.",
            "You gave me your own {thing}. I will never forget that.", "I owe you so much for showing me how to {act}.",
            "Thank {name} for me. The {thing} makes me very happy.", "So kind of you to lend me the {thing}!",
        )),
        "invitation": Wordings("invitation", (
            "Do you want to {act} with us on Sunday?", "Come to {place} with me, {name}. It will be fun.",
            "Let us meet at {place} and {act}.", "We are going to {act}. You can join us.",
            "There is a seat for you too, {name}. Come with us to {place}.", "Would you like to {act} at my house tonight?",
            "Why don't you bring your {thing} and play with us?", "On my birthday we {act}. I hope you will be there.",
            "Let's go to {place} together tomorrow.", "{name} and I will {act}. Are you coming too?",
            "How about a walk to {place} after lunch?", "You must visit us at {place} one day.",
        ), (
            "Shall we {act} this afternoon, {name}?", "Everybody will be at {place} tonight. Come along!",
            "I have two tickets for {place}. One of them is yours.", "What about trying my new {thing} together?",
            "If you are free, we could {act} tomorrow.", "Join us for dinner, {name}, and then we {act}.",
        )),
        "apology": Wordings("apology", (
            "I am sorry that I broke your {thing}.", "I should not have taken your {thing}, {name}.",
            "It was my fault that we came late to {place}.", "Please forgive me. I forgot to {act} with you.",
            "I lost your {thing}. I feel so bad about it.", "I did not mean to hurt you, {name}.",
            "Sorry, I left your {thing} in the rain.", "I was rude to you at {place}. It will not happen again.",
            "My mistake: I gave your {thing} to {name}.", "I promise to be more careful with your {thing}.",
            "I feel terrible that you had to wait at {place}.", "I am sorry, {name}, I did not see you.",
        ), (
            "I was wrong about the {thing}, and you were right, {name}.", "Forgive me for being so late, {name}.",
            "I didn't want to break the {thing}. Let me buy you a new one.", "I feel bad because I shouted at you at {place}.",
            "I am so sorry about your {thing}.", "I should have told you that we could not {act}.",
        )),
        "refusal": Wordings("refusal", (
            "No, I can't lend you my {thing}.", "I would rather stay at home than go to {place}.",
            "I don't want to {act} today.", "You can't have the {thing}, {name}. It belongs to me.",
            "I have no time to {act}.", "No thank you, I have enough of {place}.",
            "I will not carry your {thing}.", "I am too tired to come to {place}.",
            "Not now, {name}. I am busy.", "I can't help you with the {thing} today.",
            "I never {act}, and I will not start now.", "Ask {name}, not me. I will not do it.",
        ), (
            "I am afraid I can't come to {place}.", "My {thing} stays here, {name}. Nobody may take it.",
            "I don't feel like going to {place}.", "No, today I will not {act} with you.",
            "Sorry, but the {thing} is not for you.", "Maybe another day. Now I must sleep.",
        )),
    },
    "zh": {
        "request": Wordings("请求", (
            "请把我的{thing}拿到{place}来，好吗？", "我打不开这个{thing}，你能帮我吗？", "请教我怎么{act}。",
            "我的{thing}太重了，{name}，你能帮我拿吗？", "今天谁能帮我看一下{thing}？", "{name}，你能在{place}等我吗？",
            "你的{thing}能借我用一个小时吗？", "我想{act}，可是我不会，请教教我。", "你用完以后，我可以用{thing}吗？",
            "请帮我找找{thing}，我把它丢在{place}了。", "请你叫{name}把{thing}给我。", "我系鞋带的时候，你帮我拿一下{thing}好吗？",
        ), (
            "不知道你能不能借我一个{thing}，{name}。", "这个{thing}要修一修，你能试试吗？", "请告诉{name}，我在{place}等他。",
            "你能陪我去{place}吗？我不敢一个人去。", "我想借这个{thing}用到明天。", "{name}，你愿意帮我{act}吗？",
        )),
        "complaint": Wordings("抱怨", (
            "你又拿了我的{thing}，问都不问我。", "我昨天买的{thing}已经坏了。", "我在{place}等了两个小时，谁也没来。",
            "{name}从来不把{thing}还给我。", "总是{name}拿到{thing}，这不公平。", "你说好一起{act}，结果又忘了。",
            "这个{thing}不能用，还花了我那么多钱。", "你太吵了，我没法{act}。", "为什么每次都是我拿{thing}？",
            "每次去{place}你都迟到。", "{name}弄坏了我的{thing}，还笑我。", "我说{thing}的事，没有一个人听。",
        ), (
            "你答应给我{thing}，现在却给了{name}。", "店里把旧{thing}当新的卖给我。", "我说了三次，不要动我的{thing}。",
            "{name}把我一个人留在{place}，还下着雨。", "擦{thing}的总是我。", "我们本来要{act}，一天都被你毁了。",
        )),
        "thanks": Wordings("感谢", (
            "谢谢你送我的{thing}，{name}。", "你帮我把{thing}拿回家，你真好。", "你在{place}等我，我真高兴。",
            "{name}，你真是好朋友，{thing}又能用了。", "你陪我{act}，真是太好了。", "你给我的{thing}正是我想要的。",
            "多谢{name}在{place}找到了我的{thing}。", "你帮我{act}，我不会忘记的。", "你帮我修好了{thing}，真好。",
            "多谢你带我去{place}。", "没有你，我做不到，{name}。", "多漂亮的{thing}！你对我太好了。",
        ), (
            "要不是你帮忙，我还在找我的{thing}呢。", "{name}，在{place}的一天真开心，你太好了。", "你把自己的{thing}给了我，我会一直记得。",
            "你教会我{act}，我不知道怎么报答你。", "替我谢谢{name}，这个{thing}我很喜欢。", "你肯借我{thing}，真是好心人！",
        )),
        "invitation": Wordings("邀请", (
            "星期天你想和我们一起{act}吗？", "{name}，跟我去{place}吧，会很好玩的。", "我们在{place}见面，一起{act}吧。",
            "我们要去{act}，你也来吧。", "{name}，也有你的座位，和我们一起去{place}吧。", "今晚来我家{act}好不好？",
            "带上你的{thing}，来和我们一起玩吧。", "我生日那天我们{act}，希望你也来。", "明天我们一起去{place}吧。",
            "我和{name}要{act}，你来不来？", "吃完午饭去{place}走走怎么样？", "哪天你一定要来{place}看我们。",
        ), (
            "{name}，今天下午我们{act}好吗？", "今晚大家都在{place}，一起来吧！", "我有两张去{place}的票，一张是你的。",
            "一起来试试我的新{thing}怎么样？", "你有空的话，我们明天可以{act}。", "{name}，来一起吃饭吧，然后我们{act}。",
        )),
        "apology": Wordings("道歉", (
            "对不起，我弄坏了你的{thing}。", "{name}，我不该拿你的{thing}。", "我们到{place}晚了，是我的错。",
            "请原谅我，我忘了和你{act}。", "我把你的{thing}弄丢了，心里很难过。", "{name}，我不是故意伤你的心。",
            "不好意思，我把你的{thing}忘在雨里了。", "我在{place}对你没礼貌，以后不会了。", "都怪我，把你的{thing}给了{name}。",
            "我保证以后小心用你的{thing}。", "让你在{place}等那么久，我很过意不去。", "对不起，{name}，我没看见你。",
        ), (
            "{thing}的事是我错了，你说得对，{name}。", "原谅我来得这么晚，{name}。", "我不是有意弄坏{thing}的，我给你买个新的。",
            "我在{place}对你大喊，心里很后悔。", "你的{thing}成了这样，真对不起。", "我应该早点告诉你，我们不能{act}了。",
        )),
        "refusal": Wordings("拒绝", (
            "不行，我的{thing}不能借给你。", "我宁愿在家，也不去{place}。", "我今天不想{act}。",
            "{name}，这个{thing}不能给你，它是我的。", "我没有时间{act}。", "不用了，{place}我去够了。",
            "我不会帮你拿{thing}的。", "我太累了，不去{place}了。", "现在不行，{name}，我很忙。",
            "今天我帮不了你修{thing}。", "我从来不{act}，现在也不想。", "去找{name}吧，别找我，我不做。",
        ), (
            "我恐怕去不了{place}。", "{name}，我的{thing}就放在这里，谁也不能拿。", "我不太想去{place}。",
            "不，今天我不和你{act}。", "抱歉，这个{thing}不是给你的。", "改天吧，我现在要睡觉了。",
        )),
    },
}  # fmt: skip
