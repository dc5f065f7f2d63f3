"""Scripts of what is learned from pairs of answers or from thumbs: DPO, ORPO, KTO and reward models."""

from collections.abc import Sequence
from typing import Any

from lab.errors import RunError
from lab.model_export.script.common import (
    arguments,
    dtype,
    write_end,
    write_head,
    write_model,
    write_tokenizer,
    write_training,
)
from lab.model_export.script.draft import Draft
from lab.model_export.script.peft_code import COPIED, write_method
from lab.model_export.script.source import Source
from lab.model_export.script.text_rows import ended_ids, without_begin
from lab.models.chat_format import chat_format
from lab.objectives._pairs import feedback_tokens, preference_rows, preference_tokens
from lab.objectives._reward_trainer import TIE, whole_pairs
from lab.objectives.orpo import labelled_pairs

Rows = list[dict[str, Any]]
SIDES = ("chosen", "rejected")
DATA = 'train_dataset=rows("train.jsonl"), eval_dataset=rows("held_out.jsonl")'
AT_ONCE = {"per_device_eval_batch_size": 16}
MOST_AT_ONCE = 64
PREPARED = ("    def _prepare_dataset(self, dataset, *given):", "        return dataset  # the rows are tokens already")
TOKENIZED = ("    @staticmethod", "    def tokenize_row(row):", "        return row  # they are tokens already")
HEAD = '''
class Head(torch.nn.Linear):
    """Scores each token{of}; kept in fp32."""

    def forward(self, hidden):
        with torch.autocast(hidden.device.type, enabled=False):
            return super().forward(hidden.to(self.weight.dtype)){sum}

'''
SUMMED = {"of": ", up to which a text has the sum of what each earns, in units of twenty", "sum": ".cumsum(1) / 20"}
TIES = '''
class WithTies(RewardTrainer):
    """A tie is half a vote for either side."""

    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        tie, margin = inputs.pop("tie")[:, None], inputs.pop("margin", None)
        outputs = model(**inputs, use_cache=False)
        better, worse = outputs.logits.chunk(2)
        gap, log = better - worse - (0 if margin is None else margin[:, None]), torch.nn.functional.logsigmoid
        loss = -((1 - tie / 2) * log(gap) + tie / 2 * log(-gap)).mean()
        loss = loss + (self.args.center_rewards_coefficient or 0.0) * ((better + worse) ** 2).mean()
        return (loss, outputs) if return_outputs else loss


plain = DataCollatorForPreference(pad_token_id=tokenizer.pad_token_id)


def collate(examples):
    return plain(examples) | {"tie": torch.tensor([float(one["tie"]) for one in examples])}

'''


def dpo_rows(source: Source) -> tuple[Rows, Rows]:
    """Pairs as texts (`prompt`, `chosen`, `rejected`), or as tokens where TRL would make others of them."""
    limit = source.stage.budget.max_length
    told = [_pairs(source, rows) for rows in (source.data.train, source.held_out())]
    told[1] = [(text, ids) for text, ids in told[1] if _fits(ids, limit)]
    if all(text is not None for part in told for text, _ in part):
        return tuple([text for text, _ in part] for part in told)  # type: ignore[return-value]
    return tuple([_cut(ids, limit) for _, ids in part if len(ids["prompt_ids"]) < limit] for part in told)  # type: ignore[return-value]


def write_dpo(draft: Draft, source: Source, built: Any, base: str | None, files: str, recorded: float | None) -> None:
    """The whole file of DPO."""
    options, tokens = source.stage.options, "prompt_ids" in dpo_rows(source)[0][0]
    draft.use("trl", "DPOConfig", "DPOTrainer")
    more = AT_ONCE | {"max_length": source.stage.budget.max_length, "beta": options["beta"]}
    more |= {"loss_type": [options["loss"]]}
    more |= {"label_smoothing": options["flipped"]} if options["loss"] == "robust" else {}
    more |= {"disable_dropout": False} if source.stage.knobs.get("dropout") else {}
    taken = PREPARED if tokens else ()
    _write_file(draft, source, built, "DPO", taken, more, _reference(draft, source, built), (base, files, recorded))


def kto_rows(source: Source) -> tuple[Rows, Rows]:
    """Rows with a thumb, as tokens, each with the answer before it in its batch."""
    budget, held_out = source.stage.budget, source.held_out()
    told = ((source.data.train, budget.batch_size), (held_out, _judged_at_once(held_out)))
    parts = [feedback_tokens(rows, source.tokenizer, budget.max_length, size) for rows, size in told]
    return parts[0], parts[1]


def write_kto(draft: Draft, source: Source, built: Any, base: str | None, files: str, recorded: float | None) -> None:
    """The whole file of KTO."""
    options = source.stage.options
    draft.use("trl", "KTOConfig", "KTOTrainer")
    more = {
        "per_device_eval_batch_size": _judged_at_once(source.held_out()),
        "max_length": source.stage.budget.max_length, "beta": options["beta"],
        "desirable_weight": options["good_weight"], "undesirable_weight": options["bad_weight"],
    }  # fmt: skip
    _write_file(draft, source, built, "KTO", PREPARED, more, _reference(draft, source, built), (base, files, recorded))


def orpo_rows(source: Source) -> tuple[Rows, Rows]:
    """Both conversations of each pair as tokens, their answers labelled."""
    limit = source.stage.budget.max_length
    told = [labelled_pairs(rows, source.tokenizer, limit) for rows in (source.data.train, source.held_out())]
    return told[0], told[1]


def write_orpo(draft: Draft, source: Source, built: Any, base: str | None, files: str, recorded: float | None) -> None:
    """The whole file of ORPO, whose trainer TRL calls experimental."""
    draft.use("trl.experimental.orpo", "ORPOConfig", "ORPOTrainer")
    more = {
        "per_device_eval_batch_size": _judged_at_once(source.held_out()),
        "max_length": source.stage.budget.max_length, "beta": source.stage.options["beta"],
    }  # fmt: skip
    _write_file(draft, source, built, "ORPO", TOKENIZED, more, "", (base, files, recorded))


def _write_file(
    draft: Draft, source: Source, built: Any, name: str, taken: Sequence[str], more: dict[str, Any], reference: str,
    told: tuple[str | None, str, float | None],
) -> None:  # fmt: skip
    """A file around TRL's trainer of that name; `taken` has it take rows that are tokens already."""
    write_head(draft, source, *told)
    if taken:
        draft.add(f"class OnTokens({name}Trainer):", *taken, "", "")
    write_tokenizer(draft)
    write_model(draft, source, built)
    draft.call(f"args = {name}Config", arguments(source) | more)
    kind = "OnTokens" if taken else f"{name}Trainer"
    draft.add(f"trainer = {kind}(model, {reference}args=args, processing_class=tokenizer, {DATA})")
    write_training(draft, source)
    write_end(draft, "held-out loss", 'trainer.evaluate()["eval_loss"]')


def _reference(draft: Draft, source: Source, built: Any) -> str:
    """The argument that gives the trainer the start to compare with; none where switching the adapter off does."""
    adapted = hasattr(built, "peft_config")
    if adapted and (source.stage.method in COPIED or built.active_peft_config.is_prompt_learning):
        return ""
    draft.use("copy", "deepcopy")
    return f"ref_model=deepcopy(model){'.get_base_model()' if adapted else ''}, "


def _judged_at_once(held_out: Sequence[Any]) -> int:
    """Rows of a batch when it is judged: all, so that means are the run's, up to what memory is likely to hold."""
    return max(1, min(len(held_out), MOST_AT_ONCE))


def reward_rows(source: Source) -> tuple[Rows, Rows]:
    """Pairs of whole conversations as texts, or as tokens where TRL would make others of them."""
    held_out = [row for row in source.held_out() if not row.get("tie")]
    every = (source.data.train, held_out)
    margin = float(source.stage.options["margin"])
    told = [whole_pairs(rows, margin, source.tokenizer) for rows in every]
    texts = [[_spoken(source, row, ids) for row, ids in zip(rows, part, strict=True)]
             for rows, part in zip(every, told, strict=True)]  # fmt: skip
    chosen: Any = texts if all(row is not None for part in texts for row in part) else told
    if not any(row[TIE] for row in told[0]):
        chosen = [[{name: value for name, value in row.items() if name != TIE} for row in part] for part in chosen]
    return chosen[0], chosen[1]


def write_reward(
    draft: Draft, source: Source, built: Any, base: str | None, files: str, recorded: float | None
) -> None:
    """The whole file of a reward model."""
    options, stage = source.stage.options, source.stage
    if int(options["heads"]) > 1:
        raise RunError("several heads that learn side by side are the lab's own", do="train with options.heads: 1.")
    ties = TIE in reward_rows(source)[0][0]
    draft.use("torch")
    draft.use("trl", "RewardConfig", "RewardTrainer")
    draft.use("transformers", "AutoModelForSequenceClassification", "set_seed")
    write_head(draft, source, base, files, recorded)
    draft.add(
        *HEAD.strip("\n").format(**SUMMED if options["read"] == "sum" else {"of": "", "sum": ""}).split("\n"), "", ""
    )
    write_tokenizer(draft)
    write_classifier(draft, source, built, outputs="1", alone=options["train"] == "head")
    draft.add("width = model.config.get_text_config().hidden_size", "model.score = Head(width, 1, bias=False)",
              "torch.nn.init.normal_(model.score.weight, std=(width + 1) ** -0.5)")  # fmt: skip
    if ties:
        draft.use("trl.trainer.reward_trainer", "DataCollatorForPreference")
        draft.add("", *TIES.split("\n"))
    more = {"max_length": stage.budget.max_length, "center_rewards_coefficient": options["centre"] or None}
    draft.call("args = RewardConfig", arguments(source) | AT_ONCE | more)
    kind, collate = ("WithTies", "data_collator=collate, ") if ties else ("RewardTrainer", "")
    draft.add(f"trainer = {kind}(model, args=args, processing_class=tokenizer, {collate}{DATA})")
    write_training(draft, source)
    write_end(draft, "held-out loss", 'trainer.evaluate()["eval_loss"]')


def write_classifier(draft: Draft, source: Source, built: Any, *, outputs: str, alone: bool) -> None:
    """A sequence classifier as `model` with the method on its backbone; `alone` where its head is all that learns."""
    draft.add(f"model = AutoModelForSequenceClassification.from_pretrained(BASE, num_labels={outputs}, "
              f"dtype=torch.{dtype(source)})",
              "model.config.get_text_config().pad_token_id = tokenizer.pad_token_id",
              f"set_seed({source.start_seed})")  # fmt: skip
    if alone:
        draft.add("model.requires_grad_(False)  # but for the head, which comes next")
    elif source.continues:
        raise RunError("it trains an adapter further that was made for answers", do="start from a base or merged run.")
    else:
        write_method(draft, source, built, "model", None)


def _pairs(source: Source, rows: Sequence[dict[str, Any]]) -> list[tuple[dict[str, str] | None, dict[str, Any]]]:
    """Of each pair that is no tie its texts, where TRL makes the same tokens of them, and its tokens."""
    tokenizer, found = source.tokenizer, []
    every = preference_rows(rows)
    for row, ids in zip(every, preference_tokens(rows, tokenizer, None), strict=True):
        told: dict[str, str] | None = {}
        for side in SIDES:
            pieces = chat_format(tokenizer).pieces([*row["prompt"], *row[side]], row.get("tools"))
            given = without_begin(tokenizer, "".join(piece.text for piece in pieces[:-1]))
            read = ended_ids(tokenizer, given, pieces[-1].text)
            if told is None or read != (ids["prompt_ids"], ids["prompt_ids"] + ids[f"{side}_ids"]):
                told = None
                break
            told |= {"prompt": given, side: pieces[-1].text}
        found.append((told, ids))
    return found


def _spoken(source: Source, row: dict[str, Any], ids: dict[str, Any]) -> dict[str, Any] | None:
    tokenizer = source.tokenizer
    (plain,) = preference_rows([row], ties=True)
    told = {name: value for name, value in ids.items() if name in ("margin", TIE)}
    for side in SIDES:
        pieces = chat_format(tokenizer).pieces([*plain["prompt"], *plain[side]], plain.get("tools"))
        text = without_begin(tokenizer, "".join(piece.text for piece in pieces))
        if (read := ended_ids(tokenizer, "", text)) is None or read[1] != ids[f"{side}_ids"]:
            return None
        told[side] = text
    return told


def _fits(ids: dict[str, Any], limit: int) -> bool:
    return all(len(ids["prompt_ids"]) + len(ids[f"{side}_ids"]) <= limit for side in SIDES)


def _cut(ids: dict[str, Any], limit: int) -> dict[str, Any]:
    room = limit - len(ids["prompt_ids"])
    return ids | {f"{side}_ids": ids[f"{side}_ids"][:room] for side in SIDES}
