"""What every process of a group but the first does: it trains what that one trains, see `ranks`."""

from transformers import set_seed

from lab.training.ranks import Order, StepSync, from_first, gathered
from lab.training.trainers import make_trainer
from lab.training.weights import build_model


def train_along() -> None:
    """Train each stage that the first process hands out, until it is over. Writes nothing but its random state into
    checkpoints."""
    order: Order | None
    while order := from_first(None):
        context = order.context
        set_seed(context.start_seed)
        model = build_model(context.chain, context.stage, context.home, context.start_seed)
        trainer = make_trainer(context, model, order.data, order.folder, [StepSync()])
        trainer.train(resume_from_checkpoint=order.checkpoint)
        if context.plan.fsdp is not None:
            gathered(trainer)
