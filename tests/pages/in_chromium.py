"""How pages are opened in tests: by Debian's Chromium, which asks for nothing by itself."""

from __future__ import annotations

import shutil

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
    "--disable-dev-shm-usage",  # shared memory may be small, and others are using it
)
STUCK = 3.6e6  # milliseconds: no step takes so long, on however busy a machine, but one that hangs
