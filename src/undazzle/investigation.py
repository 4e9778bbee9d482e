"""The part of the façade that looks beyond a network: what is said, against whom, and whether anyone listened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from undazzle.errors import ParameterError, UnknownNameError
from undazzle.store import Store, find_run, list_runs

if TYPE_CHECKING:
    from undazzle.impact import Impact, Seen
    from undazzle.narratives import EmbeddingSettings, Lead, NarrativeSettings, TargetCount
    from undazzle.narratives import Path as NarrativePath
    from undazzle.narratives.influence import Influence
    from undazzle.narratives.stance import Stance
    from undazzle.results import Comparison, Table
    from undazzle.results.between_runs import RunComparison
    from undazzle.signals.group import Shared
    from undazzle.store import RunRecord

ProgressLine = Callable[[str], None]

# What a run computes beyond networks stays cheap: so many posts times networks, and so many posts for narratives.
_MOST_POST_READS = 20_000_000
_MOST_NETWORKS = 50
_MOST_POSTS_GROUPED = 500_000


class Investigation:
    """What :class:`undazzle.workspace.Workspace` offers once networks are found."""

    store: Store

    def impact(
        self, network: int | str, *, run: int | str | None = None, observed: Iterable[Seen] = (), seed: int = 0
    ) -> Impact:
        """Measure who engaged with a network, how far its posts travelled, and its Breakout category over time.

        ``observed`` are logged observations known to belong to it (``undazzle.impact.seen_from_observation``).
        The measurement is kept as a run of its own.
        """
        from undazzle.impact import measure_impact
        from undazzle.results.networks import find_network

        found = find_network(self.store, network, run)
        return measure_impact(self.store, found.network_id, run=found.run.run_id, observed=observed, seed=seed)

    def compare(self, a: int | str, b: int | str, *, other: Investigation | None = None) -> Comparison | RunComparison:
        """Lay two networks or two whole runs side by side.

        Parameters
        ----------
        a, b
            Both runs (``"run:1"``, or the name of one) or both networks (``"run:2/network:1"``).
        other
            The open workspace in which ``b`` stands; this one if not given.

        Raises
        ------
        UnknownNameError
            If there is no such run or network.
        ParameterError
            If one is a run and the other a network.
        """
        from undazzle.results import Run, compare, find_network
        from undazzle.results.between_runs import compare_runs

        second = self.store if other is None else other.store
        runs = [_is_run(store, one) for store, one in ((self.store, a), (second, b))]
        if runs[0] != runs[1]:
            raise ParameterError("compare", f"{a} {b}", "Name two runs, or two networks.")
        if runs[0]:
            return compare_runs(Run.find(self.store, a), Run.find(second, b))
        return compare(find_network(self.store, a), find_network(second, b))

    def investigate(
        self, run: int | str | None = None, *, seed: int = 0, progress: ProgressLine | None = None
    ) -> list[str]:
        """Compute what the report's sections on accounts, narratives, targets and impact show, as far as it is cheap.

        Signals and impact of the first networks, narratives of all posts, and the targets of the shipped edition. All
        of it is kept in the workspace.

        Parameters
        ----------
        run
            The run whose networks are looked at; the latest if not given.
        seed
            Seed of everything random.
        progress
            Called with a line before each step.

        Returns
        -------
        list of str
            What was left out, why, and the command that computes it; empty if nothing was.
        """
        from undazzle.results import Run

        say = progress or (lambda _: None)
        found = Run(self.store, find_run(self.store, run))
        networks = list(found.networks)
        if not networks:
            return []
        posts = int(self.store.rows("SELECT count(*) FROM posts")[0][0])
        chosen = networks[: max(1, min(_MOST_NETWORKS, _MOST_POST_READS // max(1, posts)))]
        left = self._grouped(posts, seed, say)
        if not left:
            say("Fitting influence")
            self.narrative_influence(found.run_id, seed=seed)
        say("Counting targets")
        self.targets(networks=found.run_id, keep=True)
        shared: Shared = {}
        for one in chosen:
            say(f"Looking at {one.reference}")
            self.keep_signals(found.run_id, one.network_id, shared=shared)
            self.impact(one.network_id, run=found.run_id, seed=seed)
        if len(chosen) < len(networks):
            left.append(
                f"Signals and impact of {len(networks) - len(chosen)} of {len(networks)} networks were left out to "
                f"save time: undazzle signals WS network:N, undazzle impact WS network:N, undazzle report"
            )
        return left

    def _grouped(self, posts: int, seed: int, say: ProgressLine) -> list[str]:
        from undazzle.errors import UndazzleError
        from undazzle.narratives import NarrativeSettings

        if posts > _MOST_POSTS_GROUPED:
            return [
                f"Narratives of {posts:,} posts were left out to save time: undazzle narratives WS, undazzle report"
            ]
        try:
            self.narratives(NarrativeSettings(seed=seed), say=say)
        except UndazzleError as error:
            return [f"Narratives were not searched for: {error}"]
        return []

    def keep_signals(self, run: int | str, network_id: int, *, shared: Shared | None = None) -> None:
        """Compute the signals of a network and keep them for reports. Writes ``indicators``.

        ``shared`` is one dictionary for several networks of the same posts, which saves what does not depend on them.
        """
        from undazzle.signals import choose_network, read_signals, write_indicators

        choice = choose_network(self.store, find_run(self.store, run).run_id, network_id)
        write_indicators(self.store, choice, read_signals(self.store, choice, shared=shared))

    def narratives(
        self,
        settings: NarrativeSettings | None = None,
        *,
        embeddings: EmbeddingSettings | Path | str | None = None,
        again: bool = False,
        say: ProgressLine = lambda _: None,
    ) -> RunRecord:
        """Group posts that say the same; a search with the same settings and posts is not repeated unless asked.

        ``embeddings`` is a local file of vectors of posts, computed by the user, which joins languages.
        """
        from undazzle.narratives import EmbeddingSettings, NarrativeSettings, find_narratives
        from undazzle.narratives.finding import search_parameters
        from undazzle.store.runs import input_fingerprint

        asked = settings or NarrativeSettings()
        vectors = EmbeddingSettings(Path(embeddings)) if isinstance(embeddings, str | Path) else embeddings
        parameters = search_parameters(asked, vectors)
        known = [
            one
            for one in list_runs(self.store)
            if one.method == "narratives"
            and one.state == "finished"
            and one.parameters == parameters
            and one.input_fingerprint == input_fingerprint(self.store)
        ]
        if known and not again:
            return known[-1]
        return find_run(self.store, find_narratives(self.store, asked, embeddings=vectors, say=say))

    def narrative_table(self, run: int | str) -> Table:
        """Return the narratives of a run, most accounts first."""
        from undazzle.results import Table

        found = find_run(self.store, run)
        return Table(
            self.store,
            f"SELECT * FROM narratives WHERE run_id = {found.run_id} ORDER BY narrative_id",
            title="Narratives",
            note="Saying the same is no sign of acting together.",
            run_id=found.run_id,
        )

    def narrative_path(
        self,
        narrative: int | str,
        *,
        run: int | str | None = None,
        networks: int | str | None = None,
        outlets: Path | str | None = None,
    ) -> NarrativePath:
        """Follow one narrative: first seen, crossing points, outlets, amplifiers."""
        from undazzle.narratives import follow, read_outlets, shipped_outlets

        number = _number("narrative", narrative)
        listed = read_outlets(Path(outlets)) if outlets else shipped_outlets()
        members_of = None if networks is None else find_run(self.store, networks).run_id
        return follow(self.store, number, run=run, networks_run=members_of, outlets=listed)

    def narrative_lead(self, networks: int | str, *, run: int | str | None = None) -> Lead:
        """Count how often members of networks said a narrative first, beside what their share gives."""
        from undazzle.narratives import who_leads

        return who_leads(self.store, find_run(self.store, networks).run_id, run=run)

    def narrative_influence(self, networks: int | str, *, run: int | str | None = None, seed: int = 0) -> Influence:
        """Fit which part of the posts of one side follows posts of the other; consistent with influence at most.

        The result is kept for reports, also a refusal.
        """
        from undazzle.narratives.kept import keep_influence

        return keep_influence(self.store, find_run(self.store, networks).run_id, run=run, seed=seed)

    def stance(self, labels: Path | str) -> Stance:
        """Return how posts stand to targets as people labelled them in a CSV file, with the agreement of readers.

        The result is kept for reports.
        """
        from undazzle.narratives.kept import keep_stance

        return keep_stance(self.store, Path(labels))

    def targets(
        self,
        case: Path | str | None = None,
        *,
        networks: int | str | None = None,
        aliases: Path | str | None = None,
        gazetteer: Path | str | None = None,
        narrative: int | str | None = None,
        keep: bool = False,
    ) -> list[TargetCount]:
        """Count posts that name each target of a case (the shipped edition if none is given), most named first.

        ``gazetteer`` is a CSV of further public roles, instead of the shipped list of 2024. With ``keep``, counts
        beside the networks of a run (the latest if none is named) are kept for its reports.
        """
        from undazzle.casebook import load_case, shipped_edition
        from undazzle.narratives import count_targets
        from undazzle.narratives.gazetteer import read_gazetteer
        from undazzle.narratives.measured_targets import measure_targets
        from undazzle.narratives.paths import find_narratives_run
        from undazzle.narratives.targets import read_aliases

        loaded = load_case(Path(case) if case else shipped_edition())
        names = read_aliases(Path(aliases)) if aliases else None
        roles = read_gazetteer(Path(gazetteer)) if gazetteer else None
        run = None if networks is None and not keep else find_run(self.store, networks).run_id
        if keep and run is not None:
            return measure_targets(self.store, loaded, networks_run=run, aliases=names, gazetteer=roles)
        return count_targets(
            self.store,
            loaded,
            networks_run=run,
            aliases=names,
            gazetteer=roles,
            narratives_run=None if narrative is None else find_narratives_run(self.store, None),
            narrative_id=None if narrative is None else _number("narrative", narrative),
        )


def _is_run(store: Store, reference: int | str) -> bool:
    text = str(reference)
    return (text.startswith("run:") and "/" not in text) or text in {one.name for one in list_runs(store) if one.name}


def _number(kind: str, reference: int | str) -> int:
    text = str(reference).removeprefix(f"{kind}:")
    if not text.isdigit():
        raise UnknownNameError(kind, str(reference), [f"{kind}:1, {kind}:2 …"])
    return int(text)
