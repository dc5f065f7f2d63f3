"""Scripts of what is learned from rewards: GRPO and RLOO with TRL's trainers, PPO with the lab's own."""

from typing import Any

from lab.data import load_data
from lab.data.asked import number_of, questions_of
from lab.data.encode import prompt_ids
from lab.data.learned import learned_before, without_learned
from lab.errors import RunError
from lab.model_export.script.common import arguments, write_head, write_model, write_tokenizer, write_training
from lab.model_export.script.draft import Code, Draft
from lab.model_export.script.reward_code import write_rewards
from lab.model_export.script.source import Source
from lab.model_export.script.text_rows import without_begin
from lab.models.chat_format import chat_format
from lab.objectives._held_out_answers import SEED, TOGETHER, answer_tokens, held_out_questions
from lab.objectives._rewards import prompt_rows
from lab.objectives.policy.sampler import end_tokens

Rows = list[dict[str, Any]]
NO_END = '''

def no_end_penalty(completion_ids, **columns):
    """What answers lose that were cut at the limit."""
    return [0.0 if ids and ids[-1] in ENDS else -{penalty!r} for ids in completion_ids]

'''
PRICED = '''
class Priced(GRPOTrainer):
    """The KL coefficient is in reward: the loss has it beside advantages, whose unit is a deviation of rewards."""

    def _calculate_rewards(self, *given):
        scores = super()._calculate_rewards(*given)
        total = (scores * self.reward_weights.to(scores.device)).nansum(1)
        spread = {spread}
        if (unit := spread[spread > 0]).numel():
            self.beta = self.args.beta / unit.mean().item()
        return scores

'''
SPREADS = {"group": "total.view(-1, self.num_generations).std(1)", "batch": "total.std()[None]"}
ASKED = '''

@torch.inference_mode()
def held_out_reward():
    """The mean reward of answers to held-out questions, drawn at temperature 1, the same draws each time."""
    torch.manual_seed({seed})
    asked, found = rows("held_out.jsonl").to_list(), []
    for begin in range(0, len(asked), {together}):
        some = asked[begin : begin + {together}]
        prompts = [row["prompt"] for row in some]
        read = tokenizer(prompts, return_tensors="pt", padding=True).to(model.device)
        read = {{name: read[name] for name in ("input_ids", "attention_mask")}}
        whole = model.generate(**read, generation_config=GenerationConfig(
            max_new_tokens={tokens}, do_sample=True, temperature=1.0, top_k=0, top_p=1.0, eos_token_id=ENDS,
            pad_token_id=tokenizer.pad_token_id))
        said = whole[:, read["input_ids"].shape[1] :].tolist()
        ids = [one[: next((i + 1 for i, token in enumerate(one) if token in ENDS), len(one))] for one in said]
        texts = tokenizer.batch_decode(ids, skip_special_tokens=True)
        columns = {{"completion_ids": ids, "answer": [row.get("answer") for row in some]}}
        told = [reward(prompts, texts, **columns) for reward in REWARDS]
        parts = [[w * one for w, one in zip(WEIGHTS, each) if one is not None] for each in zip(*told)]
        found += [sum(each) for each in parts if each]
    return sum(found) / len(found)


model.eval()'''


def rows(source: Source) -> tuple[Rows, Rows]:
    """Questions in the base's template up to where they are answered, with the right answers where there are any; the
    held-out ones as often as the lab asks them. Raises RunError where the tokenizer would read them as other tokens."""
    train = [_asked(source, row) for row in prompt_rows(source.data)]
    questions = held_out_questions(_question_data(source))
    limit = source.plan.evaluate.rows
    held_out = [_asked(source, questions[i % len(questions)]) for i in range(limit)] if questions else []
    return train, held_out


def write(draft: Draft, source: Source, built: Any, base: str | None, files: str, recorded: float | None) -> None:
    """The whole file."""
    stage, options = source.stage, source.stage.options
    if stage.objective == "grpo" and options.get("epochs", 1) > 1:
        raise RunError("several updates a step are counted as one step by the lab, and as several by TRL",
                       do="train with options.epochs: 1 for a script.")  # fmt: skip
    draft.use("torch")
    draft.use("transformers", "GenerationConfig")
    write_head(draft, source, base, files, recorded)
    write_tokenizer(draft)
    write_model(draft, source, built)
    _write_rewards(draft, source, built)
    if stage.objective == "ppo":
        _ppo(draft, source)
    else:
        _online(draft, source, built)
    write_training(draft, source)
    draft.add(*ASKED.format(seed=SEED, together=TOGETHER, tokens=answer_tokens(stage)).split("\n"))
    draft.add("found = held_out_reward()",
              'print(f"held-out reward {found:.4f}; the run\'s was {RECORDED}")',
              'model.save_pretrained(FILES / "trained")')  # fmt: skip


def _write_rewards(draft: Draft, source: Source, built: Any) -> None:
    """What is rewarded, in a file of its own: a rule may be as long as it likes."""
    options, objective = source.stage.options, source.stage.objective
    beside = draft.beside["rewards.py"] = Draft()
    beside.use("pathlib", "Path")
    beside.add("FILES = Path(__file__).resolve().parent",
               f"ENDS = {end_tokens(built, source.tokenizer)!r}  # the tokens that end an answer", "", "")  # fmt: skip
    names, weights = write_rewards(beside, source)
    wanted = ["ENDS", "REWARDS", "WEIGHTS"]
    if objective != "ppo":  # which has it as a setting
        beside.add(*NO_END.format(penalty=float(options["no_end_penalty"])).strip("\n").split("\n"), "", "")
        wanted.append("no_end_penalty")
    if _is_priced(source):
        beside.use("trl", "GRPOTrainer")
        beside.add(*PRICED.format(spread=SPREADS[options["scale_rewards"]]).strip("\n").split("\n"), "", "")
        wanted.append("Priced")
    beside.add(f"REWARDS, WEIGHTS = [{', '.join(names)}], {weights!r}")
    draft.use("sys")
    draft.add("sys.path.insert(0, str(FILES))  # beside its rows lies what is rewarded",
              f"from rewards import {', '.join(wanted)}", "")  # fmt: skip


def _is_priced(source: Source) -> bool:
    """Whether the KL coefficient has to be brought into the unit of the advantages."""
    options = source.stage.options
    return source.stage.objective == "grpo" and options["kl_coef"] > 0 and options["scale_rewards"] in SPREADS


def _online(draft: Draft, source: Source, built: Any) -> None:
    """GRPO and RLOO: TRL's trainers, with the lab's unit of the KL coefficient and its penalty for not ending."""
    options, kind = source.stage.options, {"grpo": "GRPO", "rloo": "RLOO"}[source.stage.objective]
    draft.use("trl", f"{kind}Config", *([] if _is_priced(source) else [f"{kind}Trainer"]))
    more = {
        "num_generations": options["group"], "max_completion_length": options["answer_tokens"],
        "temperature": options["temperature"], "beta": options["kl_coef"],
        "mask_truncated_completions": options["mask_cut"], "reward_weights": Code("[*WEIGHTS, 1.0]"),
    }  # fmt: skip
    if kind == "GRPO":
        more |= {"epsilon": options["clip"], "loss_type": options["loss"], "scale_rewards": options["scale_rewards"]}
    trainer = "Priced" if _is_priced(source) else f"{kind}Trainer"
    draft.call(f"args = {kind}Config", arguments(source) | more)
    draft.add(f"trainer = {trainer}(model, args=args, processing_class=tokenizer, train_dataset=rows(\"train.jsonl\"),",
              "    reward_funcs=[*REWARDS, no_end_penalty])")  # fmt: skip


def _ppo(draft: Draft, source: Source) -> None:
    """PPO: no trainer of TRL's is left, so it is the lab's (`pip install` the lab beside the others)."""
    stage, options = source.stage, source.stage.options
    draft.use("lab.objectives.policy.config", "PPOConfig")
    draft.use("lab.objectives.policy.trainer", "PPOTrainer")
    draft.call("args = PPOConfig", arguments(source) | {
        "max_prompt_length": stage.budget.max_length, "max_completion_length": options["answer_tokens"],
        "num_ppo_epochs": options["epochs"], "num_mini_batches": options["minibatches"],
        "kl_coef": options["kl_coef"], "kl_target": options["kl_target"] or None,
        "stop_kl": options["stop_kl"] or None, "kl_horizon": 4 * stage.rows, "cliprange": options["clip"],
        "entropy_coef": options["entropy_coef"], "temperature": options["temperature"], "lam": options["lam"],
        "vf_coef": options["vf_coef"], "value_learning_rate": options["value_rate"] * float(stage.learning_rate or 0),
        "scale_rewards": options["scale_rewards"], "missing_eos_penalty": options["no_end_penalty"] or None,
        "reward_weights": Code("WEIGHTS"),
    })  # fmt: skip
    draft.add('trainer = PPOTrainer(model, REWARDS, args, rows("train.jsonl"), processing_class=tokenizer)')


def _asked(source: Source, row: dict[str, Any]) -> dict[str, Any]:
    tokenizer = source.tokenizer
    thinks = bool(getattr(tokenizer, "thinks", False))
    text = without_begin(tokenizer, chat_format(tokenizer).prompt(row["prompt"], None, thinks))
    if tokenizer(text, verbose=False)["input_ids"] != prompt_ids(tokenizer, row["prompt"]):
        raise RunError("written out, a question is read as other tokens than in the lab",
                       do="take the model: --as adapter or merged.")  # fmt: skip
    return {"prompt": text} | ({"answer": row["answer"]} if row.get("answer") is not None else {})


def _question_data(source: Source) -> Any:
    """The data whose questions the run is judged on."""
    plan, home = source.plan, source.home
    if not (choice := plan.question_data()):
        return source.data
    asked = load_data(choice, home, plan.seed, (), plan.split_seed)
    own = frozenset(number_of(key) for row in source.data.train for key in questions_of(row))
    return without_learned(asked, own | learned_before(plan, home, source.run.id))
