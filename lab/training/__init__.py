"""Carries a variant out: its stages, what is written down as they go, checkpoints, and what it cost.

Runs inside a worker process. It knows neither which weights move (methods) nor which signal moves them (objectives).
"""
