"""A lab on ZeroGPU as far as a machine without a GPU goes: the real `spaces` package in its own mode, with what lends
GPUs played by a small server in this process. Only CUDA itself is left out: a slice computes on the processor.

Run as a script with a home, a recipe, and 'lends' or 'no quota'; prints what was asked of the lender, and what the run
came to, as JSON.
"""

import json
import multiprocessing
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

ASKED: list[tuple[str, dict[str, str]]] = []


class Lender(BaseHTTPRequestHandler):
    """Lends a GPU to whoever asks; with 'no quota' to nobody."""

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:
        where = urlsplit(self.path)
        ASKED.append((where.path, {name: values[0] for name, values in parse_qs(where.query).items()}))
        body, status = b"{}", 200
        if where.path == "/schedule":
            lent = [path for path, _ in ASKED].count("/schedule")
            told = {"idle": False, "nvidiaIndex": 0, "nvidiaUUID": "GPU-0", "allowToken": f"lent-{lent}"}
            if sys.argv[3] == "no quota":
                status, told = 429, {"left": 0, "wait": 3600}
            body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main(root: str, recipe: str) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Lender)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ |= {"SPACES_ZERO_GPU": "1", "SPACES_ZERO_DEVICE_API_URL": f"http://127.0.0.1:{server.server_port}",
                   "LAB_HOME": root}  # fmt: skip
    import torch

    torch.version.cuda = torch.version.cuda or "13.0"  # which a build for processors does not name
    import spaces.zero.torch as zero_torch

    zero_torch.init = lambda uuid: None  # what needs CUDA
    zero_torch.move = lambda callback=None: None

    from gradio.context import LocalContext

    from lab.api import Lab
    from lab.executors import zero
    from lab.home import Home

    whole = zero.train_slice

    def short(home, run_id, seconds, leave):
        looks = iter(range(10_000))
        return whole(home, run_id, seconds, lambda: leave() or next(looks) > 5)

    zero.train_slice = short
    home = Home(Path(root))
    executor = zero.ZeroGpu(home)
    executor.server.start = lambda: None
    zero.preload()
    with Lab.open(root) as lab:
        lab.supervisor = executor
        executor.start()
        token = LocalContext.request.set(SimpleNamespace(headers=zero._Headers({"x-ip-token": "of-ann"})))
        (run,) = lab.submit(json.loads(recipe))
        LocalContext.request.reset(token)
        until = time.monotonic() + 240
        while time.monotonic() < until:
            found = lab.run(run.id)
            if found.status.over and (found.status != "interrupted" or sys.argv[3] == "no quota"):
                break
            time.sleep(0.2)
        loss = lab.store.curves.curve(run.id, "loss")
    executor.stop()
    told = {"status": str(found.status), "error": found.error, "loss": loss, "asked": ASKED, "pid": os.getpid(),
            "log": home.run(run.id).log.read_text()[-2000:] if home.run(run.id).log.exists() else ""}  # fmt: skip
    print("RESULT", json.dumps(told), flush=True)
    for one in multiprocessing.active_children():  # what was lent waits for more, and holds our output open
        one.terminate()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
