"""Find the browser that the tests of the pages use: one of this machine, or the one that Playwright keeps.

`python tools/browser.py --install` gets one where there is none; `make test` runs it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

LIGHT = "chromium-headless-shell"  # the same engine without windows: a new page takes a third of the time
FULL = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")  # as a reader has it
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# No sandbox: a container has none to offer. The rest keeps the browser from asking other hosts on its own account.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HELP = "no browser for the tests of the pages: install Chromium or Chrome, or run .venv/bin/playwright install chromium"


def find(names: tuple[str, ...] = (LIGHT, *FULL)) -> str | None:
    """The path of a Chromium or Chrome that starts; None if there is none. Not to be called while Playwright runs."""
    of_the_machine = [path for name in names if (path := shutil.which(name))] + [*MAC]
    return next(filter(starts, of_the_machine), None) or playwrights_own()


def starts(path: str) -> bool:
    """Whether the program runs: a name on the PATH may be a stand-in that only says how to install the real one."""
    try:
        return subprocess.run([path, "--version"], check=False, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights_own() -> str | None:
    """The path of the Chromium that `playwright install` put in its cache; None if it did not."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Get a browser: Debian's package where this may be done, else, if there is none at all, Playwright's own."""
    if may_install():
        quiet = {
            "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            "stdout": subprocess.DEVNULL,
            "check": False,
        }
        apt = ["apt-get", "install", "-y", "--no-install-recommends"]
        subprocess.run(["apt-get", "update"], **quiet)
        if subprocess.run([*apt, LIGHT], **quiet, stderr=subprocess.DEVNULL).returncode and find() is None:
            subprocess.run([*apt, "chromium"], **quiet)
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def may_install() -> bool:
    """Whether Debian's package of the light browser is missing and can be had."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0 and shutil.which(LIGHT) is None


def main() -> int:
    if "--install" in sys.argv[1:] and (may_install() or find() is None):
        print("Installing a browser for the tests", flush=True)
        install()
    path = find()
    print(f"Browser for the tests: {path}" if path else HELP, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
