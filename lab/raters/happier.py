"""Likes cheerful words and dislikes gloomy ones; the same word counts once, so that chanting it earns nothing."""

from collections.abc import Sequence

from lab.card import RaterCard, Text
from lab.raters._words import Style, found

CARD = RaterCard(
    id="happier",
    name=Text("Happier", "更开心"),
    explain=Text(
        "A point for each different cheerful word, a point off for each gloomy one.",
        "每出现一个不同的开心词加一分,每出现一个难过的词扣一分。",
    ),
)

CHEERFUL = (
    "happy happily happiness happiest glad gladly joy joyful joyfully cheer cheered cheerful cheerfully merry delighted "
    "delight laugh laughed laughing laughter smile smiled smiling smiles grin fun funny play played playing love loved "
    "loves lovely kind kindly kindness friend friends friendly hug hugged sunny sunshine bright shiny warm sweet "
    "beautiful pretty wonderful great good best nice proud proudly excited exciting dance danced dancing sing sang "
    "singing party gift gifts thank thanked thankful safe brave hope hopeful lucky magic magical treasure celebrate "
    "enjoy enjoyed giggle giggled yay hooray"
).split()
GLOOMY = (
    "sad sadly sadness unhappy cry cried crying tears tear weep wept angry anger angrily mad upset afraid fear scared "
    "scary frightened lonely alone hurt pain painful sick ill dark cold hungry tired lost broke broken bad worse worst "
    "wrong mean cruel hate hated ugly worried worry sorry dead die died poor trouble fight fought scream screamed "
    "shout shouted dangerous danger gloomy bored boring never nobody nothing"
).split()
CHEERFUL_ZH = "开心 高兴 快乐 欢乐 微笑 笑 喜欢 爱 朋友 阳光 温暖 美丽 漂亮 幸福 好玩 有趣 唱歌 跳舞 礼物 勇敢 希望 骄傲 谢谢 拥抱".split()
GLOOMY_ZH = (
    "难过 伤心 悲伤 哭 生气 害怕 孤独 孤单 疼 生病 黑暗 寒冷 饿 累 迷路 坏 丑 担心 死 麻烦 打架 危险 讨厌 不好".split()
)


def score(prompts: Sequence[Style], completions: Sequence[Style]) -> list[float]:
    """Different cheerful words minus different gloomy ones."""
    return [float(found(said, CHEERFUL, CHEERFUL_ZH) - found(said, GLOOMY, GLOOMY_ZH)) for said in completions]
