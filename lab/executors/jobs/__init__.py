"""Runs as jobs of somebody else's queue (Slurm, Hugging Face Jobs): handed in, watched, cancelled, and closed if lost.

The executors themselves are `lab/executors/slurm.py` and `lab/executors/hf_jobs.py`.
"""
