"""Scripts of classifiers: a head on the backbone, read at the last token, or the class's name as an answer."""

from typing import Any

from lab.data.labels import balanced_weights, class_names
from lab.model_export.script import words
from lab.model_export.script.common import arguments, write_end, write_head, write_tokenizer, write_training
from lab.model_export.script.draft import Draft
from lab.model_export.script.pairs import write_classifier
from lab.model_export.script.source import Source
from lab.model_export.script.text_rows import without_begin
from lab.models.chat_format import chat_format
from lab.objectives.classes.reading import ANY, read_texts

Rows = list[dict[str, Any]]
READ = '''

def read(name):
    """Token ids and the number of the class of each row."""
    return [{{"input_ids": {ids}, "labels": NAMES.index(row["label"])}} for row in rows(name)]
'''
WEIGHED = """

class Weighed(Trainer):
    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        labels, weights = inputs.pop("labels"), torch.tensor(WEIGHTS, device=model.device)
        outputs = model(**inputs)
        losses = torch.nn.functional.cross_entropy(outputs.logits.float(), labels, reduction="none")
        loss = (losses * weights[labels]).mean()
        return (loss, outputs) if return_outputs else loss
"""


def rows(source: Source) -> tuple[Rows, Rows]:
    """Texts as they are read, with their classes; tokens where a long text was cut, or its text is read as others."""
    if source.stage.options["read"] == "words":
        return words.rows(source)
    names = class_names(source.data.train)
    files = (source.data.train, [row for row in source.held_out() if row["label"] in names])
    told = [_texts(source, part) for part in files]
    if all("text" in row for part in told for row in part):
        return told[0], told[1]
    limit, tokens = source.stage.budget.max_length, []
    for part in files:
        ids = read_texts(source.tokenizer, [row["text"] for row in part], limit)
        tokens.append([{"input_ids": one, "label": row["label"]} for one, row in zip(ids, part, strict=True)])
    return tokens[0], tokens[1]


def write(draft: Draft, source: Source, built: Any, base: str | None, files: str, recorded: float | None) -> None:
    """The whole file."""
    options = source.stage.options
    if options["read"] == "words":
        return words.write(draft, source, built, base, files, recorded)
    names = class_names(source.data.train)
    weights = balanced_weights(source.data.train) if options["weights"] == "balanced" else {}
    draft.use("torch")
    draft.use("transformers", "AutoModelForSequenceClassification", "DataCollatorWithPadding", "Trainer",
              "TrainingArguments", "set_seed")  # fmt: skip
    write_head(draft, source, base, files, recorded)
    draft.add(f"NAMES = {list(names)!r}")
    ids = 'row["input_ids"]' if "input_ids" in rows(source)[0][0] else 'tokenizer(row["text"]).input_ids'
    draft.add(*READ.format(ids=ids).strip("\n").split("\n"), "", "")
    write_tokenizer(draft)
    draft.add('tokenizer.padding_side = "right"  # the head reads the last token that is not padding')
    write_classifier(draft, source, built, outputs="len(NAMES)", alone=options["train"] == "head")
    draft.add("width = model.config.get_text_config().hidden_size",
              "model.score = torch.nn.Linear(width, len(NAMES), bias=False)  # kept in fp32",
              "torch.nn.init.zeros_(model.score.weight)  # all classes are equally likely at first")  # fmt: skip
    draft.call("args = TrainingArguments", arguments(source) | {"per_device_eval_batch_size": 32})
    kind = "Trainer"
    if weights:
        kind = "Weighed"
        draft.add(f"WEIGHTS = {[weights[name] for name in names]!r}", *WEIGHED.strip("\n").split("\n"), "", "")
    draft.add("collate = DataCollatorWithPadding(tokenizer)")
    draft.add(f"trainer = {kind}(model, args=args, data_collator=collate, "
              'train_dataset=read("train.jsonl"), eval_dataset=read("held_out.jsonl"))')  # fmt: skip
    write_training(draft, source)
    write_end(draft, "held-out loss", 'trainer.evaluate()["eval_loss"]')
    return None


def _texts(source: Source, part: Rows) -> Rows:
    """Each text in the base's template, up to where its class is told; `{}` where its tokens are not the lab's."""
    tokenizer, found = source.tokenizer, []
    for row, ids in zip(
        part, read_texts(tokenizer, [row["text"] for row in part], source.stage.budget.max_length), strict=True
    ):
        pieces = chat_format(tokenizer).pieces(
            [{"role": "user", "content": row["text"]}, {"role": "assistant", "content": ANY}]
        )
        text = without_begin(tokenizer, pieces[0].text)
        same = tokenizer(text, verbose=False)["input_ids"] == ids
        found.append({"text": text, "label": row["label"]} if same else {})
    return found
