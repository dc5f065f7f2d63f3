"""The Space's and the user's door: opens the app, the same as `lab serve`."""

import os
import sys

from lab.errors import LabError
from lab.ui.launch import launch

if __name__ == "__main__":
    on_space = bool(os.environ.get("SPACE_ID"))
    try:
        launch(host="0.0.0.0" if on_space else "127.0.0.1", port=int(os.environ.get("PORT", "7860")))
    except LabError as problem:
        sys.exit(f"error: {problem}")
