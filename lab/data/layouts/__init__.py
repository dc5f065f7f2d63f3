"""The row layouts that are understood, the richer ones first: the first whose columns are all there is taken.

Where an objective learns from another format, one of the later layouts may be taken `instead`.
"""

from lab.data.layouts import (
    captions,
    comparisons,
    conversations,
    instructions,
    preferences,
    ratings,
    reading,
    tagged,
    thumbs,
    trees,
)
from lab.data.layouts.layout import ALIASES, Fields, Names, Place, RowLayout, column_for

TALK = ("system", "tools")
TREE = ("rank", "deleted", "review_result")

LAYOUTS = (
    RowLayout("image", ("image", "caption"), captions.captioned, may=("also",), fits=captions.is_picture),
    RowLayout("preference", ("conversations", "chosen", "rejected"), preferences.preference,
              may=(*TALK, *preferences.SCORED), called="LLaMA-Factory's pairs"),
    RowLayout("preference", ("messages", "chosen", "rejected"), preferences.preference,
              may=(*TALK, *preferences.SCORED), called="Axolotl's pairs", fits=preferences.messages_are_the_prompt),
    RowLayout("preference", ("chosen", "rejected"), preferences.preference,
              may=("prompt", "input", "history", *TALK, *preferences.SCORED),
              gather=preferences.without_shared_text, instead=("messages", "prompt")),
    RowLayout("preference", ("messages", "rejected"), preferences.last_answer_preferred, may=(*TALK, "margin"),
              called="ms-swift's pairs", fits=preferences.rejected_is_an_answer),
    RowLayout("binary_feedback", ("conversations", "label"), thumbs.conversation_thumb, may=TALK,
              called="ShareGPT with thumbs", fits=thumbs.has_truth),
    RowLayout("binary_feedback", ("messages", "label"), thumbs.conversation_thumb, may=TALK,
              called="conversations with thumbs", fits=thumbs.has_truth),
    RowLayout("binary_feedback", ("instruction", "output", "label"), thumbs.alpaca_thumb,
              may=("input", "history", *TALK), called="Alpaca with thumbs"),
    RowLayout("binary_feedback", ("prompt", "completion", "label"), thumbs.thumb, may=("history", *TALK)),
    RowLayout("binary_feedback", ("completion", "label"), thumbs.conversation_thumb, may=TALK,
              called="conversations with thumbs", fits=thumbs.is_conversation),
    RowLayout("preference", ("first", "second"), comparisons.comparison, may=TALK, find=comparisons.find_pair,
              called="two answers and which is better"),
    RowLayout("prompt_completion", ("paragraphs",), reading.answered_from_passage, fits=reading.is_tree,
              gather=reading.questions, called="SQuAD's articles"),
    RowLayout("prompt_completion", ("prompt", "spans"), reading.answered_from_passage, may=("input",),
              fits=reading.has_spans, called="questions on a passage"),
    RowLayout("preference", ("prompt", "answers"), ratings.rated, may=("scores", "system"),
              called="rated answers", fits=ratings.has_scores),
    RowLayout("messages", trees.NEEDS, conversations.messages, may=TREE, gather=trees.conversations,
              called="OpenAssistant's messages", instead=("preference",)),
    RowLayout("preference", trees.NEEDS, ratings.rated, may=TREE, gather=trees.ranked_replies,
              called="OpenAssistant's messages"),
    RowLayout("messages", ("prompt",), conversations.messages, gather=trees.conversations, fits=trees.is_tree,
              called="OpenAssistant's trees", instead=("preference",)),
    RowLayout("preference", ("prompt",), ratings.rated, gather=trees.ranked_replies, fits=trees.is_tree,
              called="OpenAssistant's trees"),
    RowLayout("messages", ("messages",), conversations.messages, may=TALK),
    RowLayout("messages", ("conversations",), conversations.messages, may=TALK, called="ShareGPT"),
    RowLayout("messages", ("contents",), conversations.messages, may=TALK, fits=conversations.holds_messages),
    RowLayout("prompt_completion", ("instruction", "output"), instructions.alpaca, may=("input", "history", *TALK),
              called="Alpaca", instead=("preference",)),
    RowLayout("prompt_completion", ("prompt", "completion"), instructions.prompt_completion, may=("history", *TALK),
              instead=("preference", "few_shot")),
    RowLayout("few_shot", ("task", "prompt", "completion"), instructions.task_example),
    RowLayout("preference", ("prompt", "completion", "score"), ratings.rated, may=("system",),
              gather=ratings.by_question, called="answers with a rating each"),
    RowLayout("labels", ("text", "label"), instructions.labels, instead=("some_labels",)),
    RowLayout("some_labels", ("text", "label"), instructions.some_labels, called="texts of which some have labels"),
    RowLayout("tags", ("tokens", "tags"), tagged.tags),
    RowLayout("text", ("text",), instructions.text),
    RowLayout("prompt", ("prompt",), instructions.prompt, may=("history", *TALK)),
)  # fmt: skip

__all__ = ["ALIASES", "LAYOUTS", "Fields", "Names", "Place", "RowLayout", "column_for"]
