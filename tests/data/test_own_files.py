"""Own files: several as one, a held-out one, columns by other names, and the column that figures are told apart by."""

import json

import pytest

from lab.data import load_data, load_mix, save_upload
from lab.data.bad_rows import BadRowsError
from lab.data.columns import NAMES, read_columns
from lab.data.layouts import ALIASES
from lab.errors import DataError, RecipeError
from lab.home import Home
from lab.recipe import DataChoice, build_recipe, parse_recipe, resolve
from lab.recipe.text import read_choice
from lab.visitors import acting, visitor_of

KINDS = ("fruit", "meat", "bread")
NAMED = {"prompt": "frage", "completion": "antwort"}


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def write(tmp_path):
    def write(name: str, start: int, count: int, more: str = "") -> str:
        """A CSV of questions in columns that nobody knows, of three kinds in turn; returns its path."""
        lines = [f"What is {i}?,{i} it is,{KINDS[i % 3]},{i}" for i in range(start, start + count)]
        path = tmp_path / name
        path.write_text("\n".join(["frage,antwort,kind,id", *lines, more]))
        return str(path)

    return write


def test_several_files_are_one_data_set_in_which_each_row_comes_once(home, write):
    choice = DataChoice(name=write("a.csv", 0, 40), files=(write("b.csv", 40, 10),), columns=NAMED)
    data = load_data(choice, home, 0)
    assert len(data.train) + len(data.held_out) == 50
    assert len({row["prompt"] for row in data.train}) == len(data.train)
    assert data.name.endswith("a.csv + 1 more") and "2 files are read as one." in data.notes


def test_all_of_a_held_out_file_is_held_out_but_for_what_training_has_too(home, write):
    choice = DataChoice(name=write("a.csv", 0, 40), held_out_file=write("test.csv", 35, 30), columns=NAMED)
    data = load_data(choice, home, 0)
    assert (len(data.train), len(data.held_out), data.dropped) == (40, 25, 5)
    assert "Held out: test.csv." in data.notes


def test_bad_rows_of_all_files_are_counted_together_with_their_file_and_left_out_together(home, write):
    names = [write("a.csv", 0, 20, "Empty?,,meat,1\n"), write("b.csv", 20, 20, "None?,,meat,1\n,x,meat,2\n")]
    choice = DataChoice(name=names[0], files=(names[1],), columns=NAMED)
    with pytest.raises(BadRowsError) as caught:
        load_data(choice, home, 0)
    assert (caught.value.bad.count, caught.value.rows) == (3, 43)
    assert [line.split(",")[0].strip() for line in str(caught.value).splitlines()[1:4]] == ["a.csv", "b.csv", "b.csv"]
    data = load_data(choice.model_copy(update={"skip_bad": True}), home, 0)
    assert len(data.train) + len(data.held_out) == 40
    assert sum("left out, which can't be read" in note for note in data.notes) == 2


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ({"by": "kinds"}, "there is no column 'kinds' to tell figures apart by: Did you mean 'kind'"),
        ({"by": "id"}, "different values; figures are told of at most 50"),
        ({"files": ("nowhere.csv",)}, "there is no such file"),
        ({"held_out_file": "upload:gone.csv"}, "no upload 'gone.csv'"),
    ],
)
def test_what_is_not_there_is_named(home, write, change, sign):
    with pytest.raises(DataError) as caught:
        load_data(DataChoice(**{"name": write("a.csv", 0, 60), "columns": NAMED} | change), home, 0)
    assert all(part in str(caught.value) for part in sign.split(": "))


@pytest.mark.parametrize("field", ["columns", "files", "held_out_file"])
def test_built_in_data_is_not_read_from_files(home, field):
    value = {"columns": {"prompt": "q"}, "files": ["a.csv"], "held_out_file": "a.csv"}[field]
    with pytest.raises(DataError, match=f"data.{field}"):
        load_data(DataChoice(name="cuisine", **{field: value}), home, 0)


def test_files_of_different_kinds_are_refused_with_a_way(home, write, tmp_path):
    (tmp_path / "texts.txt").write_text("One.\n\nTwo.\n\nThree.")
    choice = DataChoice(name=write("a.csv", 0, 9), files=(str(tmp_path / "texts.txt"),), columns={})
    with pytest.raises(DataError, match="fit no kind of data"):
        load_data(choice, home, 0)
    (tmp_path / "rows.jsonl").write_text('{"prompt": "a", "completion": "b"}\n')
    choice = DataChoice(name=str(tmp_path / "rows.jsonl"), files=(str(tmp_path / "texts.txt"),))
    with pytest.raises(DataError, match=r"kind prompt_completion, those here text.*mix them"):
        load_data(choice, home, 0)


def test_a_visitor_opens_no_other_file_by_any_field(home, write):
    outside = write("secret.csv", 20, 20)
    with acting(visitor_of("browser-aaaa")):
        inside = save_upload(write("a.csv", 0, 20), home, NAMED)
        for field in ({"files": (outside,)}, {"held_out_file": outside}, {"files": ("/nowhere.csv",)}):
            with pytest.raises(DataError, match="not open here"):
                load_data(DataChoice(name=inside, columns=NAMED, **field), home, 0)


def test_each_held_out_row_keeps_its_value_through_splits_mixes_and_folds(home, write):
    kinds = {f"What is {i}?": KINDS[i % 3] for i in range(60)}
    choice = DataChoice(name=write("a.csv", 0, 60), columns=NAMED, by="kind", held_out=0.3)
    other = DataChoice(name=write("b.csv", 60, 20), columns=NAMED)
    for data in (load_data(choice, home, 0), load_mix([choice], home, 0, ("prompt",))):
        asked = [
            row["prompt"] if isinstance(row["prompt"], str) else row["prompt"][-1]["content"] for row in data.held_out
        ]
        assert list(data.groups) == [kinds[question] for question in asked] and data.grouped_by == "kind"
    mixed = load_mix([choice, other], home, 0)
    assert [kinds.get(row["prompt"], other.name) for row in mixed.held_out] == list(mixed.groups)
    few = mixed.judged_by([0, 2])
    assert few.groups == (mixed.groups[0], mixed.groups[2]) and len(few.sources) == 2


def test_built_in_rows_are_told_apart_by_what_they_have(home):
    data = load_data(DataChoice(name="intents", by="label"), home, 0)
    assert list(data.groups) == [row["label"] for row in data.held_out]
    with pytest.raises(DataError, match="has no column 'kind'"):
        load_data(DataChoice(name="intents", by="kind"), home, 0)


def test_what_each_column_became_is_told_and_can_be_said(home, write):
    name = write("a.csv", 0, 60)
    unknown = read_columns(DataChoice(name=name), home)
    assert unknown.format is None and "fit no kind of data" in unknown.problem
    assert [(one.name, one.became, one.values) for one in unknown.columns] == [
        ("frage", None, 60), ("antwort", None, 60), ("kind", None, 3), ("id", None, 60),
    ]  # fmt: skip
    said = read_columns(DataChoice(name=name, columns=NAMED), home)
    assert said.problem is None and said.format == "prompt_completion"
    assert [one.became for one in said.columns] == ["prompt", "completion", None, None]
    assert said.columns[2].examples == KINDS
    with pytest.raises(DataError, match="no file"):
        read_columns(DataChoice(name="cuisine"), home)
    assert set(NAMES) <= set(ALIASES)


def test_a_column_can_be_said_to_be_nothing(home, tmp_path):
    file = tmp_path / "a.jsonl"
    row = {"prompt": "Who?", "completion": "Me.", "system": "A remark of no one's concern."}
    file.write_text("\n".join(json.dumps(row | {"prompt": f"{i}?"}) for i in range(9)))
    assert [one.became for one in read_columns(DataChoice(name=str(file)), home).columns][-1] == "system"
    choice = DataChoice(name=str(file), columns={"system": ""})
    assert [one.became for one in read_columns(choice, home).columns] == ["prompt", "completion", None]
    assert load_data(choice, home, 0).train[0]["prompt"] in {f"{i}?" for i in range(9)}


def test_a_file_whose_columns_nobody_knows_is_kept_only_where_they_can_be_said_later(home, write):
    file = write("a.csv", 0, 20)
    with pytest.raises(DataError, match="fit no kind"):
        save_upload(file, home)
    name = save_upload(file, home, unnamed=True)
    assert load_data(DataChoice(name=name, columns=NAMED), home, 0).format == "prompt_completion"


def test_what_a_choice_has_not_is_named(tmp_path):
    with pytest.raises(RecipeError, match=r"unknown key 'colums'.*'columns'"):
        read_choice({"name": "a.csv", "colums": {}})
    assert read_choice("a.csv") == DataChoice(name="a.csv")


def test_a_run_is_written_down_with_all_that_was_said_of_its_files():
    data = {"name": "a.csv", "files": ["b.csv", "c.csv"], "held_out_file": "t.csv", "columns": NAMED, "by": "kind"}
    recipe = build_recipe({"data": data, "variants": [{"name": "it", "method": "lora"}, {"name": "own", "data": data}]})
    assert [variant.name for variant in recipe.variants] == ["it", "own"]  # files are no values to choose from
    for run in resolve(recipe):
        (again,) = resolve(parse_recipe(run.to_yaml()))
        assert again.stages[0].data == run.stages[0].data == (DataChoice(**data),)
    (asked,) = resolve(build_recipe({"data": data, "evaluate": {"questions": "a.csv"}, "variants": [{"name": "it"}]}))
    assert asked.question_data().columns == NAMED


def test_one_more_file_needs_no_list():
    assert DataChoice(name="a.csv", files="b.csv").files == ("b.csv",)


def test_a_column_of_lists_is_refused_once_and_a_stray_list_is_a_bad_row(home, tmp_path):
    file = tmp_path / "a.jsonl"
    rows = [{"prompt": f"{i}?", "completion": "It is.", "tags": ["x"]} for i in range(9)]
    file.write_text("\n".join(map(json.dumps, rows)))
    with pytest.raises(DataError, match="the column 'tags' holds lists or objects"):
        load_data(DataChoice(name=str(file), by="tags"), home, 0)
    file.write_text("\n".join(json.dumps(row | ({"tags": "x"} if i else {})) for i, row in enumerate(rows)))
    with pytest.raises(BadRowsError, match="single values"):
        load_data(DataChoice(name=str(file), by="tags"), home, 0)
