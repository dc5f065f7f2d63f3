"""Damaged text and its repair, for `denoise`: how text is damaged, how a pair is read, and how well it was restored."""
