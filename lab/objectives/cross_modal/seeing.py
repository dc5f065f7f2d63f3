"""A language model whose vocabulary has grown by picture tokens, as a module around it.

The new rows lie beside the embedding and the head and start at the mean of theirs (Hewitt 2021): so every base can take
them, with a vocabulary of any size and tied or not, whatever the method freezes; and the base stays as it is on disk.
Token ids from the vocabulary's end on are picture tokens. With an encoder, a picture is read through that instead.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from lab.data.encode import IGNORED
from lab.data.picture_code import TOKENS
from lab.models.causal import causal_of
from lab.objectives.cross_modal.encoder import Encoder
from lab.objectives.cross_modal.sizes import PATCHES

AT_ONCE = 4096
"""Rows of an embedding whose mean is taken together."""
SPREAD = 0.1
"""How far the new rows lie around the mean, in deviations of the old ones: alike rows would all learn alike."""


class Seeing(nn.Module):
    """`language`, a causal language model with its method in place, that reads and writes pictures too."""

    def __init__(self, language: Any, seed: int, encoder: Encoder | None = None):
        super().__init__()
        self.language, self.encoder = language, encoder
        embedding, head = self._causal.get_input_embeddings(), self._causal.get_output_embeddings()
        self.words = int(head.weight.shape[0])
        mean, deviation = _moments(embedding, self.words)
        noise = torch.randn(TOKENS, len(mean), generator=torch.Generator().manual_seed(seed)).to(mean.device)
        self.read = nn.Parameter(mean + SPREAD * deviation * noise)
        self.said = nn.Parameter(head.weight.detach().float().mean(0).repeat(TOKENS, 1))
        if encoder is not None:  # it reads pictures instead
            self.read.requires_grad_(False)
            self.said.requires_grad_(False)
        self.history: list[Any] = []
        """Drawings made while it trained: see `growth`."""

    @property
    def _causal(self) -> Any:
        return causal_of(self.language)

    @property
    def patches(self) -> int:
        """How many places a picture is read into by the encoder; 0 without one."""
        return PATCHES if self.encoder is not None else 0

    @property
    def device(self) -> Any:
        return self.read.device

    @property
    def config(self) -> Any:
        """The language model's, which transformers' trainers ask for."""
        return self._causal.config

    def embed(self, ids: Any, pictures: Any = None) -> Any:
        """Embeddings (batch, length, width) of token ids, of which some are picture tokens; with an encoder the first
        places of each row are those that its picture (colours of 144 squares) is read into."""
        old = self._causal.get_input_embeddings()(ids.clamp(max=self.words - 1))
        new = self.read[(ids - self.words).clamp(min=0)].to(old.dtype)
        found = torch.where((ids >= self.words)[..., None], new, old)
        if self.encoder is not None and pictures is not None:
            seen = self.encoder(pictures).to(old.dtype)
            found = torch.where((ids == self.words)[..., None], _spread(seen, ids == self.words), found)
        return found

    def hidden(self, embedded: Any, mask: Any, cache: Any = None) -> Any:
        """What the backbone makes of embeddings, with its cache where one is given."""
        causal = self._causal
        backbone, placed = getattr(causal, causal.base_model_prefix), {}
        if cache is not None and not bool(mask.all()):  # padded on the left
            placed = {"position_ids": (mask.cumsum(1) - 1).clamp(min=0)[:, -embedded.shape[1] :]}
        return backbone(
            inputs_embeds=embedded, attention_mask=mask, use_cache=cache is not None, past_key_values=cache, **placed
        ).last_hidden_state

    def logits(self, hidden: Any) -> Any:
        """Scores over the grown vocabulary in fp32: the words, then the picture tokens."""
        with torch.autocast(hidden.device.type, enabled=False):
            old = self._causal.get_output_embeddings()(hidden).float()
        return torch.cat([old, self.picture_logits(hidden)], -1)

    def losses(
        self, input_ids: Any, attention_mask: Any, labels: Any, pictures: Any = None, allowed: Any = None
    ) -> Any:
        """The cross-entropy of every token that is to be said, in nats, one after the other. Of a picture's tokens only
        those are in the choice that are `allowed` at their place (batch, length, tokens), as when it is drawn."""
        hidden = self.hidden(self.embed(input_ids, pictures), attention_mask)
        places = labels[:, 1:] != IGNORED
        wanted, before = labels[:, 1:][places], hidden[:, :-1][places]
        if allowed is None:
            return torch.nn.functional.cross_entropy(self.logits(before), wanted, reduction="none")
        scores = self.picture_logits(before).masked_fill(~allowed[:, 1:][places], float("-inf"))
        return torch.nn.functional.cross_entropy(scores, wanted - self.words, reduction="none")

    def picture_logits(self, hidden: Any) -> Any:
        """Scores of the picture tokens alone, in fp32."""
        with torch.autocast(hidden.device.type, enabled=False):
            return hidden.float() @ self.said.T

    def forward(self, **batch: Any) -> Any:
        return self.losses(**batch)

    def gradient_checkpointing_enable(self, **settings: Any) -> None:
        """As transformers' trainers ask for it."""
        self.language.gradient_checkpointing_enable(**settings)
        self.language.enable_input_require_grads()

    def own_weights(self) -> dict[str, Any]:
        """What lies beside the language model: the new rows, and the encoder's weights."""
        found = {"read": self.read, "said": self.said}
        if self.encoder is not None:
            found |= {f"encoder.{name}": weight for name, weight in self.encoder.named_parameters()}
        return found


def picture_tokens(said: Sequence[int], words: int) -> list[int]:
    """The token ids of a picture's tokens behind a vocabulary of so many words."""
    return [words + token for token in said]


def _moments(embedding: Any, rows: int) -> tuple[Any, Any]:
    """Mean and deviation of what an embedding gives: of its output, since some scale their rows."""
    device = next(embedding.parameters()).device
    total: Any = 0.0
    squares: Any = 0.0
    with torch.no_grad():
        for begin in range(0, rows, AT_ONCE):
            part = embedding(torch.arange(begin, min(rows, begin + AT_ONCE), device=device)).float()
            total, squares = total + part.sum(0), squares + (part**2).sum(0)
    mean = total / rows
    return mean, (squares / rows - mean**2).clamp_min(0).sqrt()


def _spread(seen: Any, places: Any) -> Any:
    """The vectors of each picture (batch, n, width) at its n places in a row (batch, length)."""
    order = (places.cumsum(1) - 1).clamp(0, seen.shape[1] - 1)
    return seen.gather(1, order[..., None].expand(-1, -1, seen.shape[-1]))
