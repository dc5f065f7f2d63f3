"""(d) Seconds from starting the app to its first page answering."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROUNDS = 3


def measure() -> dict:
    return {"first_page_seconds": [_once() for _ in range(ROUNDS)]}


def _once() -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        started = time.time()
        command = [sys.executable, "app.py"]
        environment = os.environ | {"LAB_HOME": home, "PORT": str(port)}
        app = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while time.time() - started < 120:
                try:
                    if urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).status == 200:
                        return round(time.time() - started, 2)
                except (urllib.error.URLError, ConnectionError):
                    time.sleep(0.05)
            raise SystemExit("the app did not answer within two minutes")
        finally:
            app.terminate()
            app.wait(timeout=60)


if __name__ == "__main__":
    print(json.dumps(measure()))
