#!/usr/bin/env python3
"""Sets up what a command needs and runs it: python3 run.py demo | test | check | bench NAME.

Standard library only, so that any Python 3.11 can start it.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

ROOT: Final = Path(__file__).resolve().parent
VENV: Final = ROOT / ".venv"
BIN: Final = VENV / "bin"
USAGE: Final = """usage: python3 run.py COMMAND

  demo [--port N] [--data DIR] [--check]   an app with example data, served on this machine
  test [PYTEST OPTIONS]                    static checks and the whole suite, with a browser
  check                                    static checks alone
  bench NAME [--quick] [--json FILE]       one measurement of bench/"""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    known = {"demo": demo, "test": test, "check": lambda _: check_alone(), "bench": bench}
    if command not in known:
        print(USAGE, file=sys.stderr)
        return 2
    return known[command](rest)


def demo(options: list[str]) -> int:
    """Serve the app with example data."""
    set_up("app")
    return run(BIN / "resourcedir", "demo", *options)


def test(options: list[str]) -> int:
    """Run the static checks and, if they hold, the whole suite on two processes.

    Each begins with a half of it, so that what many tests share is mostly made once.
    """
    set_up("app", "dev")
    need_chromium()
    halves = ("-n", "2", "--dist", "worksteal")
    return check() or run(BIN / "python", "-m", "pytest", *halves, *options)


def check_alone() -> int:
    """Run the static checks."""
    set_up("app", "dev")
    return check()


def bench(options: list[str]) -> int:
    """Run one measurement of ``bench/``."""
    names = sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
    names.remove("harness")
    if not options or options[0] not in names:
        print(f"run.py bench: name one of: {', '.join(names)}", file=sys.stderr)
        return 2
    set_up("app", "dev", *(["bench"] if options[0] == "search" else []))  # peers of search
    return run(BIN / "python", "-m", f"bench.{options[0]}", *options[1:])


def check() -> int:
    """Run every static check, also after one has failed; return 1 if any did."""
    checks = (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
    )
    return max(run(BIN / name, *options) != 0 for name, *options in checks)


def set_up(*locks: str) -> None:
    """Make ``.venv`` hold what the lock files name, and this project; once per change."""
    files = [ROOT / "requirements" / f"{name}.txt" for name in locks]
    inputs = [*files, ROOT / "pyproject.toml"]
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in inputs)).hexdigest()
    stamp = VENV / f"installed-{locks[-1]}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not (BIN / "pip").exists():  # also after a start that was cut short
        need_venv()
        venv.create(VENV, with_pip=True, clear=True)
    print("Installing what requirements/ names ...", file=sys.stderr)
    pip: list[str | Path] = [
        BIN / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    listed: list[str | Path] = [part for file in files for part in ("-r", file)]
    must(*pip, "--require-hashes", *listed)
    must(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT)
    stamp.write_text(wanted)


def need_venv() -> None:
    """See to it that an environment can be made; Debian leaves that out of its Python."""
    try:
        import ensurepip  # noqa: F401, PLC0415
    except ImportError:
        need_packages("python3-venv", what="Python's module venv")


def need_chromium() -> None:
    """See to it that the browser tests have their browser, and what drives it its library."""
    try:
        ctypes.CDLL("libatomic.so.1")
        has_library = True
    except OSError:
        has_library = False
    if not (has_library and shutil.which("chromium")):
        packages = ("chromium", "libatomic1", "fonts-dejavu-core")
        need_packages(*packages, what="Chromium, for the browser tests,")


def need_packages(*packages: str, what: str) -> None:
    """Install Debian packages as root, saying so first; else say what to type, and stop."""
    line = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(f"run.py: {what} is missing. Install it, then run this again:\n  sudo {line}")
    print(f"run.py: {what} is missing; running: {line}", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    must("apt-get", "update", "-qq", env=quiet, out=subprocess.DEVNULL)
    must(*line.split(), "-y", "-qq", env=quiet, out=subprocess.DEVNULL)


def must(
    *command: str | Path, env: dict[str, str] | None = None, out: int | TextIO = sys.stderr
) -> None:
    """Run a step that the rest needs; stop with its exit code when it fails."""
    parts = [str(part) for part in command]
    if code := subprocess.run(parts, cwd=ROOT, env=env, stdout=out, check=False).returncode:
        sys.exit(f"run.py: this step failed with exit code {code}:\n  {' '.join(parts)}")


def run(*command: str | Path) -> int:
    """Run ``command`` in the checkout and return its exit code; Ctrl-C is the command's to see."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 -- older ones must be told, not crash
        sys.exit("run.py: Python 3.11 or newer is needed.")
    sys.exit(main(sys.argv[1:]))
