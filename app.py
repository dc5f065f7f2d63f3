"""The Space's and the user's door: opens the app, the same as `lab serve`."""

import os

from lab.ui.launch import launch

if __name__ == "__main__":
    on_space = bool(os.environ.get("SPACE_ID"))
    launch(host="0.0.0.0" if on_space else "127.0.0.1", port=int(os.environ.get("PORT", "7860")))
