"""Parrot Lab: fine-tune language models side by side, compare them, rate them, and learn from the ratings.

Importing `lab` loads no torch; a room that needs a heavy library imports it where it is used.
"""

__version__ = "0.1.0"
