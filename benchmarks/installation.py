"""A fresh environment with carespec's wheel and its peers: a checkout starts more slowly than what people install."""

from __future__ import annotations

import os
import subprocess
import sys
from glob import glob

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PEERS = ("yamllint", "beancount")


def make(folder: str) -> str:
    """Build the wheel and install it and its peers in a new environment under `folder`; the environment's `bin`."""
    wheels = os.path.join(folder, "wheels")
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", wheels, CHECKOUT)
    environment = os.path.join(folder, "environment")
    _run(sys.executable, "-m", "venv", environment)
    programs = programs_of(environment)
    _run(os.path.join(programs, "python"), "-m", "pip", "install", "--quiet", *glob(f"{wheels}/*.whl"), *PEERS)
    return programs


def programs_of(environment: str) -> str:
    """The folder of an environment's programs."""
    return os.path.join(environment, "Scripts" if os.name == "nt" else "bin")


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
