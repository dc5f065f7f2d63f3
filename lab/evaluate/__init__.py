"""What a run is worth: held-out loss, the data's own metric, what was forgotten. Reads models, never changes them."""
