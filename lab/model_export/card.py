"""The README of an exported model: what it is, what it learned from, what it came to, and how it is loaded."""

from pathlib import Path

from lab.data.hub import HUB_ID
from lab.errors import LabError
from lab.model_export.agreement import Agreement
from lab.model_export.heads import Head
from lab.models.catalogue import CATALOGUE
from lab.recipe import parse_recipe, resolve
from lab.store import Change, Run

PLAIN = """from transformers import {auto}, AutoTokenizer

model = {auto}.from_pretrained("THIS_FOLDER")
tokenizer = AutoTokenizer.from_pretrained("THIS_FOLDER")"""
BESIDE = """from peft import PeftModel
from transformers import {auto}, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("THIS_FOLDER")
base = {auto}.from_pretrained("{{base}}"{more})
model = PeftModel.from_pretrained(base, "THIS_FOLDER")"""
CLASSES = """
names = {names}
text = tokenizer.apply_chat_template([{{"role": "user", "content": "…"}}], add_generation_prompt=True, tokenize=False)
logits = model.eval()(**tokenizer(text, add_special_tokens=False, return_tensors="pt")).logits[0]
print(names[int(logits.argmax())])"""
SCORE = """
messages = [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]
text = tokenizer.apply_chat_template(messages, tokenize=False).rstrip()
print(model.eval()(**tokenizer(text, add_special_tokens=False, return_tensors="pt")).logits.sum().item())"""
GGUF = """
Weights in {type}. The file has the tokenizer, its chat template and its special tokens; llama.cpp, Ollama (`FROM
./FILE.gguf`), LM Studio and others load it as it is."""
LIBRARIES = {"adapter": "peft", "merged": "transformers", "gguf": "gguf"}
TASKS = {"class": "text-classification", "score": "text-classification"}


def loading(form: str, type: str, head: Head | None) -> str:
    """How it is loaded and asked, in Markdown; `{base}` stands for the base of an adapter. `type` is of a GGUF file."""
    if form == "gguf":
        return "```sh\nllama-cli -m FILE.gguf\n```\n" + GGUF.format(type=type.upper())
    auto = "AutoModelForCausalLM" if head is None else f"AutoModel{head.kind}"
    more = "" if head is None else f", num_labels={len(head.weight)}, pad_token_id=tokenizer.pad_token_id"
    code = (PLAIN if form == "merged" else BESIDE).format(auto=auto, more=more)
    if form == "merged":
        code = code.replace("{base}", "")
    if head is not None:
        code += "\n" + (CLASSES.format(names=list(head.names)) if head.names else SCORE)
    return f"```python\n{code}\n```"


def model_card(run: Run, form: str, base: str, checked: Agreement, loaded: str) -> str:
    """Markdown with the front matter that the Hub reads; `loaded` says how the model is loaded."""
    entry = CATALOGUE.get(base)
    hub = entry.hub if entry else base if HUB_ID.fullmatch(base) else None  # a folder's path is nobody else's
    front = {"library_name": LIBRARIES[form], "pipeline_tag": TASKS.get(checked.of, "text-generation")}
    front |= {"base_model": hub} if hub else {}
    front |= {"license": entry.licence.lower()} if entry else {}
    shown = hub if form == "adapter" and hub else "THIS_FOLDER/base"
    return "\n".join([
        "---", *(f"{name}: {value}" for name, value in front.items()), "---", "",
        f"# {run.name}", "",
        f"{entry.name.en if entry else Path(base).name}, tuned by {run.method} ({run.objective}) with Parrot Lab, run "
        f"`{run.id}`. The recipe at the end repeats it.", "",
        "## How it is loaded", "", loaded.replace("{base}", shown), "",
        "## What it came to", "", *_figures(run), "",
        "Figures are of held-out rows of the data it learned from; they say nothing of other questions.", "",
        "## Checked", "", *_checked(form, checked), "",
        "## Data", "", *_data(run), "",
        "## Recipe", "", "```yaml", run.recipe.strip(), "```", "",
    ])  # fmt: skip


def _checked(form: str, checked: Agreement) -> list[str]:
    """How far it is from the run's model, by which library, and what was not compared."""
    begin = f"Loaded without the lab by {checked.by} it was held against the run's model over {checked.tokens} "
    if checked.of == "score":
        return [begin + f"answers: scores differ by at most {checked.largest_difference:.2g}, {checked.kl:.2%} of how "
                f"far they lie apart; {checked.same_likeliest:.1%} of their pairs are in one order."]  # fmt: skip
    if checked.of == "class":
        return [begin + f"texts: the same class for {checked.same_likeliest:.1%} of them, distributions "
                f"{checked.kl:.2g} nats apart, logits at most {checked.largest_difference:.2g}."]  # fmt: skip
    of = "log-probabilities" if form == "gguf" else "logits"
    told = [
        begin + f"tokens of questions: the same likeliest next token after {checked.same_likeliest:.1%} of them, "
        f"distributions {checked.kl:.2g} nats apart on average (at most {checked.most_nats:.2g} are let pass), {of} at "
        f"most {checked.largest_difference:.2g}."
    ]
    if checked.texts:
        told += [
            "",
            "Its chat template and token ids were those of the run for every question, and for "
            f"{checked.texts_same} of {checked.texts} texts of all kinds.",
        ]
        told += [f"Cut differently: `{text!r}`" for text in checked.differing]
    elif form == "gguf":
        told += [
            "",
            "No llama.cpp was installed where it was written: tokens, merges, special tokens and template were read "
            "back from the file and are the run's, but how llama.cpp cuts texts was not tried.",
        ]
    return told


def _figures(run: Run) -> list[str]:
    out = run.outcome
    rows = [("held-out loss", out.eval_loss), *out.metrics.items(), ("retained skill", out.retained)]
    told = [(name, change) for name, change in rows if change.after is not None]
    if not told:
        return ["Nothing was measured."]
    return ["| figure | before | after | 95 % interval |", "|---|---|---|---|", *(_row(*one) for one in told)]


def _row(name: str, change: Change) -> str:
    before = "–" if change.before is None else f"{change.before:.3g}"
    sure = "–" if change.after_interval is None else "{:.3g} to {:.3g}".format(*change.after_interval)
    return f"| {name.replace('|', '/')} | {before} | {change.after:.3g} | {sure} |"


def _data(run: Run) -> list[str]:
    try:
        stages = resolve(parse_recipe(run.recipe))[0].stages
    except LabError:
        return ["Not told by its recipe."]
    names = dict.fromkeys(choice.label for stage in stages for choice in stage.data)
    return [f"- {name}" for name in names]
