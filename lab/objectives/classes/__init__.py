"""Telling texts apart by their class: what the objective `classify` and those who ask its models share.

`reading` how a text is read; `head` and `words` the two ways to tell classes apart; `kept` what a run keeps of them and
loads again; `figures` how well it is done. Which classes there are is told by the data: `lab.data.labels`.
"""
