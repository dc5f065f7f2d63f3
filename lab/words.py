"""The lab's words in every language: a folder a language in assets/words, a file a subject; found by 'subject.key'.

`languages.yaml` lists the languages: a third is its line there and its folder. What one lacks is said in English.
`cards.yaml` of a language holds what cards (lab.card.Text, English and Chinese) say in it, by their English words;
`notes.yaml` so what is noted of data and runs.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lab.card import Text
from lab.home import ASSETS

WORDS = ASSETS / "words"
ENGLISH = "en"
APART = ("cards", "notes", "recipes", "variants")
"""Files of a language that are not keyed by subject: see `pair`, `notes`, and the names of recipes."""


def languages() -> dict[str, str]:
    """Every language's code and what it calls itself, English first."""
    return _read(WORDS / "languages.yaml")


def language_of(code: str) -> str:
    """The language of the list that a code asks for ('zh-CN' is 'zh'); English where there is none."""
    short = code.split("-")[0]
    return code if code in languages() else short if short in languages() else ENGLISH


def words(language: str) -> dict[str, str]:
    """All words of a language by 'subject.key'; English where it lacks one."""
    return _words(WORDS, ENGLISH) | _words(WORDS, language)


def own_words(language: str) -> dict[str, str]:
    """The words that a language's own folder says, without English ones in the gaps."""
    return _words(WORDS, language)


def text(key: str) -> dict[str, str]:
    """The words for a key in every language."""
    return {code: words(code)[key] for code in languages()}


def pair(said: Text) -> dict[str, str]:
    """What a card says, in every language: its own two, and others from their `cards.yaml`."""
    own = {"en": said.en, "zh": chinese(said.zh)}
    return {code: own[code] if code in own else cards(code).get(said.en, said.en) for code in languages()}


def cards(language: str) -> Mapping[str, str]:
    """What cards say in a language, by their English words."""
    return _read(WORDS / language / "cards.yaml")


def recipes(language: str) -> Mapping[str, Mapping[str, str]]:
    """Names and notes of built-in recipes in a language, by their path below recipes/."""
    return _read(WORDS / language / "recipes.yaml")


def variants(language: str) -> Mapping[str, str]:
    """What variants of the recipes that come with the lab are called in a language, by their English names."""
    return _read(WORDS / language / "variants.yaml")


def notes(language: str) -> Mapping[str, str]:
    """What the lab notes of data and runs in a language, by its English words with places: see `lab.ui.notes`."""
    return _read(WORDS / language / "notes.yaml")


def chinese(said: str) -> str:
    """Chinese with its own signs: full-width where a sign stands beside a Chinese character, as it is set in print."""
    said = said.replace("「", "“").replace("」", "”")
    said = re.sub(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)", r"（\1）", said)
    return re.sub(r"(?<=[\u4e00-\u9fff”）])[,;:?!] ?|[,;:?!](?=[\u4e00-\u9fff“])", _full_width, said)


@cache
def _words(root: Path, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((root / language).glob("*.yaml")):
        if file.stem not in APART:
            found |= {f"{file.stem}.{key}": said for key, said in _read(file).items()}
    return found


@cache
def _read(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text(encoding="utf-8")) or {} if file.exists() else {}


def _full_width(sign: re.Match[str]) -> str:
    return chr(ord(sign[0][0]) + 0xFEE0)
