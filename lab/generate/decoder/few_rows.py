"""Matrix products of a CPU for few rows at a time, as when each of some answers goes on by one token.

A single row reads a weight faster that is laid out by inputs (1.4 to 1.8 times, where it has more outputs than
inputs), and 2 to 32 rows one in oneDNN's own layout, which is otherwise packed anew at every token (1.1 to 1.6 times;
measured on the layers of SmolLM2 with one thread of an EPYC). Each layout is a copy of the weight.
"""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

MOST_ROWS = 32


class FewRows:
    """The products of `rows` rows with weights, each laid out the first time; `kept` has them for the next use."""

    def __init__(self, rows: int, kept: dict[tuple[int, bool], Any]):
        self._rows, self._kept = rows, kept

    def linear(self, hidden: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """`hidden` (rows, 1, inputs) times `weight` (outputs, inputs), and `bias`: (rows, 1, outputs)."""
        single = self._rows == 1
        if not _gains(weight, single):
            return F.linear(hidden, weight, bias)
        key = (id(weight), single)
        if (laid_out := self._kept.get(key)) is None:
            laid_out = self._kept[key] = weight.t().contiguous().t() if single else _packed(weight, self._rows)
        if single:
            return F.linear(hidden, laid_out, bias)
        product: Tensor = torch.ops.mkldnn._linear_pointwise(hidden, laid_out, bias, "none", [], "")
        return product


def few_rows(rows: int, kept: dict[tuple[int, bool], Any]) -> FewRows | None:
    """The products for so many rows; None where the usual ones do as well."""
    return FewRows(rows, kept) if rows <= MOST_ROWS else None


def _gains(weight: Tensor, single: bool) -> bool:
    if weight.device.type != "cpu" or weight.dtype != torch.float32:
        return False
    return weight.shape[0] > weight.shape[1] if single else torch.backends.mkldnn.is_available()


def _packed(weight: Tensor, rows: int) -> Any:
    return torch.ops.mkldnn._reorder_linear_weight(weight.detach(), rows)
