"""Scripts of what is learned word by word: sft, classes told by their names, plain text."""

from collections.abc import Sequence
from typing import Any

from lab.data.encode import ANSWERS, IGNORED, Encoded, conversation, conversation_parts, encode, labelled
from lab.errors import RunError
from lab.model_export.script.common import (
    arguments,
    write_end,
    write_head,
    write_model,
    write_tokenizer,
    write_training,
)
from lab.model_export.script.draft import Draft
from lab.model_export.script.source import Source
from lab.model_export.script.text_rows import as_texts
from lab.models.chat_format import chat_format

LOSS = '''

@torch.inference_mode()
def held_out_loss():
    """Mean cross-entropy, in nats, of all tokens that are to be said."""
    total, count = 0.0, 0
    for row in trainer.eval_dataset:
        ids, labels = (torch.tensor([row[name]], device=model.device) for name in ("input_ids", "labels"))
        logits = model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits[0, -ids.shape[1] : -1].float()
        losses = torch.nn.functional.cross_entropy(logits, labels[0, 1:], ignore_index=-100, reduction="sum")
        total, count = total + losses.item(), count + (labels[0, 1:] != -100).sum().item()
    return total / count


model.eval()'''


def rows(source: Source) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Training and held-out rows as TRL takes them: question and answer as text where its tokens are the lab's, else
    tokens with labels."""
    if source.stage.objective == "pretrain" and source.stage.options["packing"]:
        raise RunError("packing texts without one seeing another is the lab's own",
                       do="train with options.packing: false for a script.")  # fmt: skip
    train, held_out = _parts(source, source.data.train), _parts(source, source.held_out())
    held_out = held_out[:: -(-len(held_out) // source.plan.evaluate.rows)] if held_out else held_out
    texts = None if source.method.own_loss else as_texts(source, [train, held_out])
    return texts or ([row for _, row in train], [row for _, row in held_out])  # type: ignore[return-value]


def write(draft: Draft, source: Source, built: Any, base: str | None, files: str, recorded: float | None) -> None:
    """The whole file."""
    limit = source.stage.budget.max_length
    write_head(draft, source, base, files, recorded)
    write_tokenizer(draft)
    write_model(draft, source, built)
    data = 'train_dataset=rows("train.jsonl"), eval_dataset=rows("held_out.jsonl")'
    if source.method.own_loss:  # its own term is in the model's own loss, which TRL's trainer does not ask for
        draft.use("transformers", "Trainer", "TrainingArguments")
        draft.use("trl.trainer.sft_trainer", "DataCollatorForLanguageModeling")
        draft.call("args = TrainingArguments", arguments(source))
        draft.add("collate = DataCollatorForLanguageModeling(pad_token_id=tokenizer.pad_token_id)")
        kind, more = "Trainer", "data_collator=collate"
        if term := {"kasa": "_get_kasa_loss", "monteclora": "_get_monteclora_loss"}.get(source.stage.method):
            kind = "WithTerm"
            draft.add("", "", "class WithTerm(Trainer):",
                      "    def compute_loss(self, model, inputs, return_outputs=False, **given):",
                      "        loss, outputs = super().compute_loss(model, inputs, True, **given)",
                      f"        loss = loss + model.base_model.{term}() / self.args.gradient_accumulation_steps",
                      "        return (loss, outputs) if return_outputs else loss", "", "")  # fmt: skip
        draft.add(f"trainer = {kind}(model, args=args, {more}, {data})")
    else:
        draft.use("trl", "SFTConfig", "SFTTrainer")
        draft.call("args = SFTConfig", arguments(source) | {"max_length": limit})
        draft.add(f"trainer = SFTTrainer(model, args=args, processing_class=tokenizer, {data})")
    write_training(draft, source)
    draft.add(LOSS)
    write_end(draft, "held-out loss", "held_out_loss()")


Part = tuple[tuple[str, str] | None, Encoded]
"""Of a row: what is given and said as text, where it is one question and one answer; and its tokens with labels."""


def _parts(source: Source, rows: Sequence[dict[str, Any]]) -> list[Part]:
    tokenizer, format, stage = source.tokenizer, source.data.format, source.stage
    limit = stage.budget.max_length
    if format == "labels":  # classes told by their names
        return _named(source, rows)
    if format not in ANSWERS:
        return [(None, row) for row in encode(rows, format, tokenizer, limit, stage.long_text)] if rows else []
    asked = [(conversation(row, format), row.get("tools")) for row in rows]
    found: list[Part] = []
    for (messages, tools), parts in zip(asked, conversation_parts(tokenizer, asked), strict=True):
        whole = labelled(parts)
        row = {name: ids[:limit] for name, ids in whole.items()}
        if not any(label != IGNORED for label in row["labels"]):
            continue
        pieces = chat_format(tokenizer).pieces(messages, tools)
        single = len(pieces) == 2 and pieces[1].learned
        found.append(((pieces[0].text, pieces[1].text) if single else None, row))
    return found


def _named(source: Source, rows: Sequence[dict[str, Any]]) -> list[Part]:
    """Texts with the names of their classes as answers; a long text is cut before what the template adds."""
    from lab.data.labels import class_names
    from lab.objectives.classes.reading import labelled_texts

    names = class_names(source.data.train)
    known = [row for row in rows if row["label"] in names]
    texts, labels = [row["text"] for row in known], [row["label"] for row in known]
    told = labelled_texts(source.tokenizer, texts, labels, source.stage.budget.max_length)
    found: list[Part] = []
    for text, label, row in zip(texts, labels, told, strict=True):
        pieces = chat_format(source.tokenizer).pieces(
            [{"role": "user", "content": text}, {"role": "assistant", "content": label}]
        )
        found.append(((pieces[0].text, "".join(piece.text for piece in pieces[1:])), row))
    return found
