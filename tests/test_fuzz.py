"""Recipes, overrides, files and model folders of any kind: either they are good, or a LabError says what is wrong.

The default suite draws a few hundred of each, always the same; `-m slow` (all of `make test`) draws ten thousand:
2,500 of each.
"""

import json
import struct
import sys

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lab.data.files import parse_file
from lab.data.formats import to_standard
from lab.errors import LabError
from lab.models.shape import folder_shape
from lab.recipe import build_recipe, dump_recipe, parse_recipe
from tests import fuzz

PLAIN = yaml.safe_dump(fuzz.EXAMPLES[0])
LONGEST = 10_000
FEW = settings(
    max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
MANY = settings(FEW, max_examples=2_500)


def clean(call, *arguments):
    """The value of a call; None where a LabError, which can be shown, says what is wrong."""
    try:
        return call(*arguments)
    except LabError as problem:
        assert len(str(problem)) < LONGEST
        str(problem).encode()
        return None


def build(fields):
    if recipe := clean(build_recipe, fields):
        assert build_recipe(yaml.safe_load(dump_recipe(recipe))) == recipe


def parse(text):
    clean(parse_recipe, text)
    clean(parse_recipe, f"name: x\nvariants: [{{name: a, method: lora}}]\n{text}")


def override(change):
    clean(parse_recipe, PLAIN, "recipe", [change])


def read(file):
    name, data = file
    if parts := clean(parse_file, data, name):
        for table in (parts.train, parts.held_out):
            if table:
                clean(to_standard, table)


FUZZED = {
    "recipes": (fuzz.recipes(), build),
    "yaml": (fuzz.yaml_texts, parse),
    "overrides": (fuzz.overrides(), override),
    "files": (fuzz.files(), read),
}


@pytest.mark.parametrize("what", FUZZED)
def test_whatever_comes_is_good_or_a_sentence(what):
    strategy, use = FUZZED[what]
    FEW(given(strategy)(use))()


@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("what", FUZZED)
def test_ten_thousand_in_all_are_good_or_a_sentence(what):
    strategy, use = FUZZED[what]
    MANY(given(strategy)(use))()


@pytest.mark.parametrize(
    "change",
    [
        "name=[",
        "note=!!int x",
        "seed=2024-01-01",
        f"seed={'9' * 4301}",
        f"note={'[' * 600}",
        f"note={'{' * 600}",
        "variants.0.knobs=!!python/object:os.system x",
        "budget.steps=.nan",
        "budget.steps=1e999",
        "learning_rate=-.inf",
        "variants.9.method=lora",
        "variants.0.x.y.z=1",
        "data.0.0.0=1",
        "variants=",
        "=",
        "a",
        "",
        ".",
        "..=1",
        "note=\ud800",
        "name=\x00",
        "variants.0=1",
        "variants=1",
        "budget=[]",
        "evaluate.prompts=[1]",
        "seed=0x" + "f" * 5000,
        "knobs.r=1:2:3",
        "note=&a [*a]",
        "base=run:",
        "base=~nobody/x",
    ],
)
def test_overrides_that_gave_a_traceback(change):
    override(change)


PARTS = ("layers", "hidden", "vocab", "positions", "linears")
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just([1, "a"]),
    st.just(10**40),
)
CONFIG = (
    "architectures",
    "model_type",
    "hidden_size",
    "num_hidden_layers",
    "vocab_size",
    "num_attention_heads",
    "max_position_embeddings",
    "text_config",
    "dtype",
    "torch_dtype",
    "tie_word_embeddings",
    "auto_map",
    "n_embd",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A model's folder as far as its shape is read from it."""
    made = tmp_path_factory.mktemp("fuzzed")
    config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 8, "vocab_size": 16}
    (made / "config.json").write_text(json.dumps(config))
    header = json.dumps({"model.embed_tokens.weight": {"dtype": "F32", "shape": [16, 8]}}).encode()
    (made / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header)
    (made / "tokenizer.json").write_text("{}")
    assert folder_shape(made).parameters == 128
    return made


def few(strategy):
    return lambda test: FEW(given(strategy)(test))


def test_a_config_of_any_kind_is_good_or_a_sentence(folder):
    file = folder / "config.json"
    good = json.loads(file.read_text())

    @few(
        st.one_of(
            scalars,
            st.dictionaries(st.sampled_from(CONFIG), scalars, min_size=1, max_size=3).map(lambda new: good | new),
        )
    )
    def use(config):
        file.write_text(json.dumps(good | config if isinstance(config, dict) else config))
        if shape := clean(folder_shape, folder):
            assert shape.parameters >= 0
            [
                clean(lambda name=name: getattr(shape, name))
                for name in ("layers", "hidden", "vocab", "positions", "linears")
            ]

    use()
    file.write_text(json.dumps(good | {"num_hidden_layers": 10**8}))
    assert clean(folder_shape, folder) is None
    file.write_text("[" * 100_000)
    clean(folder_shape, folder)
    file.write_text(json.dumps(good))


def test_a_safetensors_header_of_any_kind_is_good_or_a_sentence(folder):
    file = folder / "model.safetensors"
    good = file.read_bytes()
    entry = st.one_of(
        scalars, st.fixed_dictionaries({"dtype": scalars, "shape": st.one_of(scalars, st.lists(scalars, max_size=3))})
    )

    @few(st.one_of(scalars, st.dictionaries(st.text(max_size=5), entry, max_size=3), st.binary(max_size=30)))
    def use(header):
        written = header if isinstance(header, bytes) else json.dumps(header).encode()
        file.write_bytes(struct.pack("<Q", len(written)) + written)
        clean(folder_shape, folder)

    use()
    for data in (b"", b"\xff" * 8, struct.pack("<Q", 2**63), struct.pack("<Q", 10**6) + b"[" * 10**6):
        file.write_bytes(data)
        clean(folder_shape, folder)
    file.write_bytes(good)


def test_a_list_of_weight_files_of_any_kind_is_good_or_a_sentence(folder):
    file = folder / "model.safetensors.index.json"
    for listed in (
        1,
        [],
        {"weight_map": 1},
        {"weight_map": {"a": 1}},
        {"weight_map": {"a": "../../etc/passwd"}},
        {"weight_map": {"a": "x.safetensors"}},
        {"weight_map": {"a": ["x"]}},
        {"weight_map": {"a": ""}},
    ):
        file.write_text(json.dumps(listed))
        assert clean(folder_shape, folder) is None
    file.unlink()


def test_the_suite_means_what_it_says():
    """Python's own limit of digits is on, as it is for users."""
    assert sys.get_int_max_str_digits() == 4300
