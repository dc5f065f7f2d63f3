"""Pairs of answers made for votes: one request after the other (`pairs`), or in threads of a long-lived process
(`collector`). Nothing here loads a model: whoever collects gives a function that answers.
"""
