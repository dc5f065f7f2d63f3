"""ZeroGPU: runs in slices from checkpoint to checkpoint come to what they come to in one go; with the real `spaces`."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from lab.executors import make_executor, zero
from lab.executors.zero import ZeroGpu, slice_seconds
from lab.home import PROJECT
from lab.limits import check_settings
from lab.planning import submit
from lab.recipe import build_recipe
from lab.store import Outcome, Run, Status, Store
from lab.visitors import Role, Visitor, acting

STEPS = 12


def run(step: int = 0, total: int = 100, expected: float | None = 200.0) -> Run:
    return Run(id="0a0a0a0a", comparison="c", name="n", recipe_name="r", recipe="", base="nano", method="lora",
               objective="sft", parent=None, status=Status.QUEUED, created=1.0, step=step, total_steps=total,
               outcome=Outcome(expected_seconds=expected))  # fmt: skip


@pytest.mark.parametrize(
    ("one", "pace", "vain", "seconds"),
    [
        (run(), None, 0, 60),  # 200 seconds are more than a slice may take
        (run(expected=17.0), None, 0, 37),
        (run(expected=1.0), None, 0, 20),
        (run(step=90), None, 0, 40),  # a tenth of it is left
        (run(step=90), 0.1, 0, 20),  # by its pace, which is known by now
        (run(expected=None), None, 0, 60),
        (run(expected=1.0), None, 1, 60),  # a slice was in vain
        (run(total=0), None, 0, 60),
    ],
)
def test_a_slice_asks_for_what_the_run_still_takes(one, pace, vain, seconds, monkeypatch):
    monkeypatch.delenv("LAB_ZERO_SECONDS", raising=False)
    assert slice_seconds(one, pace, vain) == seconds


def test_the_longest_slice_is_a_setting(monkeypatch):
    monkeypatch.setenv("LAB_ZERO_SECONDS", "120")
    assert slice_seconds(run(), None, 0) == 120
    monkeypatch.setenv("LAB_ZERO_SECONDS", "a minute")
    with pytest.raises(ValueError, match="LAB_ZERO_SECONDS"):
        check_settings()


def wait(store: Store, run_id: str, seconds: float = 60.0) -> Run:
    until = time.monotonic() + seconds
    while not (found := store.runs.get(run_id)).status.over or found.status == Status.INTERRUPTED:
        assert time.monotonic() < until, found
        time.sleep(0.05)
    return found


@pytest.fixture
def sliced(home, store, monkeypatch):
    """An executor whose slices last some steps each; no process answers beside it."""
    made = ZeroGpu(home)
    monkeypatch.setattr(made.server, "start", lambda: None)
    yield made
    made.stop()


@pytest.mark.slow
@pytest.mark.long
def test_slices_come_to_the_curve_of_one_go(home, store, tiny_base, sliced, monkeypatch):
    whole = zero.train_slice
    begun: list[str] = []

    def some_steps(home, run_id, seconds, leave):
        begun.append(run_id)
        looks = iter(range(100))
        return whole(home, run_id, seconds, lambda: leave() or next(looks) > 5)

    recipe = build_recipe({
        "base": str(tiny_base), "data": "friendly", "budget": {"steps": STEPS, "batch_size": 2, "max_length": 32},
        "evaluate": {"rows": 4, "answers": 0}, "variants": [{"name": "LoRA", "method": "lora"}],
    })  # fmt: skip
    (once,) = submit(recipe, store)
    inline = make_executor("inline", home, [once.id])
    inline.start()
    wait(store, once.id)
    monkeypatch.setattr(zero, "train_slice", some_steps)
    first, second = submit(recipe, store)[0], submit(recipe, store)[0]
    sliced.start()
    for one in (first, second):
        assert wait(store, one.id).status == Status.DONE
        assert store.curves.curve(one.id, "loss") == store.curves.curve(once.id, "loss")
    assert len(begun) >= 4 and begun[:2] == [first.id, second.id], "each has its turn"


@pytest.mark.slow
@pytest.mark.long
def test_in_the_packages_own_mode_slices_are_lent_a_gpu_in_turn(tmp_path, tiny_base):
    torch = pytest.importorskip("torch")
    if not hasattr(torch._C, "_cuda_init"):
        pytest.skip("a build of torch for processors, which `spaces` refuses in that mode")
    recipe = {"base": str(tiny_base), "data": "friendly", "evaluate": {"rows": 4, "answers": 0},
              "budget": {"steps": STEPS, "batch_size": 2, "max_length": 32},
              "variants": [{"name": "LoRA", "method": "lora"}]}  # fmt: skip
    for mode, status in (("lends", "done"), ("no quota", "interrupted")):
        command = [sys.executable, "-m", "tests.executors.zero_space", str(tmp_path / mode), json.dumps(recipe), mode]
        done = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True, timeout=400)
        told = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))[7:])
        assert told["status"] == status, told
        lent = [asked for path, asked in told["asked"] if path == "/schedule"]
        assert {one["token"] for one in lent} == {"of-ann"} and all(int(one["durationSeconds"]) <= 60 for one in lent)
        assert len(lent) == (2 if mode == "lends" else 1)
        assert mode == "lends" or "ZeroGPU quota" in told["error"]


def test_slices_of_several_runs_take_turns(home, store, sliced, monkeypatch):
    begun = []

    def some_steps(run_id, seconds):
        begun.append(run_id)
        step = store.runs.get(run_id).step + 40
        store.runs.progress(run_id, step, 100)
        store.runs.end(run_id, Status.DONE if step > 100 else Status.INTERRUPTED)

    monkeypatch.setattr(sliced, "_carry_out", some_steps)
    store.runs.queue([run(), replace(run(), id="0b0b0b0b")])
    sliced.start()
    for one in ("0a0a0a0a", "0b0b0b0b"):
        assert wait(store, one).status == Status.DONE
    assert begun == ["0a0a0a0a", "0b0b0b0b"] * 3


def test_the_gpu_is_asked_for_in_the_name_of_who_started_the_run(home, store, sliced):
    from gradio.context import LocalContext

    ann = Visitor("browser-0123456789abcdef", Role.VISITOR)
    token = LocalContext.request.set(SimpleNamespace(headers={"x-ip-token": "of ann", "cookie": "hers"}))
    with acting(ann):
        sliced.wake()
    LocalContext.request.reset(token)
    sliced.wake()
    seen = sliced._askers[ann.id].run(LocalContext.request.get)
    assert seen.headers == {"x-ip-token": "of ann"} and vars(seen.headers) == {}
    assert sliced._askers[None].run(LocalContext.request.get, None) is None


@pytest.mark.parametrize(
    ("problem", "status", "said"),
    [
        (
            RuntimeError("You have exceeded your free ZeroGPU quota"),
            Status.INTERRUPTED,
            "exceeded your free ZeroGPU quota",
        ),
        (RuntimeError("GPU task aborted"), Status.FAILED, "no step ends within 60 seconds"),
    ],
)
def test_without_a_gpu_a_run_says_why_and_can_go_on(home, store, sliced, monkeypatch, problem, status, said):
    def refuse(*_):
        raise problem

    monkeypatch.setattr(sliced, "_carry_out", refuse)
    store.runs.queue([run()])
    sliced.start()
    until = time.monotonic() + 20
    while store.runs.get("0a0a0a0a").status != status:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert said in store.runs.get("0a0a0a0a").error


def test_the_decorator_is_that_of_the_real_package():
    import spaces
    from spaces.config import Config

    assert not Config.zero_gpu
    assert spaces.GPU(duration=lambda n: n)(len) is len, "off ZeroGPU it changes nothing"
