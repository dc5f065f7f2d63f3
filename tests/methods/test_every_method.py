"""Every method, with its usual knobs and some others, is practised once and held to all promises (see `promises`)."""

import pytest

from tests.methods.practice import CASES, METHODS, NAMES
from tests.methods.promises import PROMISES


def test_the_catalogue_is_whole():
    assert len(METHODS) >= 10
    for name, module in METHODS.items():
        assert module.__name__.rpartition(".")[2] == name
        card = module.CARD
        for text in (card.name, card.explain, card.good, card.bad, *(knob.help for knob in card.knobs)):
            assert text.en
            assert any("一" <= letter <= "鿿" for letter in text.zh) or text is card.name
        assert card.paper
    assert {method for method, _ in CASES} == set(METHODS)


@pytest.mark.parametrize("case", range(len(CASES)), ids=NAMES)
def test_a_method_keeps_all_promises(case, ground):
    practised = ground.cached(case)
    broken = []
    for promise in PROMISES:
        try:
            promise(practised, ground)
        except Exception as problem:  # the others are asked all the same
            broken.append(f"{promise.__name__.replace('_', ' ')}: {type(problem).__name__}: {problem}")
    assert not broken, "\n".join(broken)


def test_monteclora_keeps_the_draws_of_one_step(ground):
    """PEFT's own setting keeps those of 150, which took four times the memory of the whole run."""
    module = METHODS["monteclora"]
    model = module.build(ground.base(), steps=1, seed=0, **module.CARD.complete_knobs({}, "knobs"))
    samplers = [one.sampler for one in model.modules() if hasattr(one, "sampler")]
    assert samplers and {len(sampler.buffer) for sampler in samplers} == {1}
