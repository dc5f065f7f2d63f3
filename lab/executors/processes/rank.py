"""One process of a group: `torchrun … -m lab.executors.processes.rank HOME RUN THREADS`, started by `group`.

The first one carries the run out and says how it ended; the others train along. A request to end (SIGTERM) reaches all
of them, and is the first one's to answer: the others leave when it does.
"""

import os
import signal
import sys
from pathlib import Path

from lab.executors.endings import ENDING, write_ending
from lab.executors.processes.group import STRANDED
from lab.home import Home


def main(root: str, run: str, threads: int) -> None:
    import torch

    from lab.training.ranks import LEAD, join_group

    torch.set_num_threads(threads)
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: asked.append(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if join_group():
        from lab.training.along import train_along

        return train_along()
    _lead(Home(Path(root)), run, threads, asked)
    LEAD.over()
    sys.stdout.flush()
    if not LEAD.idle:
        os._exit(STRANDED)
    return None


def _lead(home: Home, run: str, threads: int, asked: list[int]) -> None:
    from lab.executors.worker import train_claimed
    from lab.store import Store

    with Store(home) as store:
        ending = train_claimed(store, run, None, threads, lambda: bool(asked))
        write_ending(ending, home.run(run).root / ENDING)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
