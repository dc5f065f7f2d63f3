"""The lab in Python: what a notebook, the terminal and the page all call.

    import lab

    with lab.open() as parrot:                                # LAB_HOME, or .lab in the working folder
        runs = parrot.train("recipes/first_steps.yaml", ["budget.steps=60"])
        parrot.table(runs)                                    # a pandas table, a run a row
        replies = parrot.chat("Where is Mapo tofu from?", "nano", *runs)
        parrot.rate(replies[1].id, "good")
        parrot.votes()                                        # every vote as a pandas table

Importing it loads no torch; what trains does so in processes of its own, unless the executor is "inline".
"""

from lab.api.answering import Reply
from lab.api.following import Progress
from lab.api.lab import Lab

__all__ = ["Lab", "Progress", "Reply"]
