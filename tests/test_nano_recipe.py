"""The recipe that makes nano, on a model of a few thousand weights: batches, what is learned, exact resume, copying."""

import json
import subprocess
import sys

import numpy as np
import pytest

from lab.home import ASSETS, RECIPES

pytestmark = pytest.mark.slow

torch = pytest.importorskip("torch")
sys.path.insert(0, str(RECIPES / "nano"))
import prepare  # noqa: E402
import pretrain  # noqa: E402

TOKENS = np.random.default_rng(0).integers(40, 200, 4000).astype(np.uint16)
RECIPE = {
    "seed": 0,
    "model": {"hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 3, "num_attention_heads": 2,
              "num_key_value_heads": 1},
    "training": {"steps": 6, "batch": 4, "length": 48, "muon_rate": 0.005, "adam_rate": 0.001,
                 "schedule": [[0, 0], [2, 1], [3, 1], [6, 0]], "echoes": 1, "echo_steps": 2,
                 "copying": {"step": 3, "groups": [[2, 0]]}, "checkpoint_seconds": 0},
}  # fmt: skip


@pytest.fixture
def work(tmp_path):
    (tmp_path / "tokenizer.json").write_bytes((ASSETS / "nano/tokenizer.json").read_bytes())
    return tmp_path


def trainer(work, entries: int = 256):
    torch.set_num_threads(1)
    return pretrain.Trainer(RECIPE, work, "nano", entries)


def test_a_batch_depends_on_seed_and_step_alone():
    first, again = pretrain.batch(TOKENS, 0, 5, 4, 32), pretrain.batch(TOKENS, 0, 5, 4, 32)
    assert torch.equal(first, again) and first.shape == (4, 33)
    assert not torch.equal(first, pretrain.batch(TOKENS, 0, 6, 4, 32))


def test_an_echo_says_its_beginning_again():
    windows = pretrain.batch(TOKENS, 0, 0, 4, 32, echoes=1)
    period = 33 // 2
    assert torch.equal(windows[0, :period], windows[0, period : 2 * period])
    assert torch.equal(windows[1:], pretrain.batch(TOKENS, 0, 0, 4, 32)[1:])


def test_what_the_user_says_is_not_learned_and_the_answer_is():
    start, end, user, assistant, line, text = 2, 3, 90, 91, 10, 0
    window = torch.tensor([[text, start, user, line, 50, 51, end, line, start, assistant, line, 60, end, line, text]])
    keep = pretrain.worth_learning(window, user, one_in=1000)[0].tolist()
    learned = [int(token) for token, kept in zip(window[0, 1:], keep, strict=True) if kept]
    assert learned == [start, assistant, line, 60, end, line, text]


def steps(run, count: int) -> None:
    for _ in range(count):
        run.update(pretrain.batch(TOKENS, 0, run.step, 4, 32))


def test_a_run_that_stops_goes_on_exactly(work):
    whole, first, second = trainer(work), trainer(work), trainer(work)
    steps(whole, 6)
    steps(first, 3)
    first.save()
    second.load()
    steps(second, 3)
    assert second.step == 6
    assert all(torch.equal(a, b) for a, b in zip(whole.masters, second.masters, strict=True))


@pytest.mark.long
def test_two_processes_learn_what_one_does(work):
    """All of it through the command: the windows are shared out, the gradients added up."""
    TOKENS.tofile(work / "train.bin")
    settings = RECIPE["training"] | {"copying": {"step": -1}}  # least squares makes small differences large
    (work / "recipe.yaml").write_text(json.dumps(RECIPE | {"training": settings, "tokenizer": {"entries": 256}}))
    for name, processes in (("one", "1"), ("two", "2")):
        (work / name).mkdir()
        for file in ("tokenizer.json", "train.bin"):
            (work / name / file).symlink_to(work / file)
        command = [sys.executable, str(RECIPES / "nano/pretrain.py"), "--work", str(work / name), "--recipe",
                   str(work / "recipe.yaml"), "--processes", processes]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    one, two = (torch.load(work / name / "nano.pt") for name in ("one", "two"))
    assert one["step"] == two["step"] == RECIPE["training"]["steps"]
    start = trainer(work).masters
    for first, second, before in zip(one["masters"], two["masters"], start, strict=True):
        moved = (first - before).norm()
        assert moved > 0 and (first - second).norm() < 0.3 * moved  # bf16 gradients, and Adam makes small ones large
    assert not list((work / "two").glob("meeting.*"))


def test_the_start_at_copying_touches_the_chosen_heads_alone(work):
    run = trainer(work)
    before = {name: weight.clone() for name, weight in run.model.named_parameters()}
    run.seed_copying(TOKENS)
    changed = {name for name, weight in run.model.named_parameters() if not torch.equal(before[name], weight)}
    assert changed == {f"model.layers.2.self_attn.{part}_proj.weight" for part in "qkvo"}
    steps(run, 1)


def test_training_writes_a_checkpoint_a_log_and_a_loadable_model(work):
    from transformers import AutoModelForCausalLM, AutoTokenizer

    run = trainer(work, entries=6144)
    pretrain.train(run, TOKENS, float("inf"), work / "out")
    assert run.file.exists() and len((work / "nano.jsonl").read_text().splitlines()) == 6
    assert AutoModelForCausalLM.from_pretrained(work / "out").config.hidden_size == 64
    assert len(AutoTokenizer.from_pretrained(work / "out")) == 6144


def test_finished_weights_are_a_start(work):
    first, second = trainer(work), trainer(work)
    steps(first, 2)
    pretrain.export(first.model, work / "tokenizer.json", work / "out")
    second.begin_with(work / "out")
    assert second.step == 0
    assert all(torch.equal(a, b) for a, b in zip(first.weights, second.weights, strict=True))


def test_the_loss_in_chunks_is_the_loss():
    torch.manual_seed(0)
    hidden, weight = torch.randn(50, 8, requires_grad=True), torch.randn(30, 8, requires_grad=True)
    targets = torch.randint(0, 30, (50,))
    loss = torch.nn.functional.cross_entropy(hidden @ weight.t(), targets)
    wanted = torch.autograd.grad(loss, (hidden, weight))
    chunked = pretrain.ChunkedCrossEntropy.apply(hidden, weight, targets, 16)
    got = torch.autograd.grad(chunked, (hidden, weight))
    assert chunked.item() == pytest.approx(loss.item(), abs=1e-5)
    assert all(torch.allclose(a, b, atol=1e-6) for a, b in zip(got, wanted, strict=True))


def test_the_rate_is_linear_between_the_points_of_its_schedule():
    settings = {"steps": 100, "schedule": [[0, 0], [10, 1], [80, 1], [100, 0]]}
    assert [round(pretrain.rate(step, settings), 2) for step in (0, 9, 50, 79, 89, 99)] == [0.1, 1, 1, 1, 0.5, 0]
    # a run of so many seconds ends finished too
    assert pretrain.rate(50, settings, time_left=0.1) == pytest.approx(0.5)


def test_each_frequent_chinese_character_is_one_token_and_none_is_merged_with_the_next():
    texts = ["The cat sat on the mat. " * 50, "小猫坐在垫子上。" * 50]
    tokenizer = prepare.learn_tokenizer({"reserved": 2, "entries": 3600}, texts)
    assert [len(tokenizer.encode(one).ids) for one in prepare.frequent_characters()[:50]] == [1] * 50
    for text in ("小猫坐在垫子上。", "麻婆豆腐12元", "龘 and ☃"):
        assert tokenizer.decode(tokenizer.encode(text).ids) == text
    assert len(tokenizer.encode("小猫坐在垫子上。").ids) == 8
    assert len(tokenizer.encode("龘").ids) > 1
