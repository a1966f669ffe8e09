"""The wheel holds what the checkout holds, no more and no less, and works where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest

from carespec.built import built
from support import TOP


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built as pip builds it, with the build tools that are installed here."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), TOP]
    subprocess.run(command, check=True, capture_output=True)
    (name,) = os.listdir(out)
    return zipfile.ZipFile(out / name)


def below(folder: str) -> dict[str, bytes]:
    found = {}
    for here, _, names in os.walk(os.path.join(TOP, folder)):
        for name in names:
            path = os.path.join(here, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, TOP)] = file.read()
    return found


@pytest.mark.parametrize("folder", ["grammar", "specs"])
def test_data_is_equal(folder: str, wheel: zipfile.ZipFile) -> None:
    prefix = f"carespec/{folder}/"
    shipped = {name.removeprefix("carespec/"): wheel.read(name) for name in wheel.namelist() if name.startswith(prefix)}
    assert shipped == below(folder)


def test_code_is_equal(wheel: zipfile.ZipFile) -> None:
    shipped = {name for name in wheel.namelist() if name.startswith("carespec/") and name.endswith(".py")}
    here = {path.removeprefix("src/") for path in below("src/carespec") if path.endswith(".py")}
    assert shipped - here == {"carespec/_built.py"}
    assert here <= shipped
    assert "carespec/py.typed" in wheel.namelist()


def test_built_data_is_what_a_checkout_makes(wheel: zipfile.ZipFile) -> None:
    names: dict[str, object] = {}
    exec(wheel.read("carespec/_built.py"), names)
    assert names["DATA"] == built()


def test_it_runs_without_a_checkout(wheel: zipfile.ZipFile, tmp_path: object) -> None:
    """From the unpacked wheel, in another folder, with Lark, YAML and jsonschema out of reach."""
    wheel.extractall(str(tmp_path))
    service = os.path.join(str(tmp_path), "northshire.care")
    with open(service, "w", encoding="utf-8") as file:
        file.write("service northshire\nminimum-age 18 years\n")
    code = (
        "import sys; sys.modules.update(lark=None, yaml=None, jsonschema=None); "
        f"sys.argv = ['carespec', 'check', '--output', 'concise', {service!r}]; "
        "from carespec.cli import main; main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-S", "-c", f"import sys; sys.path += {sys.path!r}; {code}"],
                          cwd=str(tmp_path), env=environment, capture_output=True, text=True, check=False)  # fmt: skip
    assert "colon-missing" in done.stdout, done.stderr
    assert done.returncode == 1
