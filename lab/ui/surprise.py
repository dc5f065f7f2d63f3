"""How surprising a text is to those who answer in Compare, token by token. The inference server reads it."""

from typing import Any

from pydantic import Field

from lab.api import Lab
from lab.errors import RunError
from lab.generate import SpanSurprise, TextSurprise, TokenSurprise
from lab.serving.conversations import Conversation, Conversations
from lab.ui.component import Request, endpoint

TALK = r"^[0-9a-f]{16}$"


class Surprise:
    """The endpoint of the Compare tab."""

    class Asked(Request):
        """A text with the question before it, if any; or an answer of the conversation."""

        talk: str = Field(pattern=TALK)
        question: str = Field("", max_length=8000)
        text: str = Field("", max_length=8000)
        turn: int | None = Field(None, ge=0, le=1000)
        pane: str = Field("", max_length=10)

    def __init__(self, lab: Lab, conversations: Conversations):
        self._lab, self._conversations = lab, conversations

    @endpoint(Asked)
    def surprise(self, asked: "Surprise.Asked") -> dict[str, Any]:
        """What every pane finds of the text; of an answer, after all that was said to the pane before it."""
        conversation = self._conversations.get(asked.talk)
        context, text = _answer(conversation, asked) if asked.turn is not None else _given(asked)
        if not text:
            raise RunError("there is no text to read", do="write one, or take an answer.")
        if self._lab.client is None:
            raise RunError("nobody is there to read it", do="open the lab with `lab serve`.")
        found = self._lab.client.surprise(text, context, conversation.panes)
        question = context[-1]["content"] if context else ""
        return {"question": question, "text": text, "panes": [_pane(one) for one in found]}


def _given(asked: Surprise.Asked) -> tuple[list[dict[str, str]], str]:
    question = asked.question.strip()
    return ([{"role": "user", "content": question}] if question else []), asked.text.strip()


def _answer(conversation: Conversation, asked: Surprise.Asked) -> tuple[list[dict[str, str]], str]:
    turn = asked.turn or 0
    if turn >= len(conversation.turns) or asked.pane not in conversation.turns[turn].replies:
        raise RunError("that answer is no longer there", do="ask again.")
    return conversation.messages(asked.pane, turn), conversation.turns[turn].replies[asked.pane].text.strip()


def _pane(found: TextSurprise) -> dict[str, Any]:
    return {
        "key": found.pane, "error": found.error, "mean": found.mean, "nats": found.nats, "tokens": found.tokens,
        "spans": [_span(span) for span in found.spans],
    }  # fmt: skip


def _span(span: SpanSurprise) -> dict[str, Any]:
    nats = None if span.nats is None else round(span.nats, 4)
    return {"text": span.text, "nats": nats, "tokens": [_token(token) for token in span.tokens]}


def _token(token: TokenSurprise) -> dict[str, Any]:
    likeliest = [(one.text, round(one.probability, 5)) for one in token.alternatives]
    return {"text": token.text, "nats": None if token.nats is None else round(token.nats, 4), "likeliest": likeliest}
