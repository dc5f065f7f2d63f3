"""How far a student's distribution is from its teacher's, token by token. Plain functions on tensors."""

from typing import Any


def divergences(student: Any, teacher: Any, beta: float, temperature: float = 1.0) -> Any:
    """The generalised Jensen-Shannon divergence of each position in nats, from logits (positions, vocabulary).

    Agarwal et al. 2024, eq. 1, with the teacher first: 0 is the forward divergence KL(teacher, student), 1 the reverse
    one, between them each is held against their mixture, in which the teacher has the share `beta`. At a `temperature`
    both are softened, and the result is multiplied by its square, so that gradients keep their size (Hinton et al. 2015,
    section 2.1).
    """
    import torch

    ours, theirs = (torch.log_softmax(logits.float() / temperature, -1) for logits in (student, teacher))
    if beta == 0.0:
        found = _kl(theirs, ours)
    elif beta == 1.0:
        found = _kl(ours, theirs)
    else:
        share = torch.tensor(beta, device=ours.device)
        mixed = torch.logsumexp(torch.stack([theirs + share.log(), ours + torch.log1p(-share)]), 0)
        found = beta * _kl(theirs, mixed) + (1 - beta) * _kl(ours, mixed)
    return found * temperature**2


def _kl(one: Any, other: Any) -> Any:
    """KL(one, other) in nats, from log-probabilities."""
    return (one.exp() * (one - other)).sum(-1)
