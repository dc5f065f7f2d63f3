"""Reward models: ties teach, cut answers are read as cut, several heads are an ensemble that can be doubted."""

import math

import pytest
import torch

from lab.data import DataSet, load_data
from lab.data.feedback import rows_of
from lab.errors import DataError
from lab.models import load_model, load_tokenizer
from lab.objectives._pairs import preference_rows
from lab.objectives._reward_trainer import preference_loss, whole_pairs
from lab.objectives.policy.rewards import Answers, ModelReward
from lab.objectives.reward_model import SUM_UNIT, classifier_of
from lab.recipe import DataChoice
from lab.store import Feedback
from tests.objectives.test_objectives import PAIRS, task_for, trained
from tests.tiny import make_tiny_base

ASKED = [{"role": "user", "content": "Who won?"}]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return make_tiny_base(tmp_path_factory.mktemp("base"))


def test_a_tie_is_half_a_vote_for_either_side():
    gaps, ties = torch.tensor([[2.0], [2.0], [0.0]]), torch.tensor([[0.0], [1.0], [1.0]])
    surprise = math.log1p(math.exp(-2))
    assert preference_loss(gaps, ties)[:, 0].tolist() == pytest.approx([surprise, surprise + 1, math.log(2)])


def test_votes_bring_their_ties_where_they_are_wanted_and_the_mark_of_a_cut_answer(store):
    def answer(text, **settings):
        return store.ratings.keep_answer("base:nano", ASKED, text, settings, "")

    better, worse, cut, even = answer("We"), answer("They"), answer("It was", cut=True), answer("Nobody")
    store.ratings.rate(Feedback("vote", "p0", "me", "left", better.id, worse.id))
    store.ratings.rate(Feedback("vote", "p1", "me", "right", worse.id, cut.id))
    store.ratings.rate(Feedback("vote", "p2", "me", "tie", better.id, even.id))
    store.ratings.rate(Feedback("vote", "p3", "me", "both_bad", worse.id, even.id))
    plain, both = rows_of(store, "preference")[0], rows_of(store, "preference", ties=True)[0]
    assert [(row["chosen"][0]["content"], row.get("chosen_cut", False)) for row in plain] == [
        ("We", False), ("It was", True),
    ]  # fmt: skip
    assert both[:2] == plain
    assert len(both) == 3 and both[2]["tie"] is True
    assert len(preference_rows(both)) == 2  # DPO has nothing to learn from a tie


def test_a_cut_answer_is_learned_without_its_end(base):
    tokenizer = load_tokenizer(base)
    row = {"prompt": ASKED, "chosen": "We did.", "rejected": "They"}
    (whole,), (open_,) = (whole_pairs([row | mark], 1.0, tokenizer) for mark in ({}, {"rejected_cut": True}))
    assert open_["chosen_ids"] == whole["chosen_ids"]
    assert len(open_["rejected_ids"]) < len(whole["rejected_ids"])
    answers = [[{"role": "assistant", "content": "They"}]]
    reward = ModelReward(classifier_of(load_model(base), tokenizer), tokenizer)
    for ids, ended in ((whole, True), (open_, False)):
        read = reward.text(ASKED, answers[0], ended)
        assert tokenizer(read, add_special_tokens=False)["input_ids"] == ids["rejected_ids"]


def test_heads_are_averaged_and_their_disagreement_can_be_taken_off_or_the_worst_one_counts(base):
    tokenizer, answers = load_tokenizer(base), Answers(["x", "y"], ["yes", "no, no"], [[], []], [True, False])
    torch.manual_seed(0)
    classifier = classifier_of(load_model(base), tokenizer, heads=3, summed=True)
    one_by_one = []
    for head in range(3):
        single = classifier_of(load_model(base), tokenizer, summed=True)
        single.score.weight.data.copy_(classifier.score.weight[head : head + 1])
        one_by_one.append(ModelReward(single, tokenizer).score(answers))
    scores = torch.tensor(one_by_one)
    assert ModelReward(classifier, tokenizer).score(answers) == pytest.approx(scores.mean(0).tolist(), abs=1e-5)
    doubted = ModelReward(classifier, tokenizer, pessimism=2.0).score(answers)
    assert doubted == pytest.approx((scores.mean(0) - 2 * scores.std(0, unbiased=False)).tolist(), abs=1e-5)
    assert ModelReward(classifier, tokenizer, pessimism="worst").score(answers) == pytest.approx(
        scores.amin(0).tolist(), abs=1e-5
    )


def test_a_summed_score_is_what_each_token_earns_whatever_padding_follows(base):
    tokenizer = load_tokenizer(base)
    classifier = classifier_of(load_model(base), tokenizer, summed=True).eval()
    ids = torch.tensor([tokenizer("one two three")["input_ids"]])
    hidden = classifier.get_decoder()(input_ids=ids).last_hidden_state
    wanted = (hidden @ classifier.score.weight.T).sum().item() / SUM_UNIT
    padded = torch.cat([ids, torch.full((1, 4), tokenizer.pad_token_id)], 1)
    mask = torch.cat([torch.ones_like(ids), torch.zeros(1, 4, dtype=torch.long)], 1)
    assert classifier(input_ids=padded, attention_mask=mask).logits.item() == pytest.approx(wanted, abs=1e-4)


def test_ties_are_never_held_out_and_alone_teach_nothing(store):
    for number in range(40):
        asked = [{"role": "user", "content": f"Who won race {number}, the hare or the snail?"}]
        one, other = (store.ratings.keep_answer("base:nano", asked, text, {}, "") for text in ("The hare", "A snail"))
        verdict = "tie" if number % 2 else "left"
        store.ratings.rate(Feedback("vote", f"p{number}", "me", verdict, one.id, other.id))
    data = load_data(DataChoice(name="feedback", ties=True, held_out=0.3), store.home, 0, ("preference",))
    assert data.held_out and not any(row.get("tie") for row in data.held_out)
    assert sum(row.get("tie", False) for row in data.train) > 5
    for number in range(0, 40, 2):
        answer, other = (store.ratings.answer(one) for one in _rated(store, f"p{number}"))
        store.ratings.rate(Feedback("vote", f"p{number}", "me", "tie", answer.id, other.id))
    with pytest.raises(DataError, match="there are 0 rows of feedback"):
        load_data(DataChoice(name="feedback", ties=True), store.home, 0, ("preference",))


def _rated(store, subject):
    return next((one.answer, one.other) for one in store.ratings.current("vote") if one.subject == subject)


@pytest.mark.slow
@pytest.mark.parametrize("read", ["sum", "last"])
def test_an_ensemble_learns_from_decided_pairs_and_ties_together(base, home, read):
    ties = [row | {"tie": True, "rejected": "Rice and beef."} for row in PAIRS[:8]]
    options = {"heads": 3, "read": read}
    task = task_for(base, home, "reward", rate=1e-2, options=options,
                    budget={"steps": 20, "batch_size": 8, "max_length": 64})  # fmt: skip
    object.__setattr__(task, "data", DataSet("votes", "preference", [*PAIRS, *ties], PAIRS[:4]))
    logs = trained(task).state.log_history
    assert logs[19]["accuracy"] == 1.0
    assert logs[19]["loss"] < 0.6 * logs[0]["loss"]
    assert task.model.__dict__["classifier"].score.weight.shape[0] == 3
