"""Measurements, as ratios against a peer in the same run; never asserted. `make bench` runs them all.

Each `bench_*.py` has `measure() -> dict` of plain figures and can be run alone: `python -m tests.bench.bench_start`.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # unless a bench asks for more
