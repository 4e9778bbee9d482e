"""Writes the reference pages from the code; ``--check`` says whether they are current and writes nothing."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from pathlib import Path

import click

from undazzle import errors
from undazzle.cli.main import COMMANDS, cli
from undazzle.coordination.explanations import EXPLANATIONS
from undazzle.ingest.readers import READERS
from undazzle.model import POST_FIELDS
from undazzle.signals import SIGNALS
from undazzle.signals.control_rates import control_rate_words
from undazzle.store.table_words import TABLE_WORDS
from undazzle.traces import TRACE_KINDS

REFERENCE = Path(__file__).parent / "reference"
MADE = "<!-- Made by `python -m docs.generate` from the code; edit the code. -->\n\n"


def commands_page() -> str:
    """Return every command with its help."""
    parts = ["# Commands\n", "Exit codes: 0 ok, 1 failure, 2 user error, 3 missing dependency, 130 interrupted.\n"]
    # The settings of the command line itself, so that help reads here as it does in a terminal of 100 columns.
    root = click.Context(cli, info_name="undazzle", terminal_width=100, **cli.context_settings)
    for name, module in COMMANDS.items():
        parts += _help_of(import_module(f"undazzle.cli.{module}").command, name, root)
    if set(COMMANDS) != set(cli.list_commands(click.Context(cli))):
        raise SystemExit("the list of commands and the command line differ")
    return "\n".join(parts)


def _help_of(command: click.Command, name: str, parent: click.Context) -> list[str]:
    """Return the help of a command and, for a group, of every command in it."""
    context = click.Context(command, parent=parent, info_name=name, terminal_width=100)
    parts = [
        f"{'##' if parent.parent is None else '###'} {context.command_path}\n\n```\n{command.get_help(context)}\n```\n"
    ]
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            parts += _help_of(found, child, context) if found else []
    return parts


def trace_kinds_page() -> str:
    """Return every trace kind with its parameters, innocent explanations and sources."""
    parts = ["# Trace kinds\n"]
    for kind in TRACE_KINDS.values():
        default = " Used by default." if kind.is_default else ""
        parts.append(f"## {kind.kind_id}\n\n{kind.summary}{default}\n\n{kind.description}\n")
        parts.append(f"Needs: {' or '.join(f'`{name}`' for name in kind.needs)}. Version {kind.version}.\n")
        if kind.peer_names:
            parts.append(f"Elsewhere called: {', '.join(kind.peer_names)}.\n")
        if kind.parameters:
            rows = [f"| `{p.name}` | `{p.default!r}` | {p.unit} | {p.description} |" for p in kind.parameters]
            parts.append("| setting | default | unit | meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n")
        said = [f"- **{one.title}.** {one.description}" for one in kind.innocent_explanations]
        parts.append("Innocent explanations:\n\n" + "\n".join(said) + "\n")
        parts += [f"Source: [{one.title}]({one.url})\n" for one in kind.references]
    return "\n".join(parts)


def explanations_page() -> str:
    """Return every innocent explanation with what it looks for, its thresholds and its limits."""
    parts = [
        "# Innocent explanations\n",
        "Each is tested for every network of a run and shown beside it. A network that one of them fits is",
        "*explained*: it is listed apart, never headlined, never dropped. Signs that a hidden campaign could arrange",
        "with ease (one program, a fixed delay, a timetable, a site of its own) make one fit in part at most.",
        "*Others* are accounts in no network of the run.\n",
    ]
    for one in EXPLANATIONS.values():
        parts.append(f"## {one.explanation_id}\n\n**{one.title}.** We would see: {one.would_see}.\n")
        if one.needs:
            parts.append(f"Needs: {' or '.join(f'`{name}`' for name in one.needs)}.\n")
        if one.parameters:
            rows = [f"| {p.name} | `{p.default!r}` | {p.unit} | {p.description} |" for p in one.parameters]
            parts.append("| threshold | value | unit | meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n")
        parts.append(f"Limits: {one.limits}\n")
        parts += [f"Source: [{source.title}]({source.url})\n" for source in one.references]
    return "\n".join(parts)


def signals_page() -> str:
    """Return every signal with what it computes, how often it is wrong, and its innocent explanations."""
    parts = [
        "# Signals\n",
        "`undazzle signals WORKSPACE network:1` compares the accounts of a group with all other accounts of the same",
        "data. A signal *stands out* if an ordinary group would show so much in at most 1 % of cases and the",
        "difference is large; it says *not testable* with the reason where the data cannot show it. Signals of one",
        "family look at the same thing and count once. A signal through which the group was chosen is shown, marked",
        "and never counted: what you name with `--selected-by`, the trace kinds behind a network's co-actions, and",
        "`synchrony` where these lie within an hour. Of such a network, the posts that met are also left out of all",
        "signals of hours and pace. No signal, and no number of them, says who is behind an account.\n",
        "Control rates are those of `python -m benchmarks --only signals`: random groups of like accounts.\n",
        "A file of accounts or posts will do as well: `undazzle signals accounts.csv --controls others.csv`. A folder",
        "of pictures and videos gives what each file says of its origin and which show the same: `undazzle signals",
        "pictures/`. With `undazzle[vision]` eyes are looked for in portraits, beside what a hit is worth, and videos",
        "(MP4, WebM, Matroska, AVI) are sampled once a second, the first 300 frames at most.\n",
    ]
    for one in SIGNALS.values():
        parts.append(f"## {one.signal_id}\n\n**{one.title}.** {one.summary}\n\n{one.method}\n")
        needs = " or ".join(f"`{name}`" for name in one.needs) or one.needs_words
        parts.append(f"Needs: {needs}. Family: {one.family}. Version {one.version}.\n")
        if one.same_as_traces:
            traces = ", ".join(f"`{name}`" for name in one.same_as_traces)
            parts.append(f"Not counted for networks found through: {traces}.\n")
        if one.parameters:
            rows = [f"| {p.name} | `{p.default!r}` | {p.unit} | {p.description} |" for p in one.parameters]
            parts.append("| parameter | value | unit | meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n")
        parts.append(f"Control rate: {control_rate_words(one.signal_id)}.\n")
        parts.append(f"How often it is wrong: {one.error_rates}\n")
        said = [f"- **{each.title}.** {each.description}" for each in one.innocent_explanations]
        parts.append("Innocent explanations:\n\n" + "\n".join(said) + "\n")
        parts += [f"Source: [{source.title}]({source.url})\n" for source in one.references]
    return "\n".join(parts)


def formats_page() -> str:
    """Return every file format, and the fields of a post."""
    plain = "CSV, TSV, JSON, JSON Lines, Parquet and Excel are read without a format of their own."
    parts = ["# File formats\n", f"{plain}\n"]
    for reader in READERS:
        parts.append(f"## {reader.format_id}\n\n{reader.title}. {reader.summary}\n")
        parts += [f"- {caveat}" for caveat in reader.caveats]
        if reader.documentation:
            parts.append(f"\nFormat: <{reader.documentation}>\n")
    rows = [f"| `{field.name}` | {field.kind} | {field.description} |" for field in POST_FIELDS]
    parts.append("## Fields of a post\n\nThe words for `--map field=column`.\n")
    parts.append("| field | kind | meaning |\n|---|---|---|")
    return "\n".join(parts) + "\n" + "\n".join(rows) + "\n"


def tables_page() -> str:
    """Return every table with its columns."""
    parts = ["# Tables\n", "All times are UTC. Numbers called key hold inside one workspace file only.\n"]
    for table, (words, columns) in TABLE_WORDS.items():
        rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in columns.items())
        parts.append(f"## {table}\n\n{words}\n\n| column | meaning |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def errors_page() -> str:
    """Return every error and warning."""
    parts = ["# Errors\n", "Every error is an `UndazzleError` and also the fitting builtin.\n"]
    for name, one in inspect.getmembers(errors, inspect.isclass):
        if issubclass(one, errors.UndazzleError | errors.UndazzleWarning):
            bases = ", ".join(f"`{base.__name__}`" for base in one.__bases__)
            parts.append(f"## {name}\n\n{inspect.getdoc(one)}\n\nIs also: {bases}\n")
    return "\n".join(parts)


def python_page() -> str:
    """Return the page that mkdocstrings fills from the docstrings."""
    names = ["undazzle.workspace.Workspace", "undazzle.results.Run", "undazzle.results.Networks"]
    names += ["undazzle.results.Network", "undazzle.results.Evidence", "undazzle.results.Table"]
    return "# Python\n\n" + "\n\n".join(f"::: {name}" for name in names) + "\n"


PAGES = {
    "commands.md": commands_page,
    "trace-kinds.md": trace_kinds_page,
    "innocent-explanations.md": explanations_page,
    "signals.md": signals_page,
    "formats.md": formats_page,
    "tables.md": tables_page,
    "errors.md": errors_page,
    "python.md": python_page,
}


def outdated() -> list[str]:
    """Return the names of pages that differ from what the code says."""
    return [
        name
        for name, page in PAGES.items()
        if not (REFERENCE / name).exists() or (REFERENCE / name).read_text(encoding="utf-8") != MADE + page()
    ]


def main() -> int:
    """Write the pages, or check them."""
    if "--check" in sys.argv:
        stale = outdated()
        if stale:
            print(f"Out of date: {', '.join(stale)}. Run: python -m docs.generate")
        return 1 if stale else 0
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(MADE + page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
