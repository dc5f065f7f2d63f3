"""What the page may ask: only deltas are sent, ids are checked, problems are sentences, nothing else is open."""

import json
import subprocess
import sys

import pytest

from lab.api import Lab
from lab.recipe import build_recipe, resolve
from lab.store import Change, Outcome, Run, Sample, Status
from lab.ui.doors import CALLS
from lab.ui.run_view import RunView
from lab.ui.runs import Runs
from lab.ui.train import Train, _shown_row


class Nobody:
    """Stands where a supervisor would: nothing is carried out."""

    def wake(self) -> None: ...


@pytest.fixture
def lab(home, store):
    return Lab(home, store, Nobody(), None)


@pytest.fixture
def pair_of_runs(store):
    """Two finished runs of one comparison, with curves and samples."""
    runs = [
        Run(id=f"run00{i}aa", comparison="comp00aa", name=name, recipe_name="A & B", recipe="", base="nano",
            method=name, objective="sft", parent=None, status=Status.QUEUED, created=1.0, total_steps=2)
        for i, name in enumerate(("full", "lora"))
    ]  # fmt: skip
    store.runs.queue(runs)
    for run in runs:
        store.runs.claim("here")
        store.curves.write(run.id, 1, {"loss": 2.0, "eval_loss": 3.0, "learning_rate": 0.1})
        store.curves.write_samples([Sample(run.id, 1, 0, "Hello?", "<b>Hi</b>")])
        store.runs.note(run.id, Outcome(trainable_params=5, total_params=10, eval_loss=Change(3.0, 2.0)))
        store.runs.end(run.id, Status.DONE)
    return runs


def test_an_empty_lab_says_so(lab):
    assert RunView(lab.store).watch({}) == {"empty": True}
    assert Runs(lab).list_runs({}) == {"runs": [], "owner": True}


def test_the_newest_finished_comparison_is_shown_where_none_is_asked_for(lab, pair_of_runs):
    seen = RunView(lab.store).watch({})
    assert seen["comparison"] == "comp00aa" and seen["over"]
    assert [(run["name"], run["place"]) for run in seen["runs"]] == [("full", 0), ("lora", 1)]
    assert seen["points"] == [(0, 0, 1, 2.0), (0, 1, 1, 3.0), (1, 0, 1, 2.0), (1, 1, 1, 3.0)]
    assert seen["samples"][0] == (0, 0, 1, "Hello?", "<b>Hi</b>", None)
    assert seen["runs"][0]["held_out"] == (3.0, 2.0)
    json.dumps(seen)


def test_only_what_is_new_is_sent(lab, pair_of_runs):
    watching = RunView(lab.store)
    first = watching.watch({"comparison": "comp00aa"})
    asked = {"comparison": "comp00aa", "since": first["since"], "samples": first["samples_seen"]}
    assert (watching.watch(asked)["points"], watching.watch(asked)["samples"]) == ([], None)
    lab.store.curves.write("run001aa", 2, {"loss": 1.5})
    assert watching.watch(asked)["points"] == [(1, 0, 2, 1.5)]


def test_a_curve_can_be_chosen_and_rewards_come_first(lab, pair_of_runs):
    watching = RunView(lab.store)
    chosen = watching.watch({"comparison": "comp00aa", "curve": "learning_rate"})
    assert (chosen["curve"], chosen["points"]) == ("learning_rate", [(0, 0, 1, 0.1), (1, 0, 1, 0.1)])
    assert watching.watch({"comparison": "comp00aa", "curve": "nonsense"})["curve"] == "loss"
    lab.store.curves.write("run000aa", 2, {"reward": 1.0, "eval_reward": 2.0})
    first = watching.watch({"comparison": "comp00aa"})
    assert (first["curve"], first["curves"]) == ("reward", ["learning_rate", "loss", "reward"])
    assert first["points"] == [(0, 0, 2, 1.0), (0, 1, 2, 2.0)]


def test_a_run_keeps_its_colour_on_its_own_page(lab, pair_of_runs):
    assert [run["place"] for run in RunView(lab.store).watch({"run": "run001aa"})["runs"]] == [1]


@pytest.mark.parametrize("bad", ["../../etc", "x' OR 1=1", "A" * 40, "", "<script>", "comp00aa/.."])
def test_an_id_that_is_no_id_is_refused(lab, bad):
    for answer in (
        RunView(lab.store).watch({"comparison": bad}), RunView(lab.store).stop({"run": bad}),
        Runs(lab).details({"run": bad}), Runs(lab).delete({"run": bad}),
    ):  # fmt: skip
        assert answer["problem"].startswith("The page asked for something unknown")


def test_unknown_questions_are_refused(lab):
    assert "problem" in RunView(lab.store).watch({"comparison": "comp00aa", "path": "/etc/passwd"})
    assert "problem" in RunView(lab.store).watch([1, 2])
    assert "problem" in Train(lab).preview("DROP TABLE runs")


def test_a_wrong_recipe_is_one_sentence(lab):
    problem = Train(lab).preview({"text": "name: x\nvariants:\n- {name: a, method: lorra}\n"})["problem"]
    assert problem.count("\n") == 0
    assert "there is no method 'lorra'" in problem and "did you mean 'lora'?" in problem.lower()


def test_a_failure_of_our_own_never_shows_its_name(lab, monkeypatch):
    monkeypatch.setattr(type(lab.store.runs), "all", lambda *_, **__: 1 / 0)
    problem = Runs(lab).list_runs({})["problem"]
    assert problem.startswith("Something went wrong inside the lab.")
    assert "Zero" not in problem


def test_the_form_gets_its_cost_yaml_and_command(lab):
    train = Train(lab)
    fields = train.choices({})["recipes"][0]["fields"]
    seen = train.preview({"fields": fields, "recipe": "recipes/first_steps.yaml"})
    assert seen["command"] == "lab train recipes/first_steps.yaml"
    assert [plan["name"] for plan in seen["plans"]] == [variant["name"] for variant in fields["variants"]]
    assert seen["plans"][0]["share"] == 1.0
    assert train.preview({"text": seen["text"]})["fields"] == seen["fields"]


def test_costs_stand_by_variant_and_values_stay_as_they_were_typed(lab, idle_machine):
    """A row a variant whatever its seeds, in its runs' colours; a list of values is not spread over the form."""
    lora = {"name": "LoRA", "method": "lora", "knobs": {"r": [2, 8]}}
    fields = {"base": "nano", "budget": {"steps": 20}, "variants": [{"name": "all", "method": "full"}, lora]}
    one = Train(lab).preview({"fields": fields})
    assert [(plan["name"], plan["place"], plan["runs"]) for plan in one["plans"]] == [
        ("all", 0, 1), ("LoRA · r 2", 1, 1), ("LoRA · r 8", 2, 1),
    ]  # fmt: skip
    assert one["runs"] == 3 and one["five"] > one["seconds"] > 0
    assert one["fields"]["variants"] == fields["variants"] and "r: [2, 8]" in one["text"]
    again = Train(lab).preview({"text": one["text"]})
    assert again["fields"] == one["fields"] and again["runs"] == 3
    seeds = Train(lab).preview({"fields": fields | {"repeat": 5}})
    assert [plan["runs"] for plan in seeds["plans"]] == [5, 5, 5] and seeds["runs"] == 15 and seeds["five"] is None
    assert seeds["plans"][0]["seconds"] == pytest.approx(5 * one["plans"][0]["seconds"], rel=0.2)
    assert seeds["fields"]["repeat"] == 5
    long = Train(lab).preview({"fields": fields | {"budget": {"steps": 100_000}}})
    assert long["five"] is None
    drawn = fields | {"sweep": {"pick": "random", "tries": 1}}
    assert Train(lab).preview({"fields": drawn})["runs"] == 2


def test_every_card_is_in_the_form(lab):
    from lab.card import find_cards

    choices = Train(lab).choices({})
    assert {method["id"] for method in choices["methods"]} == set(find_cards("lab.methods"))
    assert [method["id"] for method in choices["methods"]][:3] == ["full", "freeze", "lora"]
    for method in choices["methods"]:
        knobs = find_cards("lab.methods")[method["id"]].CARD.knobs
        assert [knob["name"] for knob in method["knobs"]] == [knob.name for knob in knobs]


def test_the_peek_shows_three_rows_and_the_lengths(lab):
    seen = Train(lab).peek({"fields": Train(lab).choices({})["recipes"][0]["fields"]})
    assert len(seen["preview"]) == 3 and sum(seen["counts"]) == seen["rows"] >= 400
    assert seen["held_out"] >= 80


def test_the_peek_says_which_layout_was_read_and_what_the_bases_template_cannot_show(lab, tmp_path):
    file, fields = tmp_path / "mine.jsonl", Train(lab).choices({})["recipes"][0]["fields"]
    talk = [{"from": "human", "value": "Price?"}, {"from": "gpt", "value": "It is 3."}]
    call = [
        talk[0],
        {"from": "function_call", "value": '{"name": "price"}'},
        {"from": "observation", "value": "3"},
        talk[1],
    ]
    seen = []
    for said in (talk, call):
        rows = [json.dumps({"conversations": said, "system": f"Day {i}."}) for i in range(8)]
        file.write_text("\n".join(rows))
        seen.append(Train(lab).peek({"fields": fields | {"data": str(file)}}))
    assert {"en": "Read as: ShareGPT.", "zh": "读取格式：ShareGPT。"} in seen[0]["notes"]
    assert "leaves out the assistant's tool calls" in seen[1]["problem"]


def test_a_preview_shows_calls_of_tools_and_what_is_not_learned():
    call = {"type": "function", "function": {"name": "price", "arguments": {"of": "figs"}}}
    row = {"messages": [{"role": "assistant", "content": "", "tool_calls": [call], "train": False}], "tools": [call]}
    assert _shown_row(row) == [
        ("messages", 'assistant (train: false): {"name": "price", "arguments": {"of": "figs"}}'),
        ("tools", json.dumps(call)),
    ]


def test_only_files_that_gradio_took_in_are_kept_as_uploads(lab, tmp_path):
    mine = tmp_path / "mine.jsonl"
    mine.write_text('{"prompt": "a", "completion": "b"}\n' * 3)
    assert "that is not an uploaded file" in Train(lab).upload({"path": str(mine)})["problem"]
    assert not list(lab.home.uploads.iterdir())


def test_starting_queues_one_run_a_variant_and_a_form_can_begin_from_them(lab):
    train = Train(lab)
    fields = train.choices({})["recipes"][0]["fields"]
    started = train.start({"fields": fields})
    runs = lab.store.runs.all(comparison=started["comparison"])
    assert [run.name for run in runs] == [variant["name"] for variant in fields["variants"]]
    again = train.fields_from({"comparison": started["comparison"]})["fields"]
    assert resolve(build_recipe(again)) == resolve(build_recipe(fields))
    after = train.fields_from({"run": runs[0].id, "weights": True})["fields"]
    assert after["base"] == f"run:{runs[0].id}"


def test_stopping_asks_every_run_of_the_comparison(lab):
    train = Train(lab)
    started = train.start({"fields": train.choices({})["recipes"][0]["fields"]})
    assert RunView(lab.store).stop({"comparison": started["comparison"]}) == {}
    assert {run.status for run in lab.store.runs.all()} == {Status.CANCELLED}


def test_a_watched_comparison_tells_how_far_the_whole_is_and_what_each_run_does(lab, pair_of_runs):
    answer = RunView(lab.store).watch({"comparison": pair_of_runs[0].comparison})
    assert set(answer["progress"]) == {"share", "left"} and 0 <= answer["progress"]["share"] <= 1
    assert {run["doing"] for run in answer["runs"]} == {""}


def test_a_runs_page_shows_lineage_and_the_end_of_the_log(lab, pair_of_runs):
    folder = lab.home.run("run000aa")
    folder.root.mkdir(parents=True)
    folder.log.write_text("\n".join(f"line {i}" for i in range(500)))
    about = Runs(lab).details({"run": "run000aa"})
    assert about["log"].endswith("line 499") and about["log"].count("\n") < 100
    assert Runs(lab).delete({"run": "run000aa"}) == {}
    assert not folder.root.exists()


def test_the_page_is_built_without_torch_and_opens_only_its_endpoints(tmp_path):
    script = f"""
import sys
from pathlib import Path
from lab.home import Home
from lab.store import Store
from lab.api import Lab
from lab.ui.page import build
from lab.ui import theme
from lab.ui.train import Train, _shown_row
home = Home(Path({str(tmp_path)!r}))
lab = Lab(home, Store(home), None, None)
page = build(lab)
assert theme.css() and "https://" not in theme.css() and "uPlot" not in theme.head()
assert "fields" in Train(lab).preview({{"fields": Train(lab).choices()["recipes"][0]["fields"]}})
print(*sorted(one["api_name"] for one in page.config["dependencies"]))
print(*[name for name in {HEAVY} if name in sys.modules])
"""
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == sorted(CALLS)  # Gradio's own events: what programs call, and no others


HEAVY = ("torch", "transformers", "peft", "trl", "datasets")


def test_every_component_has_a_script(lab):
    from lab.home import ASSETS
    from lab.ui import page

    main = (ASSETS / "js" / "main.js").read_text(encoding="utf-8")
    components = [block for block in page.build(lab).blocks.values() if (block.elem_id or "").startswith("component-")]
    assert len(components) >= 10
    for one in components:
        assert f"  {one.elem_id.removeprefix('component-')}: mount" in main
