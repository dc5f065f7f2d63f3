"""Before anything is queued, data is read as the base will read it: templates, lengths and tokens, in words."""

import json
import shutil

import pytest

from lab.errors import LabError
from lab.models.templates import shipped_templates
from lab.planning import submit
from lab.recipe import build_recipe
from lab.store import Status
from lab.training.run import train_run

TALK = [{"role": "user", "content": "Is rice white?"}, {"role": "assistant", "content": "Mostly, yes."},
        {"role": "user", "content": "Tofu?"}, {"role": "assistant", "content": "Also white."}]  # fmt: skip
TOOL = [{"role": "user", "content": "How heavy?"},
        {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "weigh", "arguments": {}}}]},
        {"role": "tool", "content": "9 grams"}, {"role": "assistant", "content": "Nine grams."}]  # fmt: skip


@pytest.fixture
def lab(tiny_base, tmp_path, store):
    """Submits rows for a base with the chat template of that name; more is the recipe's."""

    def queue(name, rows, **more):
        base = tmp_path / name
        shutil.copytree(tiny_base, base, dirs_exist_ok=True)
        (base / "chat_template.jinja").write_text(shipped_templates().get(name, name))
        data = tmp_path / "rows.jsonl"
        data.write_text("".join(json.dumps(row) + "\n" for row in rows))
        fields = {"base": str(base), "data": str(data), "budget": {"steps": 2, "batch_size": 2, "max_length": 400}}
        return submit(build_recipe({**fields, "variants": [{"name": "it"}], "evaluate": {"answers": 2}, **more}), store)

    return queue


def talks(*first):
    return [{"messages": [*first, {**TALK[0], "content": f"Is rice {i} white?"}, *TALK[1:]]} for i in range(8)]


def test_what_the_base_does_to_the_data_is_in_the_notes(lab):
    (run,) = lab("gemma", talks({"role": "system", "content": "Be brief."}))
    assert any("each is put before the first question" in note for note in run.outcome.notes)
    (run,) = lab("glm4moe", talks())
    assert any("<|im_end|> is learned after the last one" in note for note in run.outcome.notes)


@pytest.mark.parametrize(
    ("name", "rows", "more", "said"),
    [
        ("llama3", [{"messages": TOOL}] * 4, {}, r"rows\.jsonl.*leaves out.* Choose a base whose template knows tools"),
        ("gemma", [{"messages": [TALK[1], *talk["messages"]]} for talk in talks()], {},
         r"the row that begins 'Mostly, yes\.'.*refuses this conversation \(Conversation roles must alternate"),
        ("{{ raise_exception('No') }}", talks(), {}, r"refuses this conversation \(No\)\. Choose another base"),
        ("qwen3", talks(), {"budget": {"max_length": 9}}, r"rows have no answer left at 9 tokens .*longest prompt"),
        ("qwen3", [{"prompt": f"Many words {i} " * 99, "chosen": "a", "rejected": "b"} for i in range(9)],
         {"objective": "orpo"}, r"have no answer left at 400 tokens"),
    ],
)  # fmt: skip
def test_what_base_and_data_can_not_do_together_is_refused_and_nothing_queued(lab, store, name, rows, more, said):
    with pytest.raises(LabError, match=said):
        lab(name.replace("/", ""), rows, **more)
    assert store.runs.all() == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["qwen3", "llama3", "gemma3", "glm4moe", "phi3", "gptoss", "deepseek_r1_distill"])
def test_conversations_train_on_the_templates_of_real_models(lab, store, name):
    lab(name, talks({"role": "system", "content": "Be brief."}))
    run = store.runs.claim("here")
    assert train_run(run, store) == Status.DONE
    done = store.runs.get(run.id).outcome
    assert done.eval_loss.after < done.eval_loss.before and done.steps == 2


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["sft", "dpo", "kto", "orpo", "reward"])
def test_one_prompt_too_long_costs_its_row_and_no_more(lab, store, objective):
    prompts = [f"Short {i}?" for i in range(11)] + ["Many words " * 200]
    sides = {"chosen": "Yes.", "rejected": "No, no."}
    rows = {
        "sft": [{"prompt": prompt, "completion": "Yes."} for prompt in prompts],
        "kto": [{"prompt": prompt, "completion": "Yes.", "label": i % 2 == 0} for i, prompt in enumerate(prompts)],
    }.get(objective, [{"prompt": prompt, **sides} for prompt in prompts])
    budget = {"steps": 4, "batch_size": 4, "max_length": 64}
    lab("lfm2", rows, objective=objective, budget=budget, evaluate={"answers": 0})
    run = store.runs.claim("here")
    assert train_run(run, store) == Status.DONE
    out = store.runs.get(run.id).outcome
    assert out.train_loss_last is not None and out.train_loss_last == out.train_loss_last
    assert any("1 of " in note and "64 tokens" in note for note in out.notes)
