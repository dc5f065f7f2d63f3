"""The forward pass of Llama and its relatives for answers: many tokens once, then a token at a time, nothing learned.

The same operations in the same order as transformers' models, without what makes those general: their modules, mask
builders and cache objects take more time than the arithmetic of a small model.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from lab.generate.decoder.few_rows import FewRows, few_rows
from lab.generate.decoder.weights import DecoderWeights, LayerWeights, Projection
from lab.generate.multi_lora import LoraWeights

GROWTH = 128
"""Tokens by which the cache of keys and values grows."""


class LlamaDecoder:
    """Next-token scores of a batch of rows. `adapters` has a LoRA or None for each row, or is empty."""

    def __init__(self, weights: DecoderWeights, adapters: Sequence[LoraWeights | None] = ()):
        self._weights = weights
        self._updates = _Updates(adapters) if any(adapters) else None
        self._keys: list[Tensor] = []
        self._values: list[Tensor] = []
        self._mask: Tensor | None = None
        self._length = self._room = 0
        self._few: FewRows | None = None

    def begin(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Read the prompts `ids`, `mask` (rows, tokens), padded at the left; scores (rows, vocabulary) after them."""
        rows, self._length = ids.shape
        self._room = self._length + GROWTH
        w = self._weights
        size = (rows, w.kv_heads, self._room, w.head_size)
        self._keys = [w.embedding.new_empty(size) for _ in w.layers]
        self._values = [w.embedding.new_empty(size) for _ in w.layers]
        self._positions = (mask.cumsum(-1) - 1).clamp_min(0)
        causal = None
        if not bool(mask.all()):
            self._mask = mask.bool()
            triangle = torch.ones(self._length, self._length, dtype=torch.bool, device=ids.device).tril()
            own = torch.eye(
                self._length, dtype=torch.bool, device=ids.device
            )  # padding attends to itself: no empty row
            causal = ((triangle & self._mask[:, None, :]) | own)[:, None]
        hidden = self._through(F.embedding(ids, w.embedding), self._positions, causal, 0)
        self._positions = self._positions[:, -1:]
        self._few = few_rows(rows, w.laid_out) if w.copied else None
        return self._scores(hidden[:, -1:])

    def step(self, tokens: Tensor) -> Tensor:
        """Go on with one token a row, `tokens` (rows,); scores (rows, vocabulary) of the next."""
        if self._length == self._room:
            self._grow()
        self._positions = self._positions + 1
        at, self._length = self._length, self._length + 1
        if self._mask is not None:
            self._mask = F.pad(self._mask, (0, 1), value=True)
        mask = None if self._mask is None else self._mask[:, None, None, :]
        hidden = F.embedding(tokens[:, None], self._weights.embedding)
        return self._scores(self._through(hidden, self._positions, mask, at))

    def keep(self, rows: Tensor) -> None:
        """Go on with these rows only, given by their numbers among those there are."""
        self._keys = [cached[rows] for cached in self._keys]
        self._values = [cached[rows] for cached in self._values]
        self._positions = self._positions[rows]
        if self._mask is not None:
            self._mask = self._mask[rows]
        if self._updates:
            self._updates.keep(rows)

    def _grow(self) -> None:
        self._room += GROWTH
        for cache in (self._keys, self._values):
            for number, cached in enumerate(cache):
                cache[number] = F.pad(cached, (0, 0, 0, GROWTH))

    def _scores(self, hidden: Tensor) -> Tensor:
        hidden = self._norm(hidden, self._weights.norm)
        return self._project(hidden, self._weights.head)[:, -1].float()

    def _through(self, hidden: Tensor, positions: Tensor, mask: Tensor | None, at: int) -> Tensor:
        cos, sin = self._weights.rotary(hidden, positions)
        half = cos.shape[-1] // 2
        sin = torch.cat((-sin[..., :half], sin[..., half:]), -1)  # signed here once, instead of in each layer
        cos, sin = cos.unsqueeze(2), sin.unsqueeze(2)
        for number, layer in enumerate(self._weights.layers):
            mixed = self._attend(self._norm(hidden, layer.attention_norm), number, layer, cos, sin, mask, at)
            hidden = hidden + self._project(mixed, layer.out)
            gate, up = self._project(self._norm(hidden, layer.mlp_norm), layer.gate_up).split(layer.gate_up.sizes, -1)
            hidden = hidden + self._project(F.silu(gate) * up, layer.down)
        return hidden

    def _attend(
        self, hidden: Tensor, number: int, layer: LayerWeights, cos: Tensor, sin: Tensor, mask: Tensor | None, at: int
    ) -> Tensor:
        """Attention of the new tokens to those before them and themselves: (rows, tokens, heads × head size)."""
        w = self._weights
        rows, tokens, _ = hidden.shape
        together = self._project(hidden, layer.qkv).view(rows, tokens, -1, w.head_size)
        values = together[:, :, w.heads + w.kv_heads :]
        if layer.query_norm is None:
            turned = _rotated(together[:, :, : w.heads + w.kv_heads], cos, sin)
            queries, keys = turned[:, :, : w.heads], turned[:, :, w.heads :]
        else:
            queries = _rotated(self._norm(together[:, :, : w.heads], layer.query_norm), cos, sin)
            keys = _rotated(self._norm(together[:, :, w.heads : w.heads + w.kv_heads], layer.key_norm), cos, sin)
        end = at + tokens
        self._keys[number][:, :, at:end] = keys.transpose(1, 2)
        self._values[number][:, :, at:end] = values.transpose(1, 2)
        cached_keys, cached_values = self._keys[number][:, :, :end], self._values[number][:, :, :end]
        if tokens == 1:  # the queries that share a key stand where a longer text would stand
            packed = queries.view(rows, w.kv_heads, w.heads // w.kv_heads, w.head_size)
            said = F.scaled_dot_product_attention(packed, cached_keys, cached_values, attn_mask=mask)
            return said.reshape(rows, 1, -1)
        said = F.scaled_dot_product_attention(
            queries.transpose(1, 2), cached_keys, cached_values, attn_mask=mask, is_causal=mask is None, enable_gqa=True
        )  # fmt: skip
        return said.transpose(1, 2).reshape(rows, tokens, -1)

    def _project(self, hidden: Tensor, projection: Projection) -> Tensor:
        pairs = zip(projection.weights, projection.biases, strict=True)
        linear = self._few.linear if self._few else F.linear
        outputs = [linear(hidden, weight, bias) for weight, bias in pairs]
        output = outputs[0] if len(outputs) == 1 else torch.cat(outputs, -1)
        return self._updates.add(output, hidden, projection) if self._updates else output

    def _norm(self, hidden: Tensor, weight: Tensor) -> Tensor:
        """RMS norm (Zhang and Sennrich 2019), computed in float32 as Llama does."""
        if hidden.dtype == torch.float32:
            return F.rms_norm(hidden, weight.shape, weight, self._weights.eps)
        wide = hidden.float()
        return weight * (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self._weights.eps)).to(hidden.dtype)


def _rotated(states: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions (Su et al. 2021) on `states` (rows, tokens, heads, head size); `sin` has its signs already."""
    first, second = states.chunk(2, -1)
    return states * cos + torch.cat((second, first), -1) * sin


class _Updates:
    """The low-rank updates of the rows' adapters, for each projection as two products of all rows."""

    def __init__(self, adapters: Sequence[LoraWeights | None]):
        self._adapters = list(adapters)
        self._stacked: dict[tuple[str, ...], tuple[Tensor, Tensor] | None] = {}

    def keep(self, rows: Tensor) -> None:
        self._adapters = [self._adapters[row] for row in rows.tolist()]
        self._stacked = {
            names: pair and (pair[0][rows], pair[1][rows]) for names, pair in self._stacked.items()
        }  # fmt: skip

    def add(self, output: Tensor, hidden: Tensor, projection: Projection) -> Tensor:
        """`output` (rows, tokens, outputs) with each row's update (Hu et al. 2021, eq. 3)."""
        if projection.names not in self._stacked:
            self._stacked[projection.names] = self._stack(projection)
        pair = self._stacked[projection.names]
        if pair is None:
            return output
        down, up = pair
        return output + (hidden.to(down.dtype) @ down @ up).to(output.dtype)

    def _stack(self, projection: Projection) -> tuple[Tensor, Tensor] | None:
        """(rows, inputs, ranks) and (rows, ranks, outputs): the ranks of fused layers beside each other, each with
        outputs of its own; a row without an update has zeros."""
        found = [[lora.layers.get(name) if lora else None for name in projection.names] for lora in self._adapters]
        pairs = [pair for row in found for pair in row if pair]
        if not pairs:
            return None
        columns = zip(*found, strict=True)
        ranks = [max((pair[0].shape[0] for pair in column if pair), default=0) for column in columns]
        down = pairs[0][0].new_zeros(len(found), pairs[0][0].shape[1], sum(ranks))
        up = pairs[0][0].new_zeros(len(found), sum(ranks), sum(projection.sizes))
        for number, row in enumerate(found):
            rank = output = 0
            for place, pair in enumerate(row):
                if pair:
                    own = pair[0].shape[0]
                    down[number, :, rank : rank + own] = pair[0].T
                    up[number, rank : rank + own, output : output + projection.sizes[place]] = pair[1].T
                rank, output = rank + ranks[place], output + projection.sizes[place]
        return down, up
