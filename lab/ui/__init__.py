"""The page: one module a tab, its layout and its endpoints (what the page may ask the lab). No training, SQL or torch.

A tab is a `component`: our own HTML and JavaScript (assets/js), which asks a few Python functions for what it shows.
Those call `lab.api` and read the store; nothing here holds what a reload would lose.
"""
