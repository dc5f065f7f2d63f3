"""The `lab` command: exit codes, the --json contract, and train → chat → thumb through it, in real processes.

What starts nothing (refusals, lists, estimates) runs in the test's own process.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from lab.cli import main
from lab.home import PROJECT, Home
from lab.store import Status, Store
from tests.executors.warm_lab import LONG, WarmLab

CONTRACT = {
    "id", "name", "variant", "status", "error", "base", "method", "objective", "parent", "forked_at", "steps",
    "trainable_params", "total_params", "adapter_bytes", "train_seconds", "cpu_seconds", "startup_seconds",
    "search_seconds", "whole_seconds", "tokens_per_second",
    "peak_memory_bytes", "train_loss", "eval_loss", "metrics", "forgetting", "retained",
    "dtype", "trained_dtype", "notes", "pictures", "kept_step",
}  # fmt: skip


class Here:
    """The command in this process, with a home of its own: for what starts no other process."""

    def __init__(self, root: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
        self.root, self._capfd, self._monkeypatch = root, capfd, monkeypatch

    def __call__(self, *words: str, code: int = 0) -> str:
        """Standard output of one command, which must end with `code`."""
        return self._ended(words, code)[0]

    def refusal(self, *words: str) -> str:
        """The one line of complaint of a command that must end with exit code 2 and queue nothing."""
        out, err = self._ended(words, 2)
        assert out == ""
        with Store(Home(self.root)) as store:
            assert store.runs.all() == []
        return err

    def _ended(self, words: tuple[str, ...], code: int) -> tuple[str, str]:
        self._monkeypatch.setenv("LAB_HOME", str(self.root))
        self._monkeypatch.setattr(sys, "argv", ["lab", *words])
        self._capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self._capfd.readouterr()
        assert (ended.value.code or 0) == code, err
        return out, err


@pytest.fixture
def here(tmp_path, capfd, monkeypatch):
    return Here(tmp_path / "home", capfd, monkeypatch)


def start(root: Path, *words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "lab.cli", *words], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"LAB_HOME": str(root)}, cwd=PROJECT, preexec_fn=_heed_ctrl_c,
    )  # fmt: skip


def _heed_ctrl_c() -> None:
    """Tests that were started in the background inherit that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def lab(root: Path, *words: str, code: int = 0) -> str:
    """Standard output of one command in a process of its own, which must end with `code`."""
    process = start(root, *words)
    out, err = process.communicate(timeout=120)
    assert process.returncode == code, err
    return out


@pytest.mark.parametrize(
    ("override", "words"),
    [
        ("budget.stpes=3", "unknown key 'stpes'. Did you mean 'steps'?"),
        ("budget.steps=many", "budget.steps: 'many' is not allowed"),
        ("variants.LoRA.method=lor", "there is no method 'lor'. Did you mean 'lora'?"),
        ("data=everyday", "is for measuring only"),
        ("data=gone.jsonl", "gone.jsonl: there is no such file"),
        ("base=run:abcdef12", "run 'abcdef12' has no weights here"),
        ("base=smollm2-135m", "lab models pull smollm2-135m"),
    ],
)
def test_a_wrong_recipe_ends_with_2_and_starts_nothing(here, override, words):
    assert words in here.refusal("train", "recipes/first_steps.yaml", "--set", override)


def test_a_device_that_is_named_says_whether_each_variant_fits(here):
    planned = json.loads(here("check", "recipes/first_steps.yaml", "--json", "--device", "RTX 4090"))
    assert all(one["fit"]["fits"] and one["fit"]["device"] == "RTX 4090 (24 GB)" for one in planned)
    full = planned[0]
    assert full["cost"]["seconds"] > 0 and full["fit"]["memory_bytes"] == full["cost"]["memory_bytes"]
    said = here("check", "recipes/first_steps.yaml", "--device", "0.5 GB")
    assert "does not fit" in said and "can be had on a GPU of 0.5 GB" in said and "is not known: name a GPU" in said
    assert "there is no device 'abacus'" in here.refusal("check", "recipes/first_steps.yaml", "--device", "abacus")


def test_wrong_arguments_end_with_2(here):
    assert "Missing argument 'RECIPE'" in here.refusal("train")
    assert "no such file" in here.refusal("check", "gone.yaml")
    assert "executor 'rai'" in here.refusal("train", "recipes/first_steps.yaml", "--executor", "rai")
    assert "there is no run 'abc'" in here.refusal("show", "abc")


def test_with_json_a_refusal_is_a_document_too(here):
    said = json.loads(here("train", "recipes/first_steps.yaml", "--json", "--set", "seed=-1", code=2))
    assert "seed" in said["error"]


@pytest.mark.parametrize("what", ["methods", "objectives", "rewards", "data", "models", "recipes", "runs", "doctor"])
def test_lists_are_one_json_document(here, what):
    document = json.loads(here(what, "--json"))
    assert isinstance(document, list)
    assert document or what == "runs"


def test_a_recipe_that_comes_with_the_lab_is_printed_to_be_copied(here, tmp_path):
    copy = tmp_path / "mine.yaml"
    copy.write_text(here("recipes", "recipes/peft/dora.yaml"))
    planned = json.loads(here("check", str(copy), "--json"))
    assert [one["run"]["name"] for one in planned] == ["LoRA", "DoRA"]
    assert "Did you mean" in here.refusal("recipes", "recipes/peft/dorra.yaml")


def test_cards_say_in_json_what_a_form_needs(here):
    lora = next(card for card in json.loads(here("methods", "--json")) if card["id"] == "lora")
    rank = next(knob for knob in lora["knobs"] if knob["name"] == "r")
    assert (rank["kind"], rank["default"], rank["low"], rank["high"]) == ("number", 8, 1, 512)
    assert set(lora["name"]) == {"en", "zh"}


def test_check_prints_the_cost_of_every_variant(here):
    planned = json.loads(here("check", "recipes/first_steps.yaml", "--json"))
    trained = {one["run"]["name"]: one["cost"]["trainable_params"] for one in planned}
    assert list(trained) == ["everything", "last two layers", "LoRA", "everything, with replay"]
    assert (
        trained["everything"] == trained["everything, with replay"] > trained["last two layers"] > trained["LoRA"] > 0
    )


def test_train_chat_and_thumb_through_the_command_line(warm_lab, tmp_path):
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(yaml.safe_dump(warm_lab.recipe({"name": "LoRA", "method": "lora"}, steps=3)))
    (run,) = json.loads(lab(warm_lab.home.root, "train", str(recipe), "--json"))
    assert set(run) == CONTRACT
    assert (run["status"], run["steps"], run["method"], run["objective"]) == ("done", 3, "lora", "sft")
    assert set(run["train_loss"]) == {"first", "last"} and set(run["eval_loss"]) == {"before", "after"}
    assert all(isinstance(run[name], int | float) for name in ("train_seconds", "startup_seconds", "adapter_bytes"))
    sure = {"before", "after", "n", "before_interval", "after_interval"}
    assert set(run["retained"]) == sure and set(run["metrics"]["exact_match"]) == sure | {"commonest"}
    low, high = run["metrics"]["exact_match"]["after_interval"]
    assert 0 <= low <= run["metrics"]["exact_match"]["after"] <= high <= 1

    asked = ("chat", run["id"], "base", "--prompt", "Where is mapo tofu from?", "--tokens", "4", "--json")
    answers = json.loads(lab(warm_lab.home.root, *asked))
    assert [answer["pane"] for answer in answers] == [run["id"], "base"]
    lab(warm_lab.home.root, "feedback", "thumb", answers[0]["id"], "good")
    assert warm_lab.store.ratings.current("thumb")[-1].answer == answers[0]["id"]
    rows = tmp_path / "rows.jsonl"
    lab(warm_lab.home.root, "feedback", "export", "--format", "kto", "-o", str(rows))
    assert json.loads(rows.read_text().splitlines()[-1])["label"] is True

    shown = json.loads(lab(warm_lab.home.root, "show", run["id"], "--json"))
    assert [step for step, _ in shown["curves"]["loss"]] == [1, 2, 3]
    lab(warm_lab.home.root, "delete", run["id"], "--yes")
    assert run["id"] not in {other.id for other in warm_lab.store.runs.all()}


@pytest.mark.slow
def test_pairs_are_collected_rated_by_a_script_ranked_exported_and_taken_in_elsewhere(tmp_path):
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "votes.parquet"
    asked = ("feedback", "collect", "nano", "--pairs", "6", "--tokens", "8", "--rater", "shorter", "--json")
    made = json.loads(lab(here, *asked))
    assert made["asked"] == 6 and made["pairs"] + made["same"] + made["silent"] == 6
    assert sum(made["votes"]["scripted:shorter"].values()) == made["pairs"] >= 4
    counts = json.loads(lab(here, "feedback", "stats", "--json"))
    assert sum(row["count"] for row in counts) == made["pairs"] and all(row["scripted"] for row in counts)
    ranked = json.loads(lab(here, "feedback", "rank", "--json"))
    assert (ranked["votes"], ranked["ranking"]["votes"]) == (made["pairs"], 0)  # both samples are nano's
    lab(here, "feedback", "export", "--format", "votes", "-o", str(file))
    for new in (made["pairs"], 0):
        taken = json.loads(lab(there, "feedback", "import", str(file), "--json"))
        assert (taken["new"], taken["left_out"]) == (new, [])
    assert json.loads(lab(there, "feedback", "stats", "--json")) == counts


def test_a_file_with_a_wrong_row_is_refused_by_row_and_column(here, tmp_path):
    file = tmp_path / "pairs.jsonl"
    good = {"prompt": "Hi?", "chosen": "Hello.", "rejected": "Go."}
    file.write_text("".join(json.dumps(row) + "\n" for row in (good, good | {"chosen": "Go."})))
    assert "pairs.jsonl, line 2, column 'rejected': chosen and rejected" in here.refusal(
        "feedback", "import", str(file)
    )
    assert json.loads(here("feedback", "stats", "--json")) == []
    taken = json.loads(here("feedback", "import", str(file), "--skip-bad", "--json"))
    assert (taken["new"], len(taken["left_out"])) == (1, 1)


def test_wrong_orders_for_pairs_are_refused(here):
    assert "no scripted rater 'hapier'" in here.refusal("feedback", "collect", "nano", "--rater", "hapier")
    assert "3 are named" in here.refusal("feedback", "collect", "a", "b", "c")
    assert "are no raters" in here.refusal("feedback", "rank", "--raters", "nobody")


def test_a_failed_run_ends_train_with_1(warm_lab, tmp_path):
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(yaml.safe_dump(warm_lab.recipe(steps=LONG)))
    known = {run.id for run in warm_lab.store.runs.all()}
    process = start(warm_lab.home.root, "train", str(recipe), "--json")
    run = warm_lab.training(_new_run(warm_lab, known))
    os.kill(run.pid, signal.SIGKILL)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert json.loads(out)[0]["status"] == "failed"


def test_cancel_from_another_terminal(warm_lab):
    run = warm_lab.training(warm_lab.submit_one(steps=LONG))
    lab(warm_lab.home.root, "cancel", run.id[:6])
    assert warm_lab.ended(run).status == Status.CANCELLED
    assert json.loads(lab(warm_lab.home.root, "cancel", run.id, "--json", code=2))["error"]


@pytest.mark.slow
def test_ctrl_c_leaves_a_checkpoint_and_says_how_to_go_on(tmp_path):
    own = WarmLab(tmp_path, start=False)
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(yaml.safe_dump(own.recipe(steps=LONG)))
    process = start(tmp_path, "train", str(recipe))
    run = own.training(_new_run(own, set()))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"lab resume {run.id}" in err
    assert own.ended(run).status == Status.INTERRUPTED
    assert list(own.home.run(run.id).checkpoints(0).glob("checkpoint-*"))
    own.close()


def _new_run(warm: WarmLab, known: set[str]):
    """The run that another process queues, once it is there."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if new := [run for run in warm.store.runs.all() if run.id not in known]:
            return new[0]
        time.sleep(0.05)
    raise AssertionError("no run was queued")


@pytest.mark.parametrize(
    ("line", "place"), [("base: ./nowhere", "base: "), ("data: cuisin", "data: "), ("data: nowhere/a.csv", "")]
)
def test_what_is_found_out_late_names_the_recipe_too(here, tmp_path, line, place):
    file = tmp_path / "mine.yaml"
    file.write_text(f"name: x\n{line}\nvariants: [{{name: a, method: lora}}]\n")
    assert f"error: {file}: {place}" in here.refusal("check", str(file))
