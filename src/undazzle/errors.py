"""Every exception and warning of Undazzle.

Each error carries its data as attributes and composes one message from three parts:
what happened, where, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path


class UndazzleError(Exception):
    """Root of every error that Undazzle raises on purpose."""


class UndazzleWarning(UserWarning):
    """Something that can change how a result reads; also stored with the run."""


class WorkspaceError(UndazzleError, OSError):
    """A workspace file cannot be used: missing, broken, newer, locked, or the disk is full."""

    def __init__(self, path: Path | str, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = Path(path), problem, remedy
        super().__init__(f"{problem}: {path}. {remedy}")

    def __str__(self) -> str:
        """Return the whole message (``OSError`` would reorder the arguments)."""
        return f"{self.problem}: {self.path}. {self.remedy}"


class SourceError(UndazzleError, ValueError):
    """A file cannot be read as posts at all."""

    def __init__(self, path: Path | str, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = Path(path), problem, remedy
        super().__init__(f"{problem}: {path}. {remedy}")


class MappingError(UndazzleError, ValueError):
    """One or more columns could not be mapped; all problems are gathered and raised once."""

    def __init__(self, path: Path | str, columns: Sequence[str], problems: Sequence[str]) -> None:
        self.path, self.columns, self.problems = Path(path), list(columns), list(problems)
        listed = ", ".join(self.columns[:20]) + (" …" if len(self.columns) > 20 else "")
        super().__init__(
            f"{' '.join(self.problems)} File: {Path(path).name} (columns: {listed}). "
            f"Run 'undazzle inspect {path}' to see what was guessed and why."
        )


class TooManyRejectedError(UndazzleError, ValueError):
    """More rows were set aside than ``max_rejected`` allows; nothing was written."""

    def __init__(self, path: Path | str, rejected: int, total: int, limit: float, reasons: str) -> None:
        self.path, self.rejected, self.total, self.limit, self.reasons = path, rejected, total, limit, reasons
        super().__init__(
            f"{rejected:,} of {total:,} rows of {path} would be set aside, more than the limit of {limit:.0%} "
            f"({reasons}). Nothing was written. Check the mapping with 'undazzle inspect', "
            "or allow more with --max-rejected."
        )


class ParameterError(UndazzleError, ValueError):
    """A parameter has a value that cannot work."""

    def __init__(self, parameter: str, value: object, remedy: str) -> None:
        self.parameter, self.value, self.remedy = parameter, value, remedy
        super().__init__(f"{parameter} = {value!r} cannot be used. {remedy}")


class UnknownNameError(UndazzleError, LookupError):
    """A name (trace kind, network, run, format, ...) is not known; the nearest ones are suggested."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches

        self.what, self.name, self.known = what, name, sorted(known)
        near = get_close_matches(name, self.known, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        shown = ", ".join(self.known[:25]) + (" …" if len(self.known) > 25 else "")
        super().__init__(f"No {what} called {name!r}. {hint}Known: {shown or 'none'}.")

    def __str__(self) -> str:
        """Return the plain message (``LookupError`` of a key would quote it)."""
        return str(self.args[0])


class MissingExtraError(UndazzleError, ImportError):
    """An optional dependency is needed."""

    def __init__(self, extra: str, what_for: str) -> None:
        self.extra, self.what_for = extra, what_for
        super().__init__(f"{what_for} needs an optional part. Install it with: pip install 'undazzle[{extra}]'")


class TooLargeError(UndazzleError, MemoryError):
    """A planned computation is larger than allowed; says the number and the parameter to change."""

    def __init__(self, what: str, needed: int, allowed: int, remedy: str) -> None:
        self.what, self.needed, self.allowed, self.remedy = what, needed, allowed, remedy
        super().__init__(f"{what}: {needed:,}, more than the {allowed:,} allowed. {remedy}")


class ClusterUnavailableError(UndazzleError, RuntimeError):
    """A Spark cluster cannot be used from here: no Java, no answer, no workers, or workers without Undazzle."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(f"{problem}. {remedy}")


class ClusterFailedError(UndazzleError, RuntimeError):
    """A computation on a cluster ended early; the workspace is as it was."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(f"The cluster stopped: {problem}. {remedy}")


class QueryError(UndazzleError, ValueError):
    """SQL given by a user failed."""

    def __init__(self, sql: str, problem: str) -> None:
        self.sql, self.problem = sql, problem
        super().__init__(f"The query failed: {problem} Tables are listed by: undazzle query WS 'show tables'")


class OutputExistsError(UndazzleError, FileExistsError):
    """A file or folder would be overwritten."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        super().__init__(f"{path} exists already. Choose another name, or pass --overwrite.")

    def __str__(self) -> str:
        """Return the whole message."""
        return str(self.args[0])


class JudgementRefusedError(UndazzleError, ValueError):
    """A judgement breaks rules of the ladder and was not written; every rule is named."""

    def __init__(self, judgement: str, breaches: Sequence[tuple[str, str, str]]) -> None:
        self.judgement, self.breaches = judgement, list(breaches)
        self.rules = list(dict.fromkeys(rule for rule, _, _ in self.breaches))
        said = " ".join(f"[{rule}] {what} {remedy}" for rule, what, remedy in self.breaches)
        super().__init__(f"{judgement} was not written. {said}")


class CaseChangedError(UndazzleError, RuntimeError):
    """Somebody else changed a file of a case in the meantime; nothing was written."""

    def __init__(self, path: Path | str, remedy: str) -> None:
        self.path, self.remedy = Path(path), remedy
        super().__init__(f"{path} was changed by somebody else in the meantime; nothing was written. {remedy}")


class CaseError(UndazzleError, ValueError):
    """A folder cannot be used as a case; all problems are gathered, each with file and line."""

    def __init__(self, folder: Path | str, problems: Sequence[object]) -> None:
        self.folder, self.problems = Path(folder), list(problems)
        first = "; ".join(str(one) for one in self.problems[:3])
        more = f" … and {len(self.problems) - 3} more" if len(self.problems) > 3 else ""
        remedy = f"List all with: undazzle case check {folder}"
        super().__init__(f"The case in {folder} cannot be used: {(first + more).rstrip('.')}. {remedy}")
