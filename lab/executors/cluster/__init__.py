"""A Ray cluster: what it has and what a run asks of it, the way there, what happens on a node, the files between.

The executor itself is `lab/executors/ray.py`. Ray is imported where it is used.
"""
