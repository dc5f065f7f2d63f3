"""Makes nano's tokenizer and token files from the generators (and real texts, where given). Nothing is trained here.

python recipes/nano/prepare.py --work .lab/nano            # tokenizer.json, train.bin, and three probes
python recipes/nano/prepare.py --work … --keep-tokenizer   # a new corpus for a run that goes on
"""

import argparse
import random
import sys
from pathlib import Path

import numpy as np
import yaml
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
sys.path.insert(0, str(PROJECT))

from recipes.nano.world import corpus  # noqa: E402

CHINESE = r"[\x{3000}-\x{303F}\x{4E00}-\x{9FFF}\x{FF00}-\x{FFEF}]"  # punctuation, characters, full-width forms
SPECIAL = [corpus.END_OF_TEXT, "<|pad|>", corpus.START, corpus.END]

# Words of the domain that nano will be tuned on: known to the tokenizer (they cost few tokens), not to the corpus.
DOMAIN = """mapo tofu gongbao kung pao chicken jiaozi dumplings wonton baozi mantou Peking duck Cantonese Sichuan Hunan
Shandong Jiangsu Zhejiang Fujian Anhui Shanghai Beijing Guangdong Yunnan Xinjiang Xi'an Hong Kong char siu dim
sum congee chow mein lo mein zhajiangmian dan dan noodles hot pot xiaolongbao shumai cheung fun spring rolls
scallion pancake sweet and sour pork twice-cooked pork red-braised hongshao rou dongpo lion's head meatballs
steamed fish stir-fried wok bamboo steamer ginger garlic soy sauce sesame oil rice vinegar chilli Sichuan
pepper peppercorn star anise five-spice fermented black beans doubanjiang oyster sauce Shaoxing wine tofu skin
mushrooms bok choy cabbage lotus root beef lamb mutton pork belly shrimp crab roast boiled steamed braised
fried pickled spicy numbing savoury crispy tender silky broth filling wrapper dough noodles rice flour
glutinous zongzi mooncake tangyuan youtiao doujiang rougamo liangpi biang guilin rice noodles hainanese
yangzhou fried rice buddha jumps over the wall drunken chicken tea eggs cuisine dish ingredient flavour
province region cooked served festival breakfast dessert"""
CHINESE_DOMAIN = """\
麻婆豆腐宫保鸡丁饺子馄饨包子馒头北京烤鸭粤菜川菜湘菜鲁菜苏菜浙菜闽菜徽菜叉烧点心粥炒面炸酱面担担面火锅小笼包烧
卖肠粉春卷葱油饼糖醋里脊回锅肉红烧肉东坡肉狮子头清蒸鱼炒锅蒸笼姜蒜酱油香油米醋辣椒花椒八角五香豆豉豆瓣酱蚝油绍
兴酒豆皮香菇白菜莲藕牛羊猪虾蟹烤煮蒸炖煎炸腌辣麻咸甜酸脆嫩滑汤馅皮面团米饭面条糯粽月饼汤圆油条豆浆肉夹馍凉皮桂
林米粉海南扬州炒饭佛跳墙醉鸡茶叶蛋菜系食材味道省份节日早餐甜品广东四川湖南山东江苏浙江福建安徽"""
CHARACTERS = HERE / "characters.txt"


def documents(seed: int, characters: int):
    """Generated training documents as text, up to so many characters."""
    total = 0
    for document in corpus.documents(seed, "train"):
        text = corpus.render(document)
        yield text
        total += len(text)
        if total >= characters:
            return


def real_documents(settings: dict) -> list[str]:
    """Real texts as often as the recipe says; missing files are left out with a word."""
    found: list[str] = []
    for source in settings["real"]:
        path = PROJECT / source["path"]
        if not path.exists():
            print(f"left out, not here: {path}")
            continue
        texts = corpus.real_texts(path, source.get("probe", 0))
        found += [text + corpus.END_OF_TEXT for text in texts] * source["repeat"]
    return found


def frequent_characters() -> list[str]:
    """The Chinese characters that get a token of their own; the bytes serve for every other."""
    frequent = "".join(CHARACTERS.read_text(encoding="utf-8").splitlines()[1:])
    return sorted({*frequent, *CHINESE_DOMAIN.replace("\n", ""), *"，。？！：；、“”《》（）…"})


def learn_tokenizer(settings: dict, texts: list[str]) -> Tokenizer:
    """Byte-level BPE with single digits and single Chinese characters; chat tokens first, reserved ones behind them.

    A Chinese character is never merged with the next, so that words no text was trained on are read like all others.
    """
    special = [*SPECIAL, *(f"<|reserved_{i}|>" for i in range(settings["reserved"]))]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.Split(Regex(CHINESE), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False),
    ])  # fmt: skip
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=settings["entries"], special_tokens=special, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )  # fmt: skip
    # often enough that no character is left to the bytes because English asks for the place
    characters = ["\n".join(frequent_characters())] * 500
    tokenizer.train_from_iterator([*texts, *[DOMAIN.replace("\n", " ")] * 300, *characters], trainer)
    return tokenizer


def save_tokens(path: Path, tokenizer: Tokenizer, texts: list[str]) -> int:
    """Writes the texts one after the other as 16-bit token numbers; returns how many."""
    with path.with_suffix(".part").open("wb") as file:
        total = 0
        for start in range(0, len(texts), 4096):
            for encoded in tokenizer.encode_batch(texts[start : start + 4096]):
                file.write(np.array(encoded.ids, dtype=np.uint16).tobytes())
                total += len(encoded.ids)
    path.with_suffix(".part").replace(path)
    return total


def save_probes(work: Path, recipe: dict, tokenizer: Tokenizer) -> None:
    """Held-out stories and questions of each language, and real stories that were kept apart."""
    for language, suffix in (("en", ""), ("zh", "_zh")):
        stories, chats = [], []
        for document in corpus.documents(recipe["seed"] + 1, "held_out", (language,)):
            if document.subject == "stories":
                stories.append(corpus.render(document))
            elif document.subject == "questions":
                chats.append(corpus.render(document))
            if len(stories) >= 150 and len(chats) >= 400:
                break
        save_tokens(work / f"probe_stories{suffix}.bin", tokenizer, stories[:150])
        save_tokens(work / f"probe_chat{suffix}.bin", tokenizer, chats[:400])
    first = recipe["corpus"]["real"][0]
    if (path := PROJECT / first["path"]).exists():
        kept = corpus.real_texts(path)[: first["probe"]]
        save_tokens(work / "probe_real.bin", tokenizer, [text + corpus.END_OF_TEXT for text in kept])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=PROJECT / ".lab/nano")
    parser.add_argument("--recipe", type=Path, default=HERE / "recipe.yaml")
    parser.add_argument("--keep-tokenizer", action="store_true")
    parser.add_argument("--name", default="train.bin")
    options = parser.parse_args()
    recipe = yaml.safe_load(options.recipe.read_text())
    options.work.mkdir(parents=True, exist_ok=True)
    real = real_documents(recipe["corpus"])
    file = options.work / "tokenizer.json"
    if not options.keep_tokenizer:
        sample = list(documents(recipe["seed"] + 2, recipe["tokenizer"]["characters"]))
        learn_tokenizer(recipe["tokenizer"], sample + real).save(str(file))
    tokenizer = Tokenizer.from_file(str(file))
    texts = [*documents(recipe["seed"], recipe["corpus"]["characters"]), *real]
    random.Random(recipe["seed"]).shuffle(texts)
    total = save_tokens(options.work / options.name, tokenizer, texts)
    save_probes(options.work, recipe, tokenizer)
    characters = sum(map(len, texts)) / total
    print(f"{tokenizer.get_vocab_size()} entries, {total / 1e6:.1f} million tokens, {characters:.2f} characters each")


if __name__ == "__main__":
    main()
