"""Groups found in texts without labels, for `cluster`: what a text is to a model, k-means, rounds, and figures of them."""
