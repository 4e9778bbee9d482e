"""A network of a run, pinned to a case: what was measured, against what, and what ordinary reason was tested.

It holds counts and no names of accounts; these stay in the workspace, bound to it by a hash.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from undazzle.casebook.fields import FindingId, Line, PartialDate, Sha256, Slug, Text
from undazzle.casebook.records import Part, Record


class Outcome(StrEnum):
    """What a test of an observable says. Not testable is not the same as absent."""

    STANDS_OUT = "stands-out"
    ORDINARY = "ordinary"
    NOT_TESTABLE = "not-testable"


class TestedExplanation(Part):
    """An ordinary reason, and what its test said."""

    title: Line = Field(description="The ordinary reason.")
    verdict: Line = Field(description="What the test said, e.g. fits, excluded, not testable.")


class TestedSignal(Part):
    """A signal of the accounts, beside the other accounts of the same data."""

    signal: Slug = Field(description="Name of the signal.")
    title: Line = Field(description="What is looked at.")
    outcome: Outcome = Field(description="What the test said.")
    figure: Line | None = Field(default=None, description="The figure, beside the rate elsewhere.")
    innocent: Line | None = Field(default=None, description="What else it could be.")
    is_selection: bool = Field(default=False, description="The group was chosen by it; it does not count.")


class TestedPlaybook(Part):
    """How far the group agrees with one playbook, an operation's or an ordinary one's."""

    playbook: Slug = Field(description="Name of the playbook.")
    is_ordinary: bool = Field(description="Whether it describes something ordinary.")
    agreeing: int = Field(ge=0, description="Observables that agree.")
    testable: int = Field(ge=0, description="Observables that could be tested.")
    coverage: float = Field(ge=0, le=1, description="Share of the weight of testable observables that agrees.")
    low: float = Field(ge=0, le=1, description="Lower end of its 95 % interval.")
    high: float = Field(ge=0, le=1, description="Upper end of its 95 % interval.")
    margin: float = Field(description="Over the nearest other playbook.")
    margin_over_nulls: float = Field(description="Over the nearest ordinary one.")


class Finding(Record):
    """What a run found, as it stood on the day it was pinned."""

    id: FindingId
    title: Line = Field(description="What acted together, in one line.")
    network: Line = Field(description="Where it stands, e.g. run:2/network:1.")
    name: Line = Field(description="Name made from the members.")
    method: Line = Field(description="How it was found.")
    software: Line = Field(description="What computed it, with its version.")
    seed: int = Field(description="Seed of the run.")
    input_sha256: Sha256 = Field(description="Fingerprint of everything that was ingested.")
    members_sha256: Sha256 = Field(description="Hash of the sorted ids of the members.")
    parameters: Text = Field(description="Settings of the run, as JSON.")
    finished: PartialDate | None = Field(default=None, description="Day of the run.")
    accounts: int = Field(ge=0, description="Members.")
    pairs: int = Field(ge=0, description="Pairs of members that acted together.")
    co_actions: int = Field(ge=0, description="Times two members did the same within the window.")
    items: int = Field(ge=0, description="Different things shared.")
    days: int = Field(ge=0, description="Days on which it happened.")
    first: PartialDate | None = Field(default=None, description="First day.")
    last: PartialDate | None = Field(default=None, description="Last day.")
    kinds: tuple[Line, ...] = Field(default=(), description="Kinds of trace.")
    window: Line | None = Field(default=None, description="Largest gap.")
    expected: float | None = Field(default=None, ge=0, description="Co-actions that chance alone gives.")
    held_out_observed: float | None = Field(default=None, description="Seen on items that took no part in finding.")
    held_out_expected: float | None = Field(default=None, description="Chance on these items.")
    q_value: float | None = Field(default=None, description="Share of false findings among such.")
    timing_testable: bool = Field(default=True, description="False: nobody else shares this, so timing says nothing.")
    explained_by: Line | None = Field(default=None, description="The ordinary reason that fits, if one does.")
    explanations: tuple[TestedExplanation, ...] = Field(default=(), description="Ordinary reasons tested.")
    signals: tuple[TestedSignal, ...] = Field(default=(), description="Signals of the accounts.")
    playbooks: tuple[TestedPlaybook, ...] = Field(default=(), description="Playbooks, the nearest first.")
    playbook_sentence: Text | None = Field(default=None, description="What the playbooks allow to say.")
    not_testable: tuple[Line, ...] = Field(default=(), description="Observables that these data cannot show.")
    pinned_by: Line | None = Field(default=None, description="Who pinned it.")
    pinned: PartialDate | None = Field(default=None, description="When.")
    is_demonstration: bool = Field(default=False, description="Made from invented data.")
    seal: Sha256 | None = Field(default=None, description="Hash of this record when it was pinned.")
