"""Scripted raters: a file each, with a card and `score(prompts, completions) -> list[float]`, in English and Chinese.

They stand in for people, so that the whole loop of feedback can be seen without two hundred clicks; wherever their
ratings are used they are labelled as scripted. Their word lists are our own. They import nothing heavy.
"""
