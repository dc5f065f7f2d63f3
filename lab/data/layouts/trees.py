"""OpenAssistant's trees of messages: conversations along the best replies, pairs by how replies were ranked."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from lab.data import checks
from lab.data.layouts.layout import Fields, Names
from lab.data.turns import decoded
from lab.data.types import Row, Table
from lab.errors import DataError

NEEDS = ("message_id", "parent_id", "role", "text")
Node = dict[str, Any]


def is_tree(fields: Fields) -> bool:
    """Whether a row's prompt is a tree: a message with its replies."""
    prompt = decoded(fields.get("prompt"), dict)
    return isinstance(prompt, dict) and isinstance(prompt.get("replies"), list)


def conversations(table: Table, names: Names) -> tuple[Table, Names]:
    """A row a tree: from its root along the best-ranked replies, to the last answer."""
    rows, numbers = [], []
    for root, number in _roots(table, names):
        path = [root]
        while replies := _replies(path[-1]):
            path.append(min(replies, key=_rank))
        while path and _role(path[-1]) != "assistant":
            path.pop()
        if path:
            rows.append({"messages": [_message(node) for node in path]})
            numbers.append(number)
    notes = [f"{len(rows):,} trees: a conversation each, along the best-ranked replies."]
    if lost := _orphans(table, names):
        notes.append(f"{lost:,} messages are left out: what they answer is not in the file.")
    return _table(table, rows, numbers, *notes), {"messages": "messages"}


def ranked_replies(table: Table, names: Names) -> tuple[Table, Names]:
    """A row a question: its conversation so far, and the answers with their ranks."""
    rows, numbers = [], []
    for root, number in _roots(table, names):
        waiting: list[tuple[list[Node], Node]] = [([], root)]
        while waiting:
            before, node = waiting.pop()
            path = [*before, node]
            ranked = [reply for reply in _replies(node) if checks.number(reply.get("rank")) is not None]
            if _role(node) == "user" and len(ranked) > 1:
                answers = [{"response": reply.get("text"), "rank": reply["rank"]} for reply in ranked]
                rows.append({"prompt": [_message(turn) for turn in path], "answers": answers})
                numbers.append(number)
            waiting += [(path, reply) for reply in _replies(node)]
    return _table(table, rows, numbers), {"prompt": "prompt", "answers": "answers"}


def _roots(table: Table, names: Names) -> Iterator[tuple[Node, int]]:
    """Each tree's root with the number of its row, from rows of messages or from rows of trees."""
    if "message_id" not in names:
        for row, number in zip(table.rows, table.numbers, strict=True):
            prompt = decoded(row.get(names["prompt"]), dict)
            if isinstance(prompt, dict) and _counts(prompt):
                yield prompt, number
        return
    nodes, children = [], defaultdict(list)
    for row in table.rows:
        node = {ours: row.get(theirs) for ours, theirs in names.items()}
        nodes.append(node)
        if parent := _id(node["parent_id"]):
            children[parent].append(node)
    for node in nodes:
        # taken out, so that a message named twice, or its own answer, is in the tree once
        node["replies"] = children.pop(_id(node["message_id"]), [])
    for node, number in zip(nodes, table.numbers, strict=True):
        if not _id(node["parent_id"]) and _counts(node):
            yield node, number


def _orphans(table: Table, names: Names) -> int:
    if "message_id" not in names:
        return 0
    known = {_id(row.get(names["message_id"])) for row in table.rows}
    parents = [_id(row.get(names["parent_id"])) for row in table.rows]
    return sum(parent != "" and parent not in known for parent in parents)


def _replies(node: Node) -> list[Node]:
    replies = node.get("replies")
    return (
        [reply for reply in replies if isinstance(reply, dict) and _counts(reply)] if isinstance(replies, list) else []
    )


def _counts(node: Node) -> bool:
    """Whether a message stands: it was not deleted, and no review refused it."""
    return (
        checks.known_truth(node.get("deleted")) is not True
        and checks.known_truth(node.get("review_result")) is not False
    )


def _id(value: Any) -> str:
    """A message's name; "" for none."""
    return "" if value is None or str(value).strip() in ("", "nan") else str(value).strip()


def _rank(node: Node) -> float:
    rank = checks.number(node.get("rank"))
    return float("inf") if rank is None else rank


def _role(node: Node) -> str:
    return "user" if node.get("role") in ("prompter", "user") else "assistant"


def _message(node: Node) -> Row:
    return {"role": _role(node), "content": node.get("text")}


def _table(table: Table, rows: list[Row], numbers: list[int], *notes: str) -> Table:
    if not rows:
        raise DataError("no tree has an answer, or two ranked answers to compare", where=table.where,
                        do="give whole trees: messages with message_id, parent_id, role, text and rank.")  # fmt: skip
    return Table(table.where, rows, numbers, table.unit, (*table.notes, *notes))
