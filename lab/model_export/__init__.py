"""Takes a run's model out of the lab, as a folder that transformers and PEFT load by themselves.

What was written is loaded again in a process of its own, without the lab, and held against the run's model: only what
answers as it did is handed over.
"""

from lab.model_export.agreement import Agreement
from lab.model_export.export import Exported, export_model
from lab.model_export.forms import FORMS

__all__ = ["FORMS", "Agreement", "Exported", "export_model"]
