"""The command ``undazzle``: finds the subcommand, turns errors into one line and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from undazzle._version import __version__
from undazzle.errors import (
    ClusterFailedError,
    ClusterUnavailableError,
    MissingExtraError,
    TooLargeError,
    UndazzleError,
    WorkspaceError,
)

# No command multiplies matrices; starting a pool of threads for it would cost 0.05 s of CPU each time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# name -> module that holds the command, in the order help shows them
COMMANDS = {
    "demo": "demo",
    "run": "run",
    "inspect": "inspect_file",
    "ingest": "ingest",
    "detect": "detect",
    "networks": "networks",
    "show": "show",
    "evidence": "evidence",
    "compare": "compare",
    "signals": "signals",
    "narratives": "narratives",
    "impact": "impact",
    "case": "case",
    "match": "match",
    "playbook": "match",  # its earlier name
    "weigh": "weigh",
    "read": "read",
    "mail": "mail",
    "intrusion": "intrusion",
    "report": "report",
    "site": "site",
    "export": "export",
    "query": "query",
    "methods": "methods",
    "bench": "bench",
}

SUMMARIES = {
    "demo": "Build a neutral synthetic corpus and run the main job on it",
    "run": "Ingest, detect and report on your own dump, in one line",
    "inspect": "Say what a file is and what can be detected with it; writes nothing",
    "ingest": "Read files of posts into a workspace",
    "detect": "Find accounts that acted together",
    "networks": "List the networks of a run",
    "show": "Show one network, run or source",
    "evidence": "Show the posts behind a network or a pair of accounts",
    "compare": "Compare the members of two networks",
    "signals": "Compare the accounts of a group with all others: registration, names, hours, languages",
    "narratives": "Group posts that say the same; who said it first, and whom it names",
    "impact": "Measure whether anyone outside a network listened",
    "playbook": "The earlier name of match",
    "match": "Hold a group against what is published about operations, and against ordinary look-alikes",
    "weigh": "Weigh competing hypotheses by what speaks against each",
    "case": "Read, check and edit a casebook: who claimed what, and what speaks against it",
    "read": "Read pages and reports: whose words they are, what repeats, and who claims what",
    "mail": "Say how mails came: what is recorded, what was checked, what they merely claim",
    "intrusion": "Say where published indicators were seen: in posts, mails and logs; show known groups",
    "report": "Write a report of a run or a network as one HTML file",
    "site": "Write the tracker site of a case: static pages that open from disk and load nothing",
    "export": "Write a network or a casebook in a standard format",
    "query": "Run reading SQL over a workspace",
    "methods": "List or explain trace kinds, file formats and export formats",
    "bench": "Measure how well detection works, on data with known truth",
}


class LazyGroup(click.Group):
    """A group whose commands are imported only when used, so that ``--help`` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order help shows them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"undazzle.cli.{COMMANDS[cmd_name]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from their summaries, without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: undazzle demo    Your own data: undazzle run posts.csv -o out",
)
@click.version_option(__version__, prog_name="undazzle")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Find accounts that act in concert, and the posts that show it.

    Undazzle measures synchrony. It does not say who is behind an account.
    """
    ctx.obj = {"debug": debug}


def exit_code(error: BaseException) -> int:
    """Return the exit code for an error: 1 failure, 2 user error, 3 missing dependency, 130 interrupted."""
    if isinstance(error, KeyboardInterrupt):
        return 130
    if isinstance(error, MissingExtraError | ClusterUnavailableError):
        return 3
    if isinstance(error, TooLargeError | WorkspaceError | ClusterFailedError):
        return 1
    return 2 if isinstance(error, UndazzleError) else 1


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit."""
    # Imports make tens of thousands of objects that live as long as the process: looking through them for garbage
    # again and again takes 0.03 s of CPU of every command.
    gc.set_threshold(50_000, 20, 20)
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        result: Any = cli.main(given, prog_name="undazzle", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Abort:
        return _say("Stopped. The workspace is as it was before this command; run it again to go on.", 130)
    except KeyboardInterrupt:
        return _say("Stopped. The workspace is as it was before this command; run it again to go on.", 130)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except UndazzleError as error:
        if "--debug" in given:
            raise
        return _say(f"undazzle: {error}", exit_code(error))


def _say(line: str, code: int) -> int:
    click.echo(line, err=True)
    return code
