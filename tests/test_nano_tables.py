"""The world's tables: every word has its Chinese, and no two things share a name in either language."""

from collections import Counter

from recipes.nano.world import things, words
from recipes.nano.world.chinese import dictionary
from recipes.nano.world.chinese import words as chinese_words
from recipes.nano.world.table_words import CAPITALS

FIELDS = ("name", "kind", "colour", "place", "use", "material", "sound", "food", "baby", "can")


def twice(found) -> list[str]:
    return [word for word, count in Counter(found).items() if count > 1]


def test_every_word_of_the_tables_has_its_chinese():
    said = {(field, getattr(thing, field)) for thing in things.things() for field in FIELDS if getattr(thing, field)}
    said |= {("part", part) for parts in things.part_table().values() for part in parts}
    said |= {pair for row in things.jobs() for pair in zip(("job", "work", "workplace"), row, strict=True)}
    said |= {pair for row in things.pairs(CAPITALS) for pair in zip(("country", "capital"), row, strict=True)}
    said |= {("calendar", word) for word in (*words.DAYS, *words.MONTHS, *words.SEASONS, *words.WEATHER)}
    lacking = sorted((field, word) for field, word in said if word not in dictionary.TABLES[field])
    assert not lacking
    assert not [(field, word) for field, word in said if dictionary.chinese(word, field).isascii()]


def test_no_two_things_have_the_same_name_in_english_or_chinese():
    assert not twice(thing.name for thing in things.things())
    for field in ("name", "job", "country", "capital", "colour", "kind"):
        assert not twice(dictionary.TABLES[field].values())


def test_the_names_translated_are_those_of_the_tables():
    assert set(dictionary.TABLES["name"]) == {thing.name for thing in things.things()} == set(dictionary.MEASURE_WORDS)


def test_a_thing_in_chinese_has_all_that_it_has_in_english():
    for thing in things.things():
        said = dictionary.in_chinese(thing)
        assert [bool(getattr(said, field)) for field in FIELDS] == [bool(getattr(thing, field)) for field in FIELDS]
        assert not [
            getattr(said, field)
            for field in FIELDS
            if getattr(said, field).strip("-") and getattr(said, field).isascii()
        ]
        assert dictionary.located(thing.place)[-1] in "里上中", thing
    assert set(dictionary.chinese_parts()) == set(things.part_table())
    assert len(dictionary.chinese_jobs()) == len(things.jobs())


def test_the_same_english_word_is_told_apart_by_its_field():
    assert dictionary.chinese("orange", "colour") == "橙色" and dictionary.chinese("orange") == "橙子"
    assert dictionary.chinese("bark", "sound") != dictionary.chinese("bark", "food")
    assert dictionary.measure_word("hammer") == "把" and dictionary.measure_word("cat") == "只"


def test_chinese_opposites_are_pairs_of_different_words_and_none_is_told_twice():
    pairs = dictionary.chinese_opposites()
    assert len(pairs) > 110 and not twice(frozenset(pair) for pair in pairs)
    assert all(a != b and not (a + b).isascii() for a, b in pairs)


def test_the_lists_of_chinese_words_repeat_nothing():
    for name, listed in vars(chinese_words).items():
        if name.isupper():
            assert not twice(listed), name
            assert len(listed) >= 0.9 * len(getattr(words, name)) or name in ("FOODS",), name
    assert not set(chinese_words.GIRLS) & set(chinese_words.BOYS)
