"""A small vision encoder and its projector: nine patches of a picture become nine vectors as wide as the model's words.

Two convolutions see the squares' colours with their neighbours; each 4 × 4 patch of what they find is one vector. A
frozen one that was never trained is a baseline: it tells pictures apart but not what matters in them.
"""

from typing import Any

import torch
from torch import nn

from lab.data.grids import DIGITS, SIDE
from lab.objectives.cross_modal.sizes import CHANNELS, FEATURES, PATCH, PATCHES, WIDE


class Encoder(nn.Module):
    """Pictures (batch, 144 colour numbers) to vectors (batch, 9, width): `see` is the encoder, `project` the projector."""

    def __init__(self, width: int, scale: float):
        super().__init__()
        self.see = nn.ModuleDict(
            {
                "first": nn.Conv2d(len(DIGITS), CHANNELS, 3, padding=1),
                "second": nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1),
                "patches": nn.Conv2d(CHANNELS, FEATURES, PATCH, stride=PATCH),
            }
        )
        self.places = nn.Parameter(0.1 * torch.randn(PATCHES, FEATURES))
        self.project = nn.Sequential(nn.Linear(FEATURES, WIDE), nn.GELU(), nn.Linear(WIDE, width))
        self.scale = scale
        """The usual size of a word's numbers, so that what is seen weighs as much as what is said."""

    def features(self, pictures: Any) -> Any:
        """What is seen at each patch: (batch, 9, features)."""
        flat = nn.functional.one_hot(pictures, len(DIGITS)).to(self.places.dtype)
        seen = flat.view(-1, SIDE, SIDE, len(DIGITS)).permute(0, 3, 1, 2)
        for name in ("first", "second"):
            seen = nn.functional.gelu(self.see[name](seen))
        return self.see["patches"](seen).flatten(2).transpose(1, 2) + self.places

    def forward(self, pictures: Any) -> Any:
        found = self.project(nn.functional.gelu(self.features(pictures)))
        return self.scale * nn.functional.layer_norm(found, found.shape[-1:])


def make_encoder(width: int, scale: float, seed: int) -> Encoder:
    """An encoder that nobody has trained, the same for the same seed whatever was drawn before."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return Encoder(width, scale)
