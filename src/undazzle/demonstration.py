"""What ``undazzle demo`` builds: a synthetic corpus through the main job, a judgement, a page read, the tracker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from undazzle.workspace import Workspace, fresh_workspace_file

if TYPE_CHECKING:
    from undazzle.casebook import Case
    from undazzle.publish.site import SiteSummary
    from undazzle.reading.reading import Reading


@dataclass(frozen=True)
class DemoCase:
    """The casebook half of the demo.

    Attributes
    ----------
    reading
        What was found in the page that ships with the software.
    drafts, drafts_folder
        How many drafts of claims wait for a person, and where.
    site
        The tracker site of the shipped edition.
    judgement, judgement_site
        The case that goes from a planted network to a signed judgement, and its site; nothing if no demo was built in
        the same folder before.
    """

    reading: Reading
    drafts: int
    drafts_folder: Path
    site: SiteSummary
    judgement: Case | None = None
    judgement_site: SiteSummary | None = None


def build_demo(folder: Path | str = "undazzle-demo", *, seed: int = 0, overwrite: bool = False) -> Workspace:
    """Build the neutral synthetic corpus, ingest it, detect, and write the reports (``undazzle.demo``).

    Parameters
    ----------
    folder
        Where ``posts.jsonl``, ``workspace.duckdb``, ``report.html``, ``networks/`` and ``judgement/`` go.
    seed
        Seed of the corpus.
    overwrite
        Replace an earlier demo.

    Raises
    ------
    OutputExistsError
        If the folder holds a workspace already.
    """
    from undazzle.samples import build_corpus, write_corpus

    base = Path(folder)
    workspace_file = fresh_workspace_file(base, overwrite=overwrite)
    write_corpus(build_corpus(seed), base / "posts.jsonl")
    ws = Workspace(workspace_file)
    ws.ingest(base / "posts.jsonl", citation="Synthetic posts made by Undazzle; no real persons.")
    ws.detect(command="undazzle demo", seed=seed)
    ws.investigate(seed=seed)
    ws.publish_run(base, overwrite=True, case=_judge(ws, base / "judgement"))
    return ws


def _judge(ws: Workspace, folder: Path) -> Case | None:
    """Write the case that goes from the first network which nothing explains to a signed judgement."""
    import shutil

    from undazzle.demonstrated_case import build_judgement

    open_questions = [one for one in ws.networks if one.explained_by is None]
    if not open_questions:
        return None
    if (folder / "case.yaml").is_file():
        shutil.rmtree(folder)
    return build_judgement(folder, open_questions[0])


def build_demo_case(folder: Path | str = "undazzle-demo", *, overwrite: bool = False) -> DemoCase:
    """Read an invented aggregator page into drafts of claims, and write the tracker site of the shipped edition.

    Parameters
    ----------
    folder
        Where ``aggregator-page.html``, ``case/`` and ``tracker/`` go.
    overwrite
        Replace an earlier demo.

    Raises
    ------
    OutputExistsError
        If they are there already.
    """
    import shutil

    from undazzle.casebook import load_case, shipped_edition
    from undazzle.casebook.new_case import begin_case
    from undazzle.publish.site import build_site
    from undazzle.reading.drafts import drafts_of, name_of
    from undazzle.reading.reading import read_file
    from undazzle.reading.sample_page import PAGE_NAME, write_aggregator_page
    from undazzle.reading.shelf import put_on_shelf

    base = Path(folder)
    base.mkdir(parents=True, exist_ok=True)
    edition = load_case(shipped_edition())
    reading = read_file(write_aggregator_page(base / PAGE_NAME, overwrite=overwrite))
    if overwrite:
        shutil.rmtree(base / "case", ignore_errors=True)
    begin_case(base / "case", "A case begun by reading one page")
    shelf = put_on_shelf(base / "case", name_of(reading), PAGE_NAME, drafts_of(reading, edition))
    site = build_site(edition, base / "tracker", overwrite=overwrite)
    judged = load_case(base / "judgement") if (base / "judgement" / "case.yaml").is_file() else None
    shown = build_site(judged, base / "judgement-site", overwrite=overwrite) if judged else None
    return DemoCase(reading, len(shelf.waiting()), shelf.folder, site, judged, shown)
