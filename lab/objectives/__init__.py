"""Which signal moves the weights: a file an objective, its card and a function that builds a trainer.

Nothing here chooses weights (methods do) or carries a run out (training does).
"""
