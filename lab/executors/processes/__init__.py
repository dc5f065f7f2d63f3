"""Warm worker processes: a fork server that has the libraries and base models loaded, its client, and the supervisor
that takes runs from the queue and closes those whose worker died.
"""
