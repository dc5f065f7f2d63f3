"""Models, data, comparisons and the lab itself go to a Hub by its own client, over LFS and over Xet, and nothing of a
token or of this machine's folders goes with them."""

import json
import os
import sys
from functools import partial

import pytest
import yaml

from lab.api import Lab
from lab.bundle import write_bundle
from lab.cli import main
from lab.data.hub import check_name
from lab.errors import LabError
from lab.hub import push_comparison, push_data, push_model
from lab.hub.repos import push_folder
from lab.hub.words import file_name, licence_of, public_recipe
from lab.recipe import parse_recipe, resolve
from lab.space import push_space
from lab.space.stage import MARK
from lab.store import Change, Outcome, Run, Sample, Status, Store
from tests.hub import READER, TOKEN, at_this_hub, fake_hub
from tests.model_export.reading_here import read_everything_here
from tests.runs_of_every_kind import base, home, model, runs, tokenizer  # noqa: F401

WRITTEN = "name: Cooking\nbase: /home/ann/base\ndata: cuisine\nvariants: [{name: LoRA, method: lora}]\n"
RECIPE = resolve(parse_recipe(WRITTEN))[0].to_yaml()
OUTCOME = Outcome(
    steps=60, trainable_params=1000, total_params=100_000, train_seconds=12.0,
    eval_loss=Change(2.5, 1.25, 40, None, (1.1, 1.4)), metrics={"exact match": Change(0.1, 0.8, 24, None, (0.6, 0.9))},
    notes=("/home/ann/faq.jsonl: 3 rows are too long.",),
    environment={"device": "cpu", "versions": {"torch": "2.13.0"}},
)  # fmt: skip


@pytest.fixture(scope="module")
def hub():
    with fake_hub() as hub:
        yield hub


@pytest.fixture
def here(hub, monkeypatch, tmp_path):
    """A Hub that is empty, and this process logged in to it."""
    hub.repos.clear(), hub.large.clear(), hub.asked.clear(), hub.refuse.clear()
    with at_this_hub(hub, monkeypatch, tmp_path / "cache"):
        yield hub


@pytest.fixture(scope="module")
def store(home, base, runs):  # noqa: F811
    with Store(home) as opened:
        for kind in ("lora", "tensors"):
            run_id = runs[kind].removeprefix("run:")
            opened.runs.queue([Run(
                id=run_id, comparison="c0000001", name=f"{kind} | <one>", recipe_name="Cooking", recipe=RECIPE,
                base=str(base), method="lora" if kind == "lora" else "freeze", objective="sft", parent=None,
                status=Status.QUEUED, created=1.0,
            )])  # fmt: skip
            opened.runs.claim("here", [run_id])
            opened.runs.note(run_id, OUTCOME)
            opened.runs.end(run_id, Status.DONE)
            for step in (1, 2, 3):
                opened.curves.write(run_id, step, {"loss": 3.0 - step / 2, "eval_loss": 3.1 - step / 2})
            opened.curves.write_samples([Sample(run_id, 3, 0, "What is in mapo tofu?", "Tofu.", 1.0)])
        yield opened


def card_of(repo) -> tuple[dict, str]:
    text = repo.files["README.md"].decode()
    return yaml.safe_load(text.split("---")[1]), text


@pytest.mark.parametrize(("kind", "form"), [("lora", "adapter"), ("tensors", None)])
def test_a_model_goes_with_a_card_filled_from_its_run(kind, form, here, store, runs, monkeypatch):  # noqa: F811
    read_everything_here(monkeypatch)
    sent = push_model(runs[kind].removeprefix("run:"), "me/cook", store, form=form, private=kind == "lora")
    repo = here.repos["models/me/cook"]
    assert repo.private == sent.private == (kind == "lora") and sent.url == f"{here.url}/me/cook"
    weights = "adapter_model.safetensors" if kind == "lora" else "model.safetensors"
    assert len(repo.files[weights]) > 1000 and "tokenizer.json" in repo.files and b"<svg" in repo.files["curves.svg"]
    front, text = card_of(repo)
    assert front["library_name"] == ("peft" if kind == "lora" else "transformers")
    assert {"parrot-lab", "sft"} <= set(front["tags"]) and "license" not in front
    for said in ("1.25", "1.1 to 1.4", "| exact match | 0.1 | 0.8 | 0.6 to 0.9 | 24 |", "![Loss", "cuisine (built in)",
                 "Apache-2.0", "from_pretrained(\"me/cook\"", "Limits", "one seed", "the same likeliest next token",
                 "name: cuisine"):  # fmt: skip
        assert said in text, said
    assert "/home/ann" not in text and "<one>" not in text and TOKEN not in text and str(store.home.root) not in text


def test_the_same_again_is_an_update_and_what_is_not_ours_is_left_alone(here, store, runs, tmp_path):  # noqa: F811
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "README.md").write_text("---\ntags: [parrot-lab]\n---\n")
    (tmp_path / "made" / "model.safetensors").write_bytes(b"weights")
    push_folder(tmp_path / "made", "me/ours", "model", "first")
    (tmp_path / "made" / "model.safetensors").write_bytes(b"others")
    push_folder(tmp_path / "made", "me/ours", "model", "second")
    assert here.repos["models/me/ours"].files["model.safetensors"] == b"others"

    here.create({"name": "theirs"})
    here.repos["models/me/theirs"].files = {"README.md": b"# my thesis", "pytorch_model.bin": b"years"}
    with pytest.raises(LabError, match=r"did not come from the lab.*--replace"):
        push_folder(tmp_path / "made", "me/theirs", "model", "mine")
    assert here.repos["models/me/theirs"].files["README.md"] == b"# my thesis"
    push_folder(tmp_path / "made", "me/theirs", "model", "mine", over=True)
    assert set(here.repos["models/me/theirs"].files) == {"README.md", "model.safetensors", "pytorch_model.bin"}


def test_what_was_cut_off_goes_on_and_sends_nothing_twice(here, tmp_path):
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "README.md").write_text("---\ntags: [parrot-lab]\n---\n")
    (folder / "model.safetensors").write_bytes(b"w" * 10_000)
    here.refuse["/commit/"] = 403
    with pytest.raises(LabError, match="may not write"):
        push_folder(folder, "me/cut", "model", "first")
    assert here.repos["models/me/cut"].files == {} and len(here.large) == 1
    here.asked.clear()
    push_folder(folder, "me/cut", "model", "first")
    assert len(here.repos["models/me/cut"].files) == 2
    assert not [one for one in here.asked if one.startswith("PUT /large")], "the weights are there already"


@pytest.mark.parametrize(
    ("token", "repo", "refused", "said"),
    [
        (None, "me/x", {}, "nobody is logged in.*hf auth login"),
        ("hf_stranger", "me/x", {}, "does not know who you are.*hf auth login"),
        (READER, "me/x", {}, "may not write there"),
        (TOKEN, "me", {}, "no name on the Hub"),
        (TOKEN, "me/x/y", {}, "no name on the Hub"),
        (TOKEN, "me/x.git", {}, "no name on the Hub"),
        (TOKEN, "../x", {}, "no name on the Hub"),
        (TOKEN, "me/x", {"repos/create": 402}, "wants to be paid"),
        (TOKEN, "me/x", {"/commit/": 413}, "larger than the Hub takes"),
    ],
)
def test_each_refusal_is_a_sentence_without_the_token(hub, monkeypatch, tmp_path, token, repo, refused, said):
    hub.repos.clear()
    hub.refuse.update(refused)
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "README.md").write_text("---\ntags: [parrot-lab]\n---\n")
    with at_this_hub(hub, monkeypatch, tmp_path / "cache", token), pytest.raises(LabError, match=said) as told:
        push_folder(tmp_path / "made", repo, "model", "first")
    assert "hf_" not in str(told.value)
    hub.refuse.clear()


@pytest.mark.parametrize("away", ["closed", "offline"])
def test_a_hub_out_of_reach_is_told_at_once(hub, monkeypatch, tmp_path, away):
    with at_this_hub(hub, monkeypatch, tmp_path / "cache"):
        if away == "closed":
            monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
        else:
            monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        with pytest.raises(LabError, match="can't be reached"):
            push_folder(tmp_path, "me/x", "model", "first")


def test_a_comparison_goes_as_rows_a_report_and_a_recipe(here, store):
    sent = push_comparison(["c0000001"], "me/cooking", store, private=True)
    repo = here.repos["datasets/me/cooking"]
    assert repo.private and sent.kind == "dataset" and sent.url == f"{here.url}/datasets/me/cooking"
    rows = [json.loads(line) for line in repo.files["runs.jsonl"].splitlines()]
    assert len(rows) == 2 and json.loads(rows[0]["figures"])["exact match"] == {"before": 0.1, "after": 0.8}
    assert len(repo.files["curves.jsonl"].splitlines()) == 12 and b"mapo tofu" in repo.files["samples.jsonl"]
    front, text = card_of(repo)
    assert [one["config_name"] for one in front["configs"]] == ["runs", "curves", "samples"]
    assert "![" in text and "1.25" in text
    assert not [
        name for name, body in repo.files.items() if b"/home/ann" in body or str(store.home.root).encode() in body
    ]


def test_a_comparison_goes_as_a_bundle_that_another_lab_takes_in(here, store, tmp_path, monkeypatch):
    lab = Lab(store.home, store)
    with pytest.raises(LabError, match="what people voted"):
        lab.push("c0000001", "me/bundled", form="bundle")
    monkeypatch.setattr("lab.hub.comparisons.write_bundle", partial(write_bundle, by="ann"))
    lab.push("c0000001", "me/bundled", form="bundle", private=True)
    repo = here.repos["datasets/me/bundled"]
    assert repo.files["bundle.zip"][:2] == b"PK" and "lab import bundle.zip" in repo.files["README.md"].decode()


def test_a_data_set_goes_with_its_held_out_rows_apart(here, store, tmp_path):
    push_data("friendly", "me/friendly", store.home)
    repo = here.repos["datasets/me/friendly"]
    front, text = card_of(repo)
    assert front["license"] == "apache-2.0" and {one["split"] for one in front["configs"][0]["data_files"]} == {
        "train",
        "test",
    }
    assert len(repo.files["train.jsonl"].splitlines()) > len(repo.files["held_out.jsonl"].splitlines()) > 1
    own = tmp_path / "faq.jsonl"
    own.write_text(
        "".join(json.dumps({"prompt": f"Question {i}?", "completion": f"Answer {i}."}) + "\n" for i in range(40))
    )
    push_data(str(own), "me/faq", store.home)
    front, text = card_of(here.repos["datasets/me/faq"])
    assert "license" not in front and "its author is to say" in text and str(tmp_path) not in text
    with pytest.raises(LabError):
        push_data("no-such-data", "me/none", store.home)
    assert "datasets/me/none" not in here.repos


def test_what_learned_from_a_file_of_ones_own_asks_who_may_see_it(here, store, runs):  # noqa: F811
    lab = Lab(store.home, store)
    with pytest.raises(LabError, match="--private, or --public"):
        lab.push(runs["lora"].removeprefix("run:"), "me/own")
    with pytest.raises(LabError, match="a comparison has no form"):
        lab.push("c0000001", "me/own", form="merged", private=True)
    assert not here.repos


def test_a_space_is_made_brought_up_to_date_and_told_where_to_keep_votes(here, tmp_path):
    folder = tmp_path / "space"
    (folder / "lab").mkdir(parents=True)
    with pytest.raises(LabError, match="no folder that was staged"):
        push_space(folder, "me/parrot")
    (folder / MARK).write_text("{}")
    (folder / "README.md").write_text("---\nsdk: gradio\ntags: [parrot-lab]\n---\n")
    (folder / "lab" / "old.py").write_text("")
    sent = push_space(folder, "me/parrot", keep="me/votes")
    repo = here.repos["spaces/me/parrot"]
    assert repo.asked["sdk"] == "gradio" and not repo.private and sent.url == f"{here.url}/spaces/me/parrot"
    assert repo.variables == {"LAB_KEEP": "me/votes"} and "lab/old.py" in repo.files
    (folder / "lab" / "old.py").rename(folder / "lab" / "new.py")
    push_space(folder, "me/parrot")
    assert set(repo.files) == {MARK, "README.md", "lab/new.py"}
    (folder / "README.md").write_text("---\nsdk: static\ntags: [parrot-lab]\n---\n")  # a recording
    push_space(folder, "me/lesson")
    assert here.repos["spaces/me/lesson"].asked["sdk"] == "static"


def test_weights_go_over_xet_as_far_as_a_small_hub_can_take_them(hub, monkeypatch, tmp_path):
    hub.repos.clear(), hub.xorbs.clear()
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "README.md").write_text("---\ntags: [parrot-lab]\n---\n")
    (folder / "model.safetensors").write_bytes(os.urandom(200_000))
    with at_this_hub(hub, monkeypatch, tmp_path / "cache", xet=True):
        push_folder(folder, "me/xet", "model", "first")
    assert "model.safetensors" in hub.repos["models/me/xet"].files
    assert sum(map(len, hub.xorbs)) > 200_000, "all of the file has come, in Xet's own blocks"


def test_by_the_command_line_and_its_json(here, store, monkeypatch, capsys):
    monkeypatch.setenv("LAB_HOME", str(store.home.root))

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lab", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, *capsys.readouterr()

    code, out, err = run("push", "c0000001", "me/by-hand", "--private", "--json")
    assert code == 0 and json.loads(out)["repo"] == "me/by-hand" and TOKEN not in out + err
    code, out, err = run("push", "--data", "friendly", "me/friendly")
    assert code == 0 and "public" in err and here.url in err
    for words, said in (
        (["push", "me/x"], "what to push"),
        (["push", "--data", "cuisine", "c0000001", "me/x"], "a data set is pushed by itself"),
        (["push", "eeeeeeee", "me/x"], "eeeeeeee"),
        (["space", "push", "me/x", "--hardware", "tpu"], "there is no hardware 'tpu'"),
        (["space", "push", "me x"], "no name on the Hub"),
    ):
        code, out, err = run(*words)
        assert code == 2 and said in err and "Traceback" not in err


def test_names_licences_and_recipes():
    check_name("Ann-Lee/mapo_tofu.v2")
    assert public_recipe(WRITTEN).startswith("name: Cooking\nbase: base\ndata: cuisine")
    assert file_name("HuggingFaceTB/SmolLM2-135M") == "HuggingFaceTB/SmolLM2-135M" and file_name("~/x/y.csv") == "y.csv"
    assert licence_of("apache-2.0", [("a", "Apache-2.0", None)]) == "apache-2.0"
    assert licence_of("apache-2.0", [("a", "Apache-2.0", None), ("b", "not known to the lab", None)]) is None
    assert licence_of(None, []) is None
