"""The README's commands are run literally, in order, and print what the README says they print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def console_blocks() -> list[str]:
    return re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Return each command of a block with the lines the README shows below it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:].split("  #")[0], []))
        elif found and line.strip():
            found[-1][1].append(line)
    return found


def run(command: str, folder: Path) -> str:
    """Run a command of the README in a folder, with this environment's ``undazzle``."""
    words = shlex.split(command)
    if words[:2] == ["make", "demo"]:
        words = ["undazzle", "demo"]
    if words[0] == "undazzle":
        words = [sys.executable, "-m", "undazzle", *words[1:]]
    environment = {**os.environ, "COLUMNS": "120", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.slow
def test_the_readme_runs_as_written(tmp_path: Path) -> None:
    seen = 0
    for block in console_blocks():
        for command, shown in commands(block):
            if command.startswith(("make test", "pip ", "git ", "cd ")):
                continue
            printed = run(command, tmp_path)
            for line in shown:
                if line.strip() != "…":
                    assert line.strip() in printed, f"{command} does not print: {line}"
            seen += 1
    assert seen >= 4


@pytest.mark.slow
def test_the_notebook_snippet_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snippet = re.search(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert snippet
    monkeypatch.chdir(tmp_path)
    code = tmp_path / "snippet.py"
    code.write_text(snippet.group(1), encoding="utf-8")
    done = subprocess.run([sys.executable, str(code)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
