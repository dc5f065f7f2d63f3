"""Who answers: the inference engine with its cache of models, the server process it runs in, that server's client,
and conversations.

Importing this package loads no torch.
"""

from lab.serving.client import InferenceClient
from lab.serving.engine import InferenceEngine

__all__ = ["InferenceClient", "InferenceEngine"]
