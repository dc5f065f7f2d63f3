"""Whether an answer has the form that was asked for: so many words or items, an order, capitals, a first or last word.

A form is a name and what it needs, such as "words:3", "without:fruit" or "sorted"; several are joined by ";".
"""

import re

_NUMBERED = re.compile(r"^\d+\. ")


_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9'’-]+", text)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


def _items(text: str) -> list[str]:
    """The items of a list in any form: numbered, with dashes, one a line, or with commas and "and"."""
    lines = _lines(text)
    if len(lines) == 1:
        lines = re.split(r", and |, | and |[、，和]" if _CHINESE.search(text) else r", and |, | and ", lines[0])
    return [_NUMBERED.sub("", line).removeprefix("- ").strip(" .。") for line in lines]


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+|(?<=[。！？])", text.strip()) if part]


def _last_clause(text: str) -> str:
    return re.split(r"[:;.,]\s", text.strip().rstrip("."))[-1]


def _says(text: str, words: str) -> bool:
    if _CHINESE.search(words):  # no spaces between words
        return words in text
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.I) is not None


def _numbered(answer: str, count: str) -> bool:
    lines = _lines(answer)
    return len(lines) == int(count) and all(line.startswith(f"{n}. ") for n, line in enumerate(lines, 1))


def _dashes(answer: str, count: str) -> bool:
    return len(_lines(answer)) == int(count) and all(line.startswith("- ") for line in _lines(answer))


def _sorted(answer: str, needed: str) -> bool:
    items = [item.lower() for item in _items(answer)]
    return items == sorted(items) and sorted(items) == sorted(needed.lower().split(","))


def _concludes(answer: str, needed: str) -> bool:
    """The last clause names the first of the words and none of the others."""
    right, *others = needed.split(",")
    return _says(_last_clause(answer), right) and not any(_says(_last_clause(answer), other) for other in others)


CHECKS = {
    "words": lambda answer, n: len(_words(answer)) == int(n),
    "characters": lambda answer, n: len(_CHINESE.findall(answer)) == int(n),
    "short": lambda answer, n: len(_CHINESE.findall(answer)) <= int(n),
    "between": lambda answer, n: len(_lines(answer)) == 1 and answer.count(n[0]) == int(n[1:]) and "和" not in answer,
    "closes": lambda answer, sign: answer.strip().endswith(sign),
    "sentences": lambda answer, n: len(_sentences(answer)) == int(n),
    "items": lambda answer, n: len(_items(answer)) == int(n) == len({item.lower() for item in _items(answer)}),
    "numbered": _numbered,
    "dashes": _dashes,
    "lines": lambda answer, n: len(_lines(answer)) == int(n),
    "commas": lambda answer, n: len(_lines(answer)) == 1 and answer.count(",") == int(n) - 1 and " and " not in answer,
    "sorted": _sorted,
    "capitals": lambda answer, _: answer == answer.upper() != answer.lower(),
    "small": lambda answer, _: answer == answer.lower() != answer.upper(),
    "begins": lambda answer, start: answer.lower().startswith(start.lower()),
    "ends": lambda answer, end: answer.lower().rstrip(".!?。！？").endswith(end.lower()),
    "not": lambda answer, word: not _says(answer, word),
    "without": lambda answer, word: not _says(answer, word),
    "times": lambda answer, n: (
        len(re.findall(re.escape(n.partition(",")[2]), answer, re.I)) == int(n.partition(",")[0])
    ),
    "exactly": lambda answer, text: answer.strip() == text,
    "same": lambda answer, text: answer.strip(" .!。！").lower() == text.strip(" .!。！").lower(),
    "quoted": lambda answer, text: f'"{text}"' in answer,
    "concludes": _concludes,
}


def follows(form: str, answer: str) -> bool:
    """Whether the answer has this form; with no form asked for, any has."""
    for one in filter(None, form.split(";")):
        name, _, needed = one.partition(":")
        if not CHECKS[name](answer, needed):
            return False
    return True
