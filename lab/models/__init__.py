"""Base models and how a run's weights are rebuilt: the catalogue, finding, pulling, loading, chat templates.

Importing this package loads neither torch nor transformers; the functions that need them do.
"""

from lab.models.catalogue import CATALOGUE, CatalogueEntry
from lab.models.chain import Chain, Link, chain_of, quantized, root_base, save_chain
from lab.models.chat_template import has_own_chat_template, load_tokenizer
from lab.models.find import find_base
from lab.models.fingerprint import fingerprint
from lab.models.load import load_chain, load_model
from lab.models.precision import precision_of
from lab.models.pull import pull
from lab.models.shape import Linear, ModelShape, shape_of

__all__ = [
    "CATALOGUE", "CatalogueEntry", "Chain", "Linear", "Link", "ModelShape", "chain_of", "find_base", "fingerprint",
    "has_own_chat_template", "load_chain", "load_model", "load_tokenizer", "precision_of", "pull", "quantized",
    "root_base", "save_chain", "shape_of",
]  # fmt: skip
