"""What objectives read of one row, token by token: the same calls that make the trainers' rows, before they are cut."""

from collections.abc import Sequence
from typing import Any

from lab.data.encode import IGNORED, Message, as_messages, conversation, conversation_parts, text_ids, text_pieces
from lab.data.token_rows import TrainingSequence
from lab.models.chat_format import chat_format
from lab.objectives._pairs import preference_rows
from lab.objectives.classes.reading import ANY, answered_texts, read_texts
from lab.recipe import ResolvedStage

WHOLE = 10**9
GOALS = {"chosen": "likelier", "rejected": "rarer"}
SCORES = {"chosen": "higher", "rejected": "lower"}


def spoken_sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """What supervised fine-tuning reads: a conversation whose answers are learned, or a text in pieces."""
    limit = stage.budget.max_length
    if format == "text":
        return _text(row["text"], tokenizer, limit, stage.long_text)
    messages = conversation(row, format)
    (parts,) = conversation_parts(tokenizer, [(messages, row.get("tools"))])
    return [TrainingSequence(parts, limit, goal="imitate", messages=messages, tools=row.get("tools"))]


def answer_sequence(
    tokenizer: Any, given: Sequence[Message], said: Sequence[Message], tools: Any, limit: int | None, name: str,
    goal: str, *, with_question: bool = False,
) -> TrainingSequence:  # fmt: skip
    """A question with one of its answers, of which the answer is learned; `with_question` all of it."""
    messages = [*given, *said]
    (parts,) = conversation_parts(tokenizer, [(messages, tools)])
    begin = 0 if with_question else 2 * sum(turn["role"] == "assistant" for turn in given) + 1
    learned = [(ids, number >= begin) for number, (ids, _) in enumerate(parts)]
    return TrainingSequence(learned, limit, name, goal, messages, tools)


def pair_sequences(
    row: dict[str, Any], tokenizer: Any, stage: ResolvedStage, with_question: Sequence[str] = ()
) -> list[TrainingSequence]:
    """Both answers of a pair; the questions of the sides named in `with_question` are learned too. None for a tie."""
    limit = stage.budget.max_length
    return [
        answer_sequence(
            tokenizer, pair["prompt"], pair[side], pair.get("tools"), limit, side, goal,
            with_question=side in with_question,
        )
        for pair in preference_rows([row]) for side, goal in GOALS.items()
    ]  # fmt: skip


def scored_sequences(row: dict[str, Any], tokenizer: Any, stage: ResolvedStage, read: str) -> list[TrainingSequence]:
    """Both conversations of a pair, whose scores are read at the last token or all; an answer that was cut has no end."""
    score_at = "all" if read == "sum" else "last"
    (pair,) = preference_rows([row], ties=True)
    found = []
    for side, goal in SCORES.items():
        messages, tools = [*pair["prompt"], *pair[side]], pair.get("tools")
        if row.get(f"{side}_cut"):
            text = chat_format(tokenizer).continued(messages)
            parts, messages = [(tokenizer(text, add_special_tokens=False)["input_ids"], False)], []
        else:
            (whole,) = conversation_parts(tokenizer, [(messages, tools)])
            parts = [(ids, False) for ids, _ in whole]
        goal = "alike" if row.get("tie") else goal
        found.append(TrainingSequence(parts, stage.budget.max_length, side, goal, messages, tools, score_at))
    return found


def labelled_sequence(row: dict[str, Any], tokenizer: Any, stage: ResolvedStage, read: str) -> TrainingSequence:
    """A text whose class a head tells at its last token, or whose class's name is learned as the answer to it."""
    limit, text = stage.budget.max_length, row["text"]
    said = row["label"] if read == "words" else ANY
    messages = [{"role": "user", "content": text}, {"role": "assistant", "content": said}]
    if read == "words":
        ((given, answer),) = answered_texts(tokenizer, [text], [said], limit)
        return TrainingSequence([(given, False), (answer, True)], limit, goal="imitate", messages=messages)
    (ids,) = read_texts(tokenizer, [text], limit)
    return TrainingSequence([(ids, False)], limit, messages=messages, score_at="last")


def question_sequence(row: dict[str, Any], tokenizer: Any, stage: ResolvedStage) -> TrainingSequence:
    """A question that the model answers itself; nothing of the row is learned."""
    messages = [*as_messages(row["prompt"], "user"), {"role": "assistant", "content": "?"}]
    (parts,) = conversation_parts(tokenizer, [(messages, row.get("tools"))])
    asked = [(ids, False) for ids, _ in parts[:-1]]
    return TrainingSequence(asked, stage.budget.max_length, "prompt", "answer", messages, row.get("tools"))


def _text(text: str, tokenizer: Any, limit: int, long_text: str) -> list[TrainingSequence]:
    (ids,) = text_ids(tokenizer, [text])
    whole = long_text == "truncate"
    pieces = text_pieces(ids, tokenizer, WHOLE if whole else limit, long_text)
    return [TrainingSequence(_runs(piece), limit, goal="imitate") for piece in pieces]


def _runs(piece: dict[str, list[int]]) -> list[tuple[list[int], bool]]:
    """A piece of text token by token: what stands at its beginning is read only."""
    return [([token], label != IGNORED) for token, label in zip(piece["input_ids"], piece["labels"], strict=True)]
