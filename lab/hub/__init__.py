"""What leaves the lab for the Hugging Face Hub, with a card drawn from what is known: models, data, comparisons.

All goes through `repos`: the Hub's own client under its own login; no token is given, kept or printed here.
"""

from lab.hub.comparisons import push_comparison
from lab.hub.data import push_data
from lab.hub.models import push_model
from lab.hub.repos import Pushed

__all__ = ["Pushed", "push_comparison", "push_data", "push_model"]
