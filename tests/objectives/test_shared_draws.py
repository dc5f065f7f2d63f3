"""Several processes draw what one would: by their rows of the same random numbers."""

from types import SimpleNamespace

import torch

from lab.objectives.policy.draws import SharedDraws, places_of


def test_each_process_draws_what_multinomial_draws_for_its_rows():
    scores = torch.randn(6, 50, generator=torch.Generator().manual_seed(1))
    torch.manual_seed(0)
    whole = torch.stack([torch.multinomial(torch.softmax(scores / 0.7, -1), 1)[:, 0] for _ in range(5)])
    for places in ([0, 1, 4], [2, 3, 5]):
        torch.manual_seed(0)
        draws = SharedDraws(places, 6, 0.7)
        own = torch.stack([draws.likely(scores[places], range(3)).argmax(-1) for _ in range(5)])
        assert own.equal(whole[:, places])


def test_who_ends_early_draws_on_as_the_longest_does():
    def steps(own: int) -> float:
        torch.manual_seed(0)
        draws = SharedDraws([0], 2, 1.0)
        for _ in range(own):
            draws.likely(torch.zeros(1, 9), [0])
        longest = SimpleNamespace(device="cpu", gather=lambda own: torch.tensor([7, *own.tolist()]))
        draws.catch_up(longest)
        return torch.rand(()).item()

    assert steps(3) == steps(7) != steps(8)


def test_who_is_left_draws_as_if_nobody_had_ended():
    scores = torch.randn(3, 50, generator=torch.Generator().manual_seed(1))
    torch.manual_seed(0)
    whole = SharedDraws([0, 1, 2], 3, 1.0).likely(scores, [0, 1, 2])
    torch.manual_seed(0)
    assert SharedDraws([0, 1, 2], 3, 1.0).likely(scores[[0, 2]], [0, 2]).equal(whole[[0, 2]])


def test_rows_stand_where_one_process_has_them():
    """Two micro-batches of two rows in each of three processes: those of the first come before those of the second."""
    found = [places_of(4, 2, process, 3) for process in range(3)]
    assert found == [[0, 1, 6, 7], [2, 3, 8, 9], [4, 5, 10, 11]]
