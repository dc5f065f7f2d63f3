"""Runs every measurement, one process each (so that none warms another), and prints one JSON line a figure."""

import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    names = sys.argv[1:] or sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    for name in names:
        print(f"# {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False)
