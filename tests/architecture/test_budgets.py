"""The house stays small-roomed: sizes of files and functions, light imports, no network."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "undazzle"
MODULES = sorted(SOURCE.rglob("*.py"))
HEAVY = ("numba", "altair", "pyarrow", "pandas", "polars", "duckdb", "numpy", "networkx", "jinja2")


def run_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_no_module_is_longer_than_500_lines_and_the_median_is_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {str(path): count for path, count in lengths.items() if count > 500} == {}
    assert statistics.median(lengths.values()) <= 150


def test_no_function_is_longer_than_50_lines_unless_it_says_why() -> None:
    long = [found for path in MODULES for found in _long_functions(path)]
    assert long == []


def _long_functions(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    long = [node for node in functions if _code_lines(node) > 50 and "Long because" not in source]
    return [f"{path.relative_to(SOURCE)}:{node.lineno} {node.name} {_code_lines(node)}" for node in long]


def _code_lines(node: ast.FunctionDef) -> int:
    """Count the lines of the body without signature and docstring."""
    body = node.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize(
    "room", [path for path in SOURCE.iterdir() if (path / "__init__.py").exists()], ids=lambda p: p.name
)
def test_every_room_says_what_it_does_and_must_not_know(room: Path) -> None:
    words = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert len(words) > 80, "say what it turns into what, which tables it reads and writes, what it must not know"
    assert "to be filled" not in words.lower()


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = f"import sys, undazzle, undazzle.cli.main; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert run_python(code) == "[]"


def test_the_classic_method_is_there_without_the_compiler() -> None:
    rooms = "undazzle.coordination.detection, undazzle.coordination.window_run"
    code = f"import sys, {rooms}; print('numba' in sys.modules)"
    assert run_python(code) == "False"


def test_help_answers_within_three_tenths_of_a_cpu_second() -> None:
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run([sys.executable, '-m', 'undazzle', '--help'], capture_output=True, check=True);"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime)"
    )
    assert float(run_python(code)) < 0.3


# The two doors, each to an address that a person gives on the command line, and off by default: a language model, and
# the master of a Spark cluster, which is only knocked at before Spark itself is started.
MAY_REACH_THE_NETWORK = {SOURCE / "reading" / "endpoint.py", SOURCE / "store" / "engines" / "reachable.py"}


def test_no_module_but_two_can_reach_the_network() -> None:
    forbidden = {"socket", "http", "urllib.request", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}
    for path in MODULES:
        if path in MAY_REACH_THE_NETWORK:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names.append(node.module)
            assert not forbidden & set(names), f"{path} imports {names}"


def test_the_door_to_the_network_is_opened_only_where_a_model_is_asked_for() -> None:
    users = [path for path in MODULES if "reading.endpoint import" in path.read_text(encoding="utf-8")]
    assert {str(path.relative_to(SOURCE)) for path in users} <= {"reading/extractor.py", "cli/read.py"}
    code = "import sys, undazzle.reading.reading, undazzle.cli.read; print('urllib.request' in sys.modules)"
    assert run_python(code) == "False"


def test_the_door_to_a_cluster_is_opened_only_where_one_is_asked_for() -> None:
    users = [path for path in MODULES if "engines.reachable import" in path.read_text(encoding="utf-8")]
    assert {str(path.relative_to(SOURCE)) for path in users} == {"store/engines/cluster.py"}
    code = (
        "import sys, undazzle.coordination.detection, undazzle.cli.detect;"
        "print('undazzle.store.engines' in sys.modules)"
    )
    assert run_python(code) == "False"


def test_nothing_is_evaluated_or_unpickled() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec", "compile", "__import__"}, f"{path}:{node.lineno}"
            if isinstance(node, ast.Import):
                assert not {"pickle", "shelve", "marshal"} & {alias.name for alias in node.names}, path
