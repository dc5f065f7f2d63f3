"""Learning to learn from a few examples: what the objectives `maml` and `reptile` share.

`episodes` a task's examples and questions as batches; `inner` the few steps that adapt a model to a task; `trainer` the
outer loop around them; `figures` how well a start adapts to unseen tasks; `knobs` what both ask for.
"""
