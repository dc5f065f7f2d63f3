"""Which weights move: a file a method, its card and `build(model, *, stage_steps, **knobs)`; `ls` is the catalogue.

Nothing here trains. A file opens with CARD; heavy libraries are imported inside its functions.
"""
