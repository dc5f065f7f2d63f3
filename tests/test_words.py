"""The lab's words: the same keys and places in every language, none missing or unused; a third is a folder."""

import re
import shutil

import pytest
import yaml

from lab import words
from lab.card import Text, find_cards
from lab.home import ASSETS, PROJECT

SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ASSETS / "js").rglob("*.js")))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OPEN_GROUPS = ("column", "status", "metric", "curve", "family", "topic", "setting", "picture", "task", "span")
"""Words that are looked up by a name that comes from the lab."""
OTHERS = [code for code in words.languages() if code != words.ENGLISH]


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_all_words_with_the_same_places(language):
    english, other = words.words("en"), words.own_words(language)
    assert len(english) > 150
    assert english.keys() == other.keys()
    for key in english:
        assert set(re.findall(r"\{\w+\}", english[key])) == set(re.findall(r"\{\w+\}", other[key])), key


def test_every_folder_of_words_is_in_the_list():
    folders = {path.name for path in words.WORDS.iterdir() if path.is_dir()}
    assert folders == set(words.languages()) >= {"en", "zh"}


def test_a_word_that_goes_with_a_number_stands_beside_it():
    for key, said in words.words("en").items():
        assert set(re.findall(r"\{(\w+)\|[^|{}]+\|[^|{}]+\}", said)) <= set(re.findall(r"\{(\w+)\}", said)), key
        assert re.sub(r"\{\w+(\|[^|{}]+\|[^|{}]+)?\}", "", said).count("{") == 0, key


def test_no_word_is_empty_and_chinese_is_chinese():
    names = {"compare.voice", *(f"page.{sign}" for sign in ("comma", "semicolon", "colon", "stop", "gap"))}
    for key, said in words.own_words("zh").items():
        assert (said.strip() and CHINESE.search(said)) or key in names, f"{key}: {said}"


def test_chinese_uses_its_own_punctuation():
    for key, said in words.own_words("zh").items():
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]|[,;:?!(][\u4e00-\u9fff]", said), f"{key}: {said}"


@pytest.mark.parametrize("language", words.languages())
def test_no_word_of_a_tab_with_a_form_says_that_something_is_beside_it(language):
    for key, said in words.words(language).items():  # on a phone the form is above the chart
        if key.startswith(("train.", "watch.", "overfitting.")):
            assert not re.search(r"on the (left|right)|左边|右边|左侧|右侧", said), f"{key}: {said}"


def test_every_file_of_words_is_flat_text():
    files = [file for file in sorted(words.WORDS.rglob("*.yaml")) if file.stem != "recipes"]
    assert len(files) > 30
    for file in files:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert all(isinstance(said, str) for said in found.values()), file


def test_every_word_a_script_asks_for_exists():
    asked = set(re.findall(r'\bt\(\s*"([\w.]+)"', SCRIPTS)) | set(re.findall(r'"((?:watch|train)\.\w+)"', SCRIPTS))
    assert len(asked) > 90
    assert asked <= words.words("en").keys()


def test_every_word_is_used():
    rooms = (PROJECT / "lab" / room for room in ("ui", "report"))
    python = "".join(path.read_text(encoding="utf-8") for room in rooms for path in room.glob("*.py"))
    for key in words.words("en"):
        group, _ = key.split(".", 1)
        used = key in SCRIPTS or group in OPEN_GROUPS or f'"{key}"' in python or group == "page"
        built = re.search(rf"`{group}\.\w*\$\{{", SCRIPTS) is not None
        assert used or built, f"no script uses {key}"


def test_every_family_of_methods_has_words():
    families = {module.CARD.family for module in find_cards("lab.methods").values()}
    assert {f"family.{family}" for family in families} <= words.words("en").keys()


def test_a_code_asks_for_its_language_or_english():
    asked = ("zh", "zh-CN", "en-GB", "xx", "")
    assert [words.language_of(code) for code in asked] == ["zh", "zh", "en", "en", "en"]


@pytest.fixture
def third(tmp_path, monkeypatch):
    """A copy of the words with a third language: its line in the list, and a folder with three words in it."""
    folder = shutil.copytree(words.WORDS, tmp_path / "words")
    with (folder / "languages.yaml").open("a", encoding="utf-8") as file:
        file.write("de: Deutsch\n")
    (folder / "de").mkdir()
    (folder / "de" / "page.yaml").write_text("learn: Lernen\n")
    (folder / "de" / "cards.yaml").write_text("Low-rank adapters: Niedrigrang-Adapter\n")
    (folder / "de" / "recipes.yaml").write_text("first_steps: {name: Erste Schritte}\n")
    monkeypatch.setattr(words, "WORDS", folder)
    return folder


def test_a_third_language_is_a_folder_and_a_line(third):
    assert words.languages() == {"en": "English", "zh": "中文", "de": "Deutsch"}
    german = words.words("de")
    assert (german["page.learn"], german["page.train"]) == ("Lernen", "Train")
    assert words.text("page.learn") == {"en": "Learn", "zh": "方法", "de": "Lernen"}
    assert words.pair(Text("Low-rank adapters", "低秩"))["de"] == "Niedrigrang-Adapter"
    assert words.pair(Text("Other", "其他"))["de"] == "Other"


def test_a_third_language_is_offered_by_the_page(third):
    from lab.ui import language, theme
    from lab.ui.recipe_words import words_of

    said = words_of("recipes/first_steps.yaml", {"name": "First steps", "note": "A note."})
    assert said["name"] == {"en": "First steps", "zh": "第一步", "de": "Erste Schritte"}
    assert said["note"]["de"] == "A note."
    assert "Deutsch" in theme.head() and "Lernen" in theme.head()
    assert "de" in language.translations().translations_dict
