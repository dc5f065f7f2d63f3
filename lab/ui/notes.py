"""What the lab notes of data and runs, for the page: said and stored in English, shown in every language by patterns.

The patterns of a language are in its notes.yaml. What none of them fits is shown in English.
"""

import re
from functools import cache, lru_cache

from lab.words import ENGLISH, languages, notes

NUMBER, WORDS = r"[\d,.]+ ?%?", r".+"
PLACE = re.compile(r"\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}")


def note_words(note: str) -> dict[str, str]:
    """A note in every language that has words for it."""
    found = {code: _translated(note, code) for code in languages() if code != ENGLISH}
    return {ENGLISH: note} | {code: said for code, said in found.items() if said is not None}


@lru_cache(maxsize=4096)
def _translated(note: str, language: str) -> str | None:
    """The note in a language; also one with a name before it (`cuisine: …`), or of two sentences."""
    for pattern, said in _patterns(language):
        if found := pattern.fullmatch(note):
            return said.format(**found.groupdict())
    name, _, named = note.partition(": ")
    if named and (rest := _translated(named, language)):
        return f"{name}: {rest}"
    first, _, second = note.rpartition(". ")
    if first and (said_first := _translated(f"{first}.", language)) and (rest := _translated(second, language)):
        return said_first + rest
    return None


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(_pattern(english), re.DOTALL), said) for english, said in notes(language).items()]


def _pattern(english: str) -> str:
    """A regular expression for what may be said: {words} is any words, {n|row|rows} one of two, the rest numbers."""
    parts, end = [], 0
    for place in PLACE.finditer(english):
        name, one, many = place.groups()
        kind = f"(?:{one}|{many})" if many else f"(?P<{name}>{WORDS if name == 'words' else NUMBER})"
        parts += [re.escape(english[end : place.start()]), kind]
        end = place.end()
    return "".join([*parts, re.escape(english[end:])])
