"""Finds the Chromium that browser tests drive; `python -m tests.browser.chromium` installs one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """CHROMIUM if set, else one on the PATH, else the one Playwright keeps."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        kept = playwright.chromium.executable_path
    return kept if Path(kept).exists() else None


def install_chromium() -> str | None:
    """Playwright's own build first; a Debian package where that can't be had and we may install one."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)
    if (found := find_chromium()) is None and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"], check=False)
        found = find_chromium()
    return found


if __name__ == "__main__":
    browser = find_chromium() or install_chromium()
    print(f"Browser tests use {browser}" if browser else "No Chromium could be found or installed: set CHROMIUM=/path")
