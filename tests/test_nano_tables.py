"""The world's tables: every word has its Chinese, and no two things share a name in either language."""

from collections import Counter

from recipes.nano.world import relations, things, words
from recipes.nano.world.chinese import dictionary
from recipes.nano.world.chinese import relations as chinese_relations
from recipes.nano.world.chinese import words as chinese_words

FIELDS = ("name", "kind", "colour", "place", "use", "material", "sound", "food", "baby", "can")


def twice(found) -> list[str]:
    return [word for word, count in Counter(found).items() if count > 1]


def test_every_word_of_the_tables_has_its_chinese():
    said = {(field, getattr(thing, field)) for thing in things.things() for field in FIELDS if getattr(thing, field)}
    said |= {("part", part) for parts in things.part_table().values() for part in parts}
    said |= {pair for row in things.jobs() for pair in zip(("job", "work", "workplace"), row, strict=True)}
    said |= {("kind", kind.name) for kind in relations.kinds()}
    said |= {("calendar", word) for word in (*words.DAYS, *words.MONTHS, *words.SEASONS, *words.WEATHER)}
    lacking = sorted((field, word) for field, word in said if word not in dictionary.TABLES[field])
    assert not lacking
    assert not [(field, word) for field, word in said if dictionary.chinese(word, field).isascii()]


def test_no_two_things_have_the_same_name_in_english_or_chinese():
    assert not twice(thing.name for thing in things.things())
    assert len(things.things()) >= 1000
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
        assert not thing.place or dictionary.located(thing.place)[-1] in "里上中", thing
    assert set(dictionary.chinese_parts()) == set(things.part_table())
    assert len(dictionary.chinese_jobs()) == len(things.jobs())


def test_every_record_that_is_inferred_from_has_its_chinese():
    for made, said in (
        (relations.countries(), chinese_relations.chinese_countries()),
        (relations.climates().values(), chinese_relations.chinese_climates().values()),
        (relations.seasons(), chinese_relations.chinese_seasons()),
        (relations.workers(), chinese_relations.chinese_workers()),
    ):
        assert len(made) == len(said) > 3
        for one, other in zip(made, said, strict=True):
            values, translated = vars(one).values(), vars(other).values()
            assert [bool(value) for value in values] == [bool(value) for value in translated], one
            assert not [value for value in translated if value and str(value).isascii()], one


def test_what_is_inferred_is_of_known_kinds_countries_and_climates():
    assert {country.climate for country in relations.countries()} - {""} == set(relations.climates())
    assert len(relations.countries()) >= 60 and len(relations.workers()) >= 80
    assert not twice(worker.work for worker in relations.workers())
    assert relations.wider("bird") == ("animal", "living thing")
    known = {thing.name for thing in things.things()}
    for rule in (rule for kind in (*relations.kinds(), *relations.materials()) for rule in kind.rules):
        assert set(rule.exceptions) <= known | {relations.ONLY_ITSELF}, rule
    assert {thing.kind for thing in things.things()} <= {
        rule.about for kind in relations.kinds() for rule in kind.rules
    }


def test_a_rule_goes_down_to_what_it_covers_and_says_itself_in_both_languages():
    by_name = {thing.name: thing for thing in things.things()}
    fly = next(rule for rule in relations.rules_of(by_name["robin"]) if rule.what == "can fly")
    assert fly.asked("a robin") == "Can a robin fly?" and fly.said_in_chinese("知更鸟") == "知更鸟会飞"
    assert "can fly" not in {rule.what for rule in relations.rules_of(by_name["penguin"])}
    wings = next(rule for rule in relations.rules_of(by_name["penguin"]) if rule.what == "have wings")
    assert (
        wings.asked("penguins", plural=True) == "Do penguins have wings?"
        and wings.said("a penguin") == "a penguin has wings"
    )
    assert wings.denied_in_chinese("狗") == "狗没有翅膀" and fly.denied_in_chinese("企鹅") == "企鹅不会飞"
    hard = next(rule for rule in relations.rules_of(by_name["hammer"]) if rule.what == "be hard")
    assert (
        hard.asked("a hammer") == "Is a hammer hard?" and hard.denied("pillows", plural=True) == "pillows are not hard"
    )


def test_what_a_material_is_made_of_says_nothing_of_it_but_its_own_rules_hold():
    by_name = {thing.name: thing for thing in things.things()}
    assert "float on water" in {rule.what for rule in relations.rules_of(by_name["wood"])}
    assert "float on water" not in {rule.what for rule in relations.rules_of(by_name["table"])}
    assert not {"can be sawn", "be soft"} & {rule.what for rule in relations.rules_of(by_name["paper"])}
    assert "burn" in {rule.what for rule in relations.rules_of(by_name["table"])}


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
            assert len(listed) >= 0.5 * len(getattr(words, name)), name
    assert not set(chinese_words.GIRLS) & set(chinese_words.BOYS)
