"""The page: one module a tab, its layout and its doors (what the page may ask the lab). No training, no SQL, no torch.

A tab is an `island`: our own HTML and JavaScript (assets/js), which pulls what it shows through a few Python functions.
Those read the store and call `lab.jobs`; nothing here holds what a reload would lose.
"""
