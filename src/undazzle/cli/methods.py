"""``undazzle methods``: the catalogue of what this software can do."""

from __future__ import annotations

import textwrap

import click


@click.command("methods", epilog="Example: undazzle methods near_text")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """List trace kinds, file formats and export formats, or explain the one called NAME."""
    from undazzle.errors import UnknownNameError
    from undazzle.ingest.readers import READERS
    from undazzle.publish.exports import EXPORT_FORMATS
    from undazzle.traces import TRACE_KINDS, trace_kind

    if name is None:
        click.echo("Trace kinds (* used by default):")
        for kind in TRACE_KINDS.values():
            click.echo(f"  {kind.kind_id + (' *' if kind.is_default else ''):20} {kind.summary}")
        click.echo("\nFile formats:")
        for reader in READERS:
            click.echo(f"  {reader.format_id:20} {reader.title}")
        click.echo("\nExport formats:")
        for one in EXPORT_FORMATS.values():
            click.echo(f"  {one.format_id:20} {one.description}")
        return
    for reader in READERS:
        if reader.format_id == name:
            click.echo(f"{reader.title}\n\n{textwrap.fill(reader.summary, 100)}\n{reader.documentation}")
            return
    try:
        kind = trace_kind(name)
    except UnknownNameError as error:
        raise UnknownNameError("method", name, [*TRACE_KINDS, *(one.format_id for one in READERS)]) from error
    click.echo(
        f"{kind.title} (trace kind {kind.kind_id}, version {kind.version})\n\n{textwrap.fill(kind.description, 100)}"
    )
    for parameter in kind.parameters:
        click.echo(
            f"\n  {kind.kind_id}.{parameter.name} = {parameter.default!r} {parameter.unit}\n    {parameter.description}"
        )
    click.echo("\nInnocent explanations:")
    for one in kind.innocent_explanations:
        click.echo(
            textwrap.fill(f"{one.title}: {one.description}", 100, initial_indent="  - ", subsequent_indent="    ")
        )
    for reference in kind.references:
        click.echo(f"\nSee: {reference.title} {reference.url}")
