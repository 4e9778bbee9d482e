"""``undazzle methods``: the catalogue of what this software can do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from undazzle.coordination.explanations import Explanation
    from undazzle.ingest.formats import Reader
    from undazzle.signals import Signal
    from undazzle.traces.kinds import TraceKind

_WIDTH = 100


@click.command("methods", epilog="Example: undazzle methods near_text")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """List trace kinds, innocent explanations, signals, file and export formats, or explain the one called NAME."""
    for line in _catalogue() if name is None else _explain(name):
        click.echo(line)


def _catalogue() -> Iterator[str]:
    from undazzle.coordination.explanations import EXPLANATIONS
    from undazzle.ingest.readers import READERS
    from undazzle.publish.exchange import EXCHANGE_FORMATS
    from undazzle.publish.exports import network_formats
    from undazzle.signals import SIGNALS
    from undazzle.traces import TRACE_KINDS

    yield "Trace kinds (* used by default):"
    for kind in TRACE_KINDS.values():
        yield f"  {kind.kind_id + (' *' if kind.is_default else ''):20} {kind.summary}"
    yield "\nInnocent explanations tested for every network:"
    for explanation in EXPLANATIONS.values():
        yield f"  {explanation.explanation_id:20} {explanation.title}"
    yield "\nSignals of accounts (undazzle signals):"
    for signal in SIGNALS.values():
        yield f"  {signal.signal_id:20} {signal.summary}"
    yield "\nFile formats:"
    for reader in READERS:
        yield f"  {reader.format_id:20} {reader.title}"
    yield "\nExport formats of a network:"
    for one in network_formats().values():
        yield f"  {one.format_id:20} {one.description}"
    yield "\nExchange formats of a case:"
    for other in EXCHANGE_FORMATS.values():
        yield f"  {other.format_id:20} {other.description}"


def _explain(name: str) -> Iterator[str]:
    from undazzle.coordination.explanations import EXPLANATIONS
    from undazzle.errors import UnknownNameError
    from undazzle.ingest.readers import READERS
    from undazzle.signals import SIGNALS
    from undazzle.traces import TRACE_KINDS, trace_kind

    formats = {reader.format_id: reader for reader in READERS}
    if name in formats:
        return _explain_format(formats[name])
    if name in EXPLANATIONS:
        return _explain_explanation(EXPLANATIONS[name])
    if name in SIGNALS:
        return _explain_signal(SIGNALS[name])
    try:
        return _explain_kind(trace_kind(name))
    except UnknownNameError as error:
        raise UnknownNameError("method", name, [*TRACE_KINDS, *EXPLANATIONS, *SIGNALS, *formats]) from error


def _explain_format(reader: Reader) -> Iterator[str]:
    yield f"{reader.title} (file format {reader.format_id})\n"
    yield textwrap.fill(reader.summary, _WIDTH)
    for caveat in reader.caveats:
        yield textwrap.fill(caveat, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    if reader.documentation:
        yield f"\nSee: {reader.documentation}"


def _explain_explanation(one: Explanation) -> Iterator[str]:
    yield f"{one.title} (innocent explanation {one.explanation_id})\n"
    yield textwrap.fill(f"We would see: {one.would_see}.", _WIDTH)
    for parameter in one.parameters:
        yield f"\n  {parameter.name} = {parameter.default!r} {parameter.unit}"
        yield f"    {parameter.description}"
    yield "\n" + textwrap.fill(f"Limits: {one.limits}", _WIDTH)
    for reference in one.references:
        yield f"\nSee: {reference.title} {reference.url}"


def _explain_signal(one: Signal) -> Iterator[str]:
    yield f"{one.title} (signal {one.signal_id}, version {one.version})\n"
    yield textwrap.fill(one.method, _WIDTH)
    for parameter in one.parameters:
        yield f"\n  {parameter.name} = {parameter.default!r} {parameter.unit}".rstrip()
        yield f"    {parameter.description}"
    yield "\n" + textwrap.fill(f"How often it is wrong: {one.error_rates}", _WIDTH)
    yield "\nInnocent explanations:"
    for each in one.innocent_explanations:
        text = f"{each.title}: {each.description}"
        yield textwrap.fill(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    for reference in one.references:
        yield f"\nSee: {reference.title} {reference.url}"


def _explain_kind(kind: TraceKind) -> Iterator[str]:
    yield f"{kind.title} (trace kind {kind.kind_id}, version {kind.version})\n"
    yield textwrap.fill(kind.description, _WIDTH)
    if kind.peer_names:
        yield f"\nElsewhere called: {', '.join(kind.peer_names)}"
    for parameter in kind.parameters:
        yield f"\n  {kind.kind_id}.{parameter.name} = {parameter.default!r} {parameter.unit}".rstrip()
        yield f"    {parameter.description}"
    yield "\nInnocent explanations:"
    for one in kind.innocent_explanations:
        text = f"{one.title}: {one.description}"
        yield textwrap.fill(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    for reference in kind.references:
        yield f"\nSee: {reference.title} {reference.url}"
