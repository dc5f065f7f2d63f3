"""A run that was interrupted and resumed is the run that was not."""

import pytest
import torch

from lab.errors import ModelError
from tests.objectives.games import make_lora, make_trainer, prompts

pytestmark = pytest.mark.slow

SETTINGS = {
    "max_steps": 4, "save_strategy": "steps", "save_steps": 2, "kl_target": 0.5, "kl_horizon": 64,
    "num_mini_batches": 2, "value_learning_rate": 3e-2,
}  # fmt: skip


def state_of(trainer) -> dict[str, torch.Tensor]:
    weights = {name: weight.detach().clone() for name, weight in trainer.model.named_parameters()}
    head = {f"head.{name}": weight.detach().clone() for name, weight in trainer.value_head.named_parameters()}
    carried = torch.tensor([trainer.kl.coef, *vars(trainer.moments).values(), trainer.tokens_seen], dtype=torch.float64)
    return weights | head | {"carried": carried}


@pytest.mark.parametrize(
    ("adapted", "given"),
    [(True, {}), (False, {}), (True, {"value_source": "adapter"}), (True, {"gradient_accumulation_steps": 2})],
)
def test_resumed_is_the_same_as_never_interrupted_to_the_bit(tmp_path, adapted, given):
    data = prompts(*("abcdefgh"[i % 8] * (1 + i % 3) for i in range(40)))

    def trainer():
        return make_trainer(tmp_path, peft_config=make_lora() if adapted else None, data=data, **SETTINGS | given)

    whole = trainer()
    whole.train()
    resumed = trainer()
    resumed.train(resume_from_checkpoint=str(tmp_path / "checkpoint-2"))
    for name, value in state_of(whole).items():
        assert torch.equal(value, state_of(resumed)[name]), name
    assert whole.answers == resumed.answers
    logs = [
        {name: value for name, value in run.state.log_history[-2].items() if "runtime" not in name}
        for run in (whole, resumed)
    ]
    assert logs[0] == logs[1]
    assert logs[0]["step"] == 4
    assert logs[0]["kl_coef"] != 0.05


def test_a_checkpoint_of_something_else_is_refused(tmp_path):
    trainer = make_trainer(tmp_path, **SETTINGS)
    trainer.train()
    (tmp_path / "checkpoint-4" / "value_head.pt").unlink()
    with pytest.raises(ModelError, match="no value head"):
        make_trainer(tmp_path, **SETTINGS).train(resume_from_checkpoint=str(tmp_path / "checkpoint-4"))


def test_the_value_head_has_its_own_learning_rate(tmp_path):
    trainer = make_trainer(tmp_path, max_steps=1, learning_rate=1e-9, value_learning_rate=0.1)
    before = {name: weight.clone() for name, weight in trainer.model.named_parameters()}
    trainer.train()
    assert all(torch.allclose(weight, before[name], atol=1e-6) for name, weight in trainer.model.named_parameters())
    assert trainer.value_head.linear.bias.abs().item() > 0.05
