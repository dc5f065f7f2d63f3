"""What the wordings of the data set `intents` are made of, and what fills them: the same for all intents."""

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
