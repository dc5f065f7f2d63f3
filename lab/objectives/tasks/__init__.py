"""Several tasks on one backbone, a head each: what the objective `multi_task` is made of.

`reading` from rows to tokens and what is wanted of which; `heads` the model and its losses; `trainer` the steps;
`figures` how well each task is done; `kept` what a run keeps of the heads.
"""
