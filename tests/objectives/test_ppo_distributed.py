"""PPO on several devices: two processes share prompts, gradients and statistics, and end with the same weights."""

import json
import os
import subprocess
import sys

import pytest

from lab.home import PROJECT

pytestmark = pytest.mark.slow


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_two_processes_answer_different_prompts_and_stay_the_same_model(tmp_path):
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--master-port=29517"]
    command += ["-m", "tests.objectives.ppo_process", str(tmp_path)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(PROJECT), "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=PROJECT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    one, other = (json.loads((tmp_path / f"process-{rank}.json").read_text()) for rank in (0, 1))
    assert one["weights"] == other["weights"]
    assert one["carried"] == other["carried"]
    assert one["carried"][1] == 3 * 2 * 8  # every answer of both processes counted
    assert {prompt for prompt, _ in one["answers"]}.isdisjoint({prompt for prompt, _ in other["answers"]})
    assert one["answers"] != other["answers"]
    assert 0 < one["log"]["ratio/mean"] < 2
