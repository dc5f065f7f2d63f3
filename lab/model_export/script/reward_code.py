"""Rewards as Python: the lab's scripted raters and checkable rewards cut out of their modules, and reward models."""

import ast
import importlib
import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from lab.card import find_cards
from lab.errors import RunError
from lab.model_export.script.draft import Draft
from lab.model_export.script.source import Source
from lab.model_ref import ModelRef
from lab.models import load_chain
from lab.models.chat_format import chat_format
from lab.models.load import merge
from lab.objectives.reward_model import SUM_UNIT, load_reward
from lab.recipe import RewardChoice
from lab.training.evaluators import with_run_models

JUDGE = '''
judge = AutoModelForSequenceClassification.from_pretrained(FILES / "reward", dtype=torch.float32).eval()
judge.to("cuda" if torch.cuda.is_available() else "cpu")
judge_tokenizer = AutoTokenizer.from_pretrained(FILES / "reward")


@torch.inference_mode()
def reward_model(prompts, completions, completion_ids, **columns):
    """Scores of whole conversations; one that was cut is read without its end."""
    device, scores = next(judge.parameters()).device, []
    for asked, said, ids in zip(prompts, completions, completion_ids):
        text = asked + said + (END if ids and ids[-1] in ENDS else "")
        read = judge_tokenizer(text, return_tensors="pt", add_special_tokens=False).to(device)
        {score}
        scores.append({together})
    return scores
'''
SUMMED = "heads = judge.score(judge.base_model(**read).last_hidden_state.float())[0].sum(0) / {unit}"
LAST = "heads = judge(**read).logits[0]"


def write_rewards(draft: Draft, source: Source) -> tuple[list[str], list[float]]:
    """Append a function for each reward that counts; their names and weights."""
    stage = with_run_models(source.stage, source.run.id)
    counted = [choice for choice in stage.reward if choice.weight] or list(stage.reward)
    names: list[str] = []
    for choice in counted:
        if choice.data:
            raise RunError(f"the reward '{choice.name}' is for one data set of a mix alone, which is the lab's own",
                           do="take a run whose rewards are for all of its rows.")  # fmt: skip
        names.append(_write(draft, source, choice, names))
    return names, [choice.weight for choice in counted]


def reward_model_of(source: Source) -> RewardChoice | None:
    """The reward model among the rewards that count, if any; raises RunError for several."""
    stage = with_run_models(source.stage, source.run.id)
    found = [choice for choice in stage.reward if choice.weight and ModelRef.parse(choice.name).base is None]
    if len(found) > 1:
        raise RunError(f"it is rewarded by {len(found)} reward models", do="scripts are written for one.")
    return found[0] if found else None


def keep_judge(source: Source, choice: RewardChoice, folder: Path) -> None:
    """Write a reward model as a classifier that transformers loads."""
    import torch

    reward = load_reward(choice.name, source.home, None, choice.pessimism)
    classifier = reward._model
    head = classifier.score
    plain = torch.nn.Linear(head.in_features, head.out_features, bias=False)
    plain.weight.data.copy_(head.weight.data)
    from lab.models.chain import chain_of

    backbone = load_chain(_chain_of(choice.name, source, chain_of), source.home)
    backbone = merge(backbone) if hasattr(backbone, "peft_config") else backbone
    setattr(classifier, backbone.base_model_prefix, getattr(backbone, backbone.base_model_prefix))
    classifier.score, classifier.config.num_labels = plain, head.out_features
    classifier.save_pretrained(folder)
    reward._tokenizer.save_pretrained(folder)


def _chain_of(name: str, source: Source, chain_of: Any) -> Any:
    """The chain of a reward model, which lies beside it where later stages went on without it."""
    ref = ModelRef.parse(name)
    root = source.home.run(ref.run or "").root
    stage = "*" if ref.stage is None else ref.stage
    folder = sorted(root.glob(f"stage-{stage}/score/head.safetensors"))[-1].parent.parent
    beside = (folder / "weights.json").exists()
    return chain_of(f"{ModelRef(run=ref.run)}/{folder.name}" if beside else str(ModelRef(run=ref.run)), source.home)


def _write(draft: Draft, source: Source, choice: RewardChoice, taken: Sequence[str]) -> str:
    if ModelRef.parse(choice.name).base is None:
        _write_judge(draft, source, choice)
        return "reward_model"
    kind = "lab.rewards" if choice.name in find_cards("lab.rewards") else "lab.raters"
    name = choice.name if choice.name not in taken else f"{choice.name}_{len(taken) + 1}"
    score, code = _cut_out(find_cards(kind)[choice.name], draft, name)
    draft.add(*code, "", "")
    if kind == "lab.raters":
        draft.add(f"def {name}(prompts, completions, **columns):", f"    return {score}(prompts, completions)", "", "")
        return name
    knobs = "".join(f", {knob}={value!r}" for knob, value in choice.knobs.items())
    draft.add(f"def {name}(prompts, completions, answer=None, **columns):",
              f"    return {score}(prompts, completions, answer or [None] * len(prompts){knobs})", "", "")  # fmt: skip
    return name


def _write_judge(draft: Draft, source: Source, choice: RewardChoice) -> None:
    reward = load_reward(choice.name, source.home, None, choice.pessimism)
    if str(reward._tokenizer.chat_template) != str(source.tokenizer.chat_template):
        raise RunError("its reward model reads another chat template than the model it judges",
                       do="take a run whose reward model is on the same base.")  # fmt: skip
    head = reward._model.score
    together = "heads.min().item()" if choice.pessimism == "worst" else "heads.mean().item()"
    if choice.pessimism and choice.pessimism != "worst":
        together = f"(heads.mean() - {choice.pessimism!r} * heads.std(unbiased=False)).item()"
    draft.use("torch")
    draft.use("transformers", "AutoModelForSequenceClassification", "AutoTokenizer")
    end = chat_format(source.tokenizer).last_end
    draft.add(f"END = {end!r}")
    score = SUMMED.format(unit=f"{SUM_UNIT:g}") if head.summed else LAST
    draft.add(*JUDGE.format(score=score, together=together).strip("\n").split("\n"), "", "")


def _cut_out(module: ModuleType, draft: Draft, prefix: str) -> tuple[str, list[str]]:
    """`score` of a module with all it needs of its own and of the private modules it imports from, without types and
    docstrings, under names of its own; the name that `score` has now."""
    pieces: dict[tuple[str, str], _Piece] = {}
    _collect(module, "score", pieces)
    names: dict[tuple[str, str], str] = {}
    for key, piece in pieces.items():
        name = f"{prefix}_{key[1]}" if isinstance(piece.node, ast.FunctionDef) else f"{prefix}_{key[1]}".upper()
        names[key] = name if name not in names.values() else f"{name}_{len(names)}"
    lines: list[str] = []
    for piece in sorted(pieces.values(), key=lambda one: (one.module is module, one.module.__name__, one.node.lineno)):
        apart = ["", ""] if isinstance(piece.node, ast.FunctionDef) else []
        renamed = _Renamed({here: names[key] for here, key in piece.uses.items()}).visit(piece.bare)
        lines += [*apart, *ast.unparse(ast.fix_missing_locations(renamed)).split("\n"), *apart]
        for imported, name in piece.imports:
            draft.use(imported, *([name] if name else []))
    return names[module.__name__, "score"], _spaced(lines)


@dataclass
class _Piece:
    """A definition at the top of a module, bare of types; what it uses of the lab, by the names that it has there, and
    what it imports from elsewhere."""

    module: ModuleType
    node: ast.stmt
    bare: ast.stmt
    uses: dict[str, tuple[str, str]]
    imports: list[tuple[str, str]]


def _collect(module: ModuleType, name: str, found: dict[tuple[str, str], _Piece]) -> tuple[str, str] | None:
    """Add the piece of that name, and all it uses, to what is found; its key, or None where it is none of the lab's."""
    body = ast.parse(inspect.getsource(module)).body
    for node in body:
        defined = [node.name] if isinstance(node, ast.FunctionDef) else _assigned(node)
        if name in defined:
            key = (module.__name__, name)
            if key not in found:
                piece = found[key] = _Piece(module, node, _bare(node), {name: key}, [])
                for used in sorted({one.id for one in ast.walk(piece.bare) if isinstance(one, ast.Name)} - {name}):
                    if other := _collect(module, used, found):
                        piece.uses[used] = other
                    else:
                        piece.imports += _imports_of(body, used)
            return key
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("lab."):
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return _collect(importlib.import_module(str(node.module)), alias.name, found)
    return None


def _assigned(node: ast.stmt) -> list[str]:
    return [one.id for one in node.targets if isinstance(one, ast.Name)] if isinstance(node, ast.Assign) else []


def _imports_of(body: Sequence[ast.stmt], name: str) -> list[tuple[str, str]]:
    """How a module imports a name from outside the lab, as (module, name); (module, "") for a module itself."""
    for node in body:
        if isinstance(node, ast.Import) and any(alias.name == name for alias in node.names):
            return [(name, "")]
        if isinstance(node, ast.ImportFrom) and any(alias.name == name for alias in node.names):
            return [(str(node.module), name)]
    return []


def _spaced(lines: Sequence[str]) -> list[str]:
    """The lines with at most two empty ones in a row, and none at either end."""
    found: list[str] = []
    for line in lines:
        if line or (found and found[-2:] != ["", ""]):
            found.append(line)
    while found and not found[-1]:
        found.pop()
    return found


def _bare(node: ast.stmt) -> ast.stmt:
    """A definition without types and docstring."""
    bare = ast.parse(ast.unparse(node)).body[0]
    if isinstance(bare, ast.FunctionDef):
        bare.returns = None
        for one in (*bare.args.args, *bare.args.kwonlyargs):
            one.annotation = None
        first = bare.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(bare.body) > 1:
            bare.body = bare.body[1:]
    return bare


class _Renamed(ast.NodeTransformer):
    """Gives names their new ones."""

    def __init__(self, names: dict[str, str]):
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.name = self._names.get(node.name, node.name)
        return node
