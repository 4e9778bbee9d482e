"""Truth: innocent look-alikes are explained by the reason they were made with, planted networks by none."""

from __future__ import annotations

import pytest

from tests.coordination.explanations.builders import explained, meeting_members, sample
from undazzle.coordination import DetectionSettings, detect
from undazzle.coordination.explanations import Explained
from undazzle.results import Run


def group(label: str, kinds: tuple[str, ...], window: float, most: int = 1000) -> Explained:
    """Explain the members of a sample group that a network of these traces would hold."""
    accounts = sorted({name for kind in kinds for name in meeting_members(label, kind, window, most)})
    assert len(accounts) > 1
    return explained(sample()[1], accounts, kinds, window)


LOOK_ALIKES = [
    ("news_syndicate", ("link", "text"), 60.0, 1000, "automation"),
    ("weather_service", ("domain",), 60.0, 1000, "automation"),
    ("fan_club", ("hashtag_sequence",), 60.0, 6, "shared_interest"),
    ("fan_club", ("hashtag",), 600.0, 12, "shared_interest"),
    ("friends", ("repost",), 3600.0, 1000, "contagion"),
    ("petition", ("link", "text"), 60.0, 8, "share_button"),
    ("viral_post", ("repost",), 60.0, 8, "viral_item"),
]


@pytest.mark.parametrize(("label", "kinds", "window", "most", "reason"), LOOK_ALIKES)
def test_a_look_alike_is_explained(label: str, kinds: tuple[str, ...], window: float, most: int, reason: str) -> None:
    found = group(label, kinds, window, most)
    assert found.results[reason].verdict == "fits", {name: one.verdict for name, one in found.results.items()}
    assert found.is_explained


@pytest.mark.parametrize(
    ("label", "kinds", "window"),
    [
        ("link_queues", ("link", "text"), 60.0),
        ("link_queues", ("link",), 600.0),
        ("link_queues", ("near_text",), 60.0),
        ("paraphrasers", ("text",), 60.0),
        ("paraphrasers", ("near_text",), 60.0),
        ("closed_ring", ("link",), 3600.0),
        ("closed_ring", ("link",), 6 * 3600.0),
        ("closed_ring", ("domain",), 3600.0),
    ],
)
def test_nothing_ordinary_explains_a_planted_network(label: str, kinds: tuple[str, ...], window: float) -> None:
    found = group(label, kinds, window)
    assert not found.is_explained, (found.explained_by, found.headline_sentence)


@pytest.mark.parametrize("method", ["window", "calibrated"])
def test_what_stays_unexplained_after_a_detection_was_planted(method: str) -> None:
    corpus, store = sample()
    run = Run.find(store, detect(store, DetectionSettings(method=method)))
    kind_of = {group.label: group.kind for group in corpus.groups}
    kinds = {account.split(":")[-1]: kind_of[label] for account, label in corpus.truth.items()}
    planted = 0
    for network in run.networks:
        members = [kinds[row["account_id"].split(":")[-1]] for row in network.members]
        if members.count("planted") > len(members) / 2:
            planted += 1
            assert network.explained_by is None, network.summary
        elif network.facts["co_actions"] >= 10:  # chance meetings of two or three need no explanation
            assert network.explained_by, network.summary
    assert planted >= 3
