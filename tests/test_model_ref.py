"""A model's name is read in every spelling there has been, and written in the one of the place it goes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.errors import ModelError
from lab.model_ref import ModelRef


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("nano", ModelRef(base="nano")),
        ("base:nano", ModelRef(base="nano")),
        ("HuggingFaceTB/SmolLM2-135M", ModelRef(base="HuggingFaceTB/SmolLM2-135M")),
        ("abcdef/stage-1", ModelRef(base="abcdef/stage-1")),  # a Hub id may look like that
        ("/a/folder", ModelRef(base="/a/folder")),
        ("stage:of-nothing", ModelRef(base="stage:of-nothing")),
        ("run:a1b2c3d4", ModelRef(run="a1b2c3d4")),
        ("run:a1b2c3d4/stage-2", ModelRef(run="a1b2c3d4", stage=2)),
        ("stage:0", ModelRef(stage=0)),
    ],
)
def test_recipes_name_a_model_in_any_of_these_ways(text, ref):
    assert ModelRef.parse(text) == ref


def test_chains_and_answers_have_spellings_of_their_own():
    assert ModelRef.of_stage("a1b2c3d4/stage-1") == ModelRef(run="a1b2c3d4", stage=1)
    assert ModelRef.of_answer("a1b2c3d4") == ModelRef(run="a1b2c3d4")
    assert ModelRef.of_answer("base:nano") == ModelRef.of_answer("nano") == ModelRef(base="nano")
    assert ModelRef.of_answer("run:a1b2c3d4") == ModelRef(run="a1b2c3d4")  # as `lab chat` once kept them
    assert ModelRef.of_answer("import:file") == ModelRef(run="import:file")  # an answer that came from a file


@pytest.mark.parametrize(
    "text", ["", "nano", "../../etc/stage-1", "a1b2c3d4/stage-x", "a1b2c3d4/stage-1/x", "/stage-1"]
)
def test_what_is_no_stage_is_refused(text):
    with pytest.raises(ModelError, match="is not a stage of a run"):
        ModelRef.of_stage(text)


@given(st.text(max_size=40), st.integers(0, 12), st.from_regex(r"[a-z0-9]{6,32}", fullmatch=True))
def test_what_is_written_is_read_again(name, number, run):
    for ref in (ModelRef.parse(name), ModelRef(stage=number), ModelRef(run=run), ModelRef(run=run, stage=number)):
        assert ModelRef.parse(str(ref)) == ref or str(ref).startswith("base:")
    for answerer in (run, "base:nano"):
        assert ModelRef.of_answer(answerer).in_answers == answerer
    assert ModelRef.of_stage(ModelRef(run=run, stage=number).in_chains) == ModelRef(run=run, stage=number)
