"""The page's words: the same keys and places in both languages, none missing, none unused."""

import re

import pytest
import yaml

from lab.card import Text, find_cards
from lab.home import ASSETS
from lab.ui import language

SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ASSETS / "js").glob("*.js")))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OPEN_GROUPS = ("status", "metric", "curve", "family", "topic", "setting")
"""Words that are looked up by a name that comes from the lab."""


def test_both_languages_have_the_same_words_and_places():
    english, chinese = language.words("en"), language.words("zh")
    assert len(english) > 150
    assert english.keys() == chinese.keys()
    for key in english:
        assert set(re.findall(r"\{\w+\}", english[key])) == set(re.findall(r"\{\w+\}", chinese[key])), key


def test_a_word_that_goes_with_a_number_stands_beside_it():
    for key, words in language.words("en").items():
        assert set(re.findall(r"\{(\w+)\|[^|{}]+\|[^|{}]+\}", words)) <= set(re.findall(r"\{(\w+)\}", words)), key
        assert re.sub(r"\{\w+(\|[^|{}]+\|[^|{}]+)?\}", "", words).count("{") == 0, key


def test_no_word_is_empty_and_chinese_is_chinese():
    names = {"compare.voice"}
    for key, words in language.words("zh").items():
        assert words.strip(), key
        assert CHINESE.search(words) or key in names, f"{key}: {words}"


def test_chinese_uses_its_own_punctuation():
    for key, words in language.words("zh").items():
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]|[,;:?!(][\u4e00-\u9fff]", words), f"{key}: {words}"


@pytest.mark.parametrize("file", sorted((ASSETS / "words").glob("*.yaml")), ids=lambda file: file.name)
def test_every_file_of_words_is_flat_text(file):
    assert all(isinstance(words, str) for words in yaml.safe_load(file.read_text(encoding="utf-8")).values())


def test_every_word_a_script_asks_for_exists():
    asked = set(re.findall(r'\bt\("([\w.]+)"', SCRIPTS)) | set(re.findall(r'"((?:watch|train)\.\w+)"', SCRIPTS))
    assert len(asked) > 90
    assert asked <= language.words("en").keys()


def test_every_word_is_used():
    python = "".join(path.read_text(encoding="utf-8") for path in (ASSETS.parent / "lab" / "ui").glob("*.py"))
    for key in language.words("en"):
        group, _ = key.split(".", 1)
        used = key in SCRIPTS or group in OPEN_GROUPS or f'"{key}"' in python or group == "page"
        built = re.search(rf"`{group}\.\w*\$\{{", SCRIPTS) is not None
        assert used or built, f"no script uses {key}"


def test_every_family_of_methods_has_words():
    families = {module.CARD.family for module in find_cards("lab.methods").values()}
    assert {f"family.{family}" for family in families} <= language.words("en").keys()


def test_both_languages_are_in_the_page_and_escaped():
    assert language.both(Text("a <b>", "甲")) == '<span lang="en">a &lt;b&gt;</span><span lang="zh">甲</span>'
