"""Proximal policy optimisation for language models, written to be lifted out: `trainer.PPOTrainer` is its door.

It needs transformers, datasets, accelerate and torch (peft and trl where you use them) and, of the lab, only
`lab.errors`. Nothing is imported here, so that reading the objectives' cards loads no heavy library.
"""
