"""Chinese for every word of the tables: things, the values of their properties, jobs, opposites, countries; and 量词."""

CHINESE: dict[str, str] = {}
MEASURE_WORDS: dict[str, str] = {}


def chinese(word: str) -> str:
    """The Chinese word for an English word of the tables; KeyError names the word that lacks one."""
    return CHINESE[word]


def measure_word(name: str) -> str:
    """The measure word (量词) of a thing: 一只猫, 一把锤子; 个 where none is given."""
    return MEASURE_WORDS.get(name, "个")
