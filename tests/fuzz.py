"""Values, texts and files as nobody means them, for hypothesis: what a lab is given by mistake or by malice."""

import copy
import json

import yaml
from hypothesis import strategies as st

from lab.recipe import dump_recipe
from lab.recipe.built_in import built_in

NASTY = (
    None,
    True,
    False,
    0,
    -1,
    1,
    3.5,
    1e308,
    float("nan"),
    float("inf"),
    -float("inf"),
    10**30,
    10**400,
    -(10**99),
    "",
    " ",
    "[",
    "name=[",
    "!!int x",
    "2024-01-01",
    "9" * 4301,
    "\x00",
    "\ud800",
    "a" * 5000,
    "run:",
    "stage:0",
    "stage:99",
    "run:00000000",
    "upload:x",
    "feedback",
    "cuisine",
    "nano",
    "lora",
    "ppo",
    "reward",
    "search",
    "../x",
    "/etc/passwd",
    "~",
    "a/b",
    "%s",
    "{0}",
    "{x}",
    "\n",
    "真",
    [],
    {},
    [[]],
    [None],
    [{}],
    {"": 1},
    {"name": []},
    {"name": "cuisine"},
    {"log": [1, 2], "n": 2},
    {"log": [-1, 0], "n": 0},
    {"linear": [], "n": 3},
    [1, 2],
    ["a", 1],
)
KEYS_THERE_ARE = """
    name note base seed split_seed repeat folds budget evaluate halving order precision quantize executor variants
    objective options method knobs data reward teacher remedy parameters learning_rate search schedule warmup
    weight_decay long_text early_stop keep gradient_accumulation gradient_checkpointing stages sweep steps seconds
    batch_size max_length r alpha weight subset split language columns skip_bad limit held_out fold pick tries log
    linear n every rows answers prompts questions shots patience 0 x
"""
KEYS = ("", *KEYS_THERE_ARE.split())
EXAMPLES = [yaml.safe_load(dump_recipe(recipe)) for recipe in built_in().values()]

scalars = st.one_of(st.sampled_from(NASTY), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(KEYS))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)),
    max_leaves=8,
)


@st.composite
def recipes(draw):
    """A recipe that comes with the lab, with something changed, added or taken away in up to four places."""
    fields = json.loads(json.dumps(draw(st.sampled_from(EXAMPLES))))
    for _ in range(draw(st.integers(1, 4))):
        _change(draw, fields)
    return fields


def _change(draw, fields):
    spot = fields
    while True:
        keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
        inner = [key for key in keys if isinstance(spot[key], dict | list) and spot[key]]
        if not inner or not draw(st.booleans()):
            break
        spot = spot[draw(st.sampled_from(inner))]
    if isinstance(spot, dict):
        spot[draw(st.sampled_from([*spot, *KEYS]))] = copy.deepcopy(draw(values))
    elif draw(st.booleans()) or not spot:
        spot.append(copy.deepcopy(draw(values)))
    else:
        spot[draw(st.integers(0, len(spot) - 1))] = copy.deepcopy(draw(values))


words = st.sampled_from(
    [
        "[",
        "]",
        "{",
        "}",
        ":",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "&a ",
        "*a",
        "<<: ",
        "!!int ",
        "!!binary ",
        "!x ",
        "!!set ",
        "? ",
        "| ",
        ">\n",
        "'",
        '"',
        "#",
        "%",
        "@",
        "`",
        ",",
        "---\n",
        "...",
        "\t",
        "\x00",
        "0x1",
        "1:2:3",
        "2024-01-01",
        ".nan",
        "~",
        "=",
        "null",
        "9" * 4301,
        "[" * 600,
        "{" * 600,
    ]
)
yaml_texts = st.lists(st.one_of(words, st.sampled_from(KEYS), st.text(max_size=4)), max_size=25).map("".join)


@st.composite
def overrides(draw):
    """What stands behind `--set`."""
    keys = st.one_of(st.sampled_from(KEYS), st.integers(-2, 30).map(str), st.text(max_size=3))
    path = ".".join(draw(st.lists(keys, min_size=1, max_size=4)))
    value = draw(st.one_of(yaml_texts, scalars.map(str), st.text(max_size=10)))
    return path + draw(st.sampled_from(["=", "=", "=", "", "==", "= "])) + value


cells = st.one_of(
    st.sampled_from([value for value in NASTY if value != 10**400]), st.text(max_size=12), st.integers(), st.floats()
)
COLUMNS_THERE_ARE = """
    prompt completion text messages conversations chosen rejected label question answer instruction input output
    history system tools image caption margin score split response_a response_b winner row row_idx columns data
    schema train test role content from value tokens tags kto_tag rank parent_id message_id steps context answers
    choices index weight
"""
COLUMNS = ("", *COLUMNS_THERE_ARE.split())
nested = st.recursive(
    cells,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(COLUMNS), inner, max_size=3)),
    max_leaves=6,
)
rows = st.lists(st.dictionaries(st.sampled_from(COLUMNS), nested, max_size=5), max_size=5)


def as_json(value):
    return json.dumps(value).encode()


@st.composite
def files(draw):
    """A file's name and bytes: well written, of whatever values; or not even that."""
    ending = draw(
        st.sampled_from(
            ["jsonl", "json", "csv", "tsv", "txt", "md", "parquet", "zip", "jsonl.gz", "csv.zst", "exe", ""]
        )
    )
    kind = draw(st.integers(0, 4))
    if kind == 0:
        data = draw(st.binary(max_size=200))
    elif kind == 1:
        data = b"\n".join(map(as_json, draw(rows)))
    elif kind == 2:
        data = as_json(draw(st.one_of(rows, nested)))
    elif kind == 3:
        line = st.lists(st.one_of(st.sampled_from(COLUMNS), st.text(max_size=6)), max_size=5)
        lines = draw(st.lists(line.map(draw(st.sampled_from([",", ";", "\t", "|"])).join), max_size=6))
        data = "\n".join(lines).encode("utf-8", "replace")
    else:
        piece = st.sampled_from(
            [
                b"PAR1",
                b"PK\x03\x04",
                b"\x1f\x8b",
                b"(\xb5/\xfd",
                b"\xff\xfe",
                b"\xef\xbb\xbf",
                b"sep=;\n",
                b'"',
                b"\0",
                b"<!--",
                b"-->",
                b"<html>",
                b"<?xml ",
                b"[" * 600,
                b"{",
                b"}",
                b"\n",
                b"9" * 4301,
                b":",
                b",",
            ]
        )
        data = b"".join(draw(st.lists(st.one_of(piece, st.binary(max_size=6)), max_size=12)))
    return f"file.{ending}".rstrip("."), data
