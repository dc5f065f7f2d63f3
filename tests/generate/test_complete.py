"""Completing: greedy answers in a batch are those given alone, and the model is left as it was."""

import torch

from lab.generate import GREEDY, Sampling, complete
from lab.generate.batch import run_batch
from lab.models import chain_of, load_chain
from tests.serving.ask import OTHERS, QUESTION


def test_greedy_answers_in_a_batch_are_those_given_alone(model, tokenizer):
    prompts = [QUESTION, *OTHERS, "Once there was", "The parrot sat on the branch and looked"]
    together = complete(model, tokenizer, prompts, max_new_tokens=20)
    assert together == [complete(model, tokenizer, [prompt], max_new_tokens=20)[0] for prompt in prompts]
    assert len(set(together)) == len(prompts)


def test_completing_is_greedy_decoding(model, tokenizer):
    ids = tokenizer("Once there was")["input_ids"]
    wanted = list(ids)
    for _ in range(12):
        wanted.append(model(torch.tensor([wanted])).logits[0, -1].argmax().item())
    assert run_batch(model, tokenizer, [ids], Sampling(temperature=0, max_new_tokens=12)) == [wanted[len(ids) :]]


def test_an_answer_ends_at_any_end_token(model, tokenizer):
    ids = tokenizer("Once there was")["input_ids"]
    free = run_batch(model, tokenizer, [ids], Sampling(temperature=0, max_new_tokens=12))[0]
    before = model.generation_config.eos_token_id
    model.generation_config.eos_token_id = [0, free[4]]
    try:
        assert run_batch(model, tokenizer, [ids], GREEDY) == [free[: free.index(free[4])]]
    finally:
        model.generation_config.eos_token_id = before


def test_completing_leaves_modes_and_gradients_as_they_were(model, tokenizer):
    model.train()
    model.model.norm.eval()
    try:
        complete(model, tokenizer, [QUESTION], max_new_tokens=2)
        assert model.training
        assert model.model.layers[0].training
        assert not model.model.norm.training
        assert torch.is_grad_enabled()
        model(torch.tensor([[1, 2, 3]]), labels=torch.tensor([[1, 2, 3]])).loss.backward()
        assert model.model.norm.weight.grad is not None
    finally:
        model.zero_grad()
        model.eval()


def test_a_prefix_adapter_answers_in_a_batch_as_alone(home, runs, tokenizer):
    prefixed = load_chain(chain_of(runs["prefix"], home), home)
    prompts = [QUESTION, *OTHERS, QUESTION]
    together = complete(prefixed, tokenizer, prompts, max_new_tokens=16)
    assert together == [complete(prefixed, tokenizer, [prompt], max_new_tokens=16)[0] for prompt in prompts]


def test_a_prompt_too_long_loses_its_beginning(model, tokenizer):
    long = "The parrot said hello. " * 300
    kept = tokenizer(long)["input_ids"][-(512 - 8) :]
    assert complete(model, tokenizer, [long], max_new_tokens=8) == [
        tokenizer.decode(
            run_batch(model, tokenizer, [kept], Sampling(temperature=0, max_new_tokens=8))[0], skip_special_tokens=True
        )
    ]
