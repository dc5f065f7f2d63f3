"""What is asked of runs besides stopping, as their `request`."""

FORK = "fork"
"""Of a queued run: it waits for its parent's weights."""
EVICTED = "evicted"
"""Of a run that is over: its weights were removed to free space on the disk."""
CHECKPOINT = "checkpoint"
"""Of a running run: to write a checkpoint for its forks, and to go on."""
