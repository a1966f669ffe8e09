"""What git is asked: one call, which ends the run with what git says where it cannot answer."""

from __future__ import annotations

from carespec.cli._shared import fail


def git(folder: str, *words: str, what: str = "that revision", given: bytes | None = None, because: str = "") -> bytes:
    """What git prints in a folder; `given` goes to its standard input, `what` is what nobody can read without it.

    `because` says why git cannot answer, where it would say so in words of its own trade.
    """
    import subprocess  # what lists the commands must not pay for it

    try:
        done = subprocess.run(["git", "-C", folder or ".", *words], input=given, capture_output=True, check=False)
    except OSError:
        fail(f"git is not installed here, so {what} cannot be read")
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        because = because or (said[0].removeprefix("fatal: ") if said else "it does not say why")
        fail(f"git cannot give {what}: {because}")
    return done.stdout
