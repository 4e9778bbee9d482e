from __future__ import annotations

import random
from itertools import combinations

import pytest
from click.testing import CliRunner

from tests.signals.builders import members_of, post, workspace
from undazzle.cli.main import cli
from undazzle.errors import SourceError
from undazzle.signals import choose_accounts, read_follows, read_signals
from undazzle.signals.follow_rings import mutual_pairs, ring_of
from undazzle.signals.follows import Follows

OTHERS = 200


def town(seed=0, circles=20, density=0.35):
    """Follows among 200 people in circles of friends of ten, with some follows across."""
    draw = random.Random(seed)
    found = set()
    for circle in range(circles):
        people = [f"c{one}" for one in range(circle * OTHERS // circles, (circle + 1) * OTHERS // circles)]
        for one, other in combinations(people, 2):
            if draw.random() < density:
                found |= {(one, other), (other, one)}
    for _ in range(1500):
        found.add((f"c{draw.randrange(OTHERS)}", f"c{draw.randrange(OTHERS)}"))
    return found


def ring(members, seed=1):
    """Members who all follow each other, and some of the town, which seldom follows back."""
    draw = random.Random(seed)
    return {(one, other) for one in members for other in members if one != other} | {
        (one, f"c{draw.randrange(OTHERS)}") for one in members for _ in range(8)
    }


def written(tmp_path, follows):
    path = tmp_path / "follows.csv"
    path.write_text("follower,followed\n" + "".join(f"{one},{other}\n" for one, other in sorted(follows)), "utf-8")
    return path


def people(tmp_path, members):
    rows = [post(name, one, handle=f"name_{name}") for one, name in enumerate(members)]
    return workspace(tmp_path, rows + [post(f"c{one}", one, handle=f"name_c{one}") for one in range(OTHERS)])


def reading(tmp_path, members, follows):
    store = people(tmp_path, [one for one in members if one.startswith("m")])
    found = read_follows(store, written(tmp_path, follows))
    (one,) = read_signals(store, choose_accounts(store, members), signals=["follow_rings"], follows=found)
    return one.reading


def test_a_ring_that_follows_itself_stands_out_against_circles_of_friends(tmp_path):
    found = reading(tmp_path, members_of(10), town() | ring(members_of(10)))
    assert found.outcome == "stands_out"
    assert found.value == 1.0
    assert found.control_value < 0.5


def test_a_circle_of_friends_like_others_is_ordinary(tmp_path):
    found = reading(tmp_path, [f"c{one}" for one in range(10)], town())
    assert found.outcome == "ordinary"


def test_a_ring_among_people_whose_circles_are_as_dense_is_ordinary(tmp_path):
    found = reading(tmp_path, members_of(10), town(density=0.95) | ring(members_of(10)))
    assert found.outcome == "ordinary"


def test_random_groups_seldom_stand_out():
    draw = random.Random(5)
    numbers = {f"c{one}": one + 1 for one in range(OTHERS)}
    follows = as_follows({(numbers[one], numbers[other]) for one, other in town(3) if one != other})
    found = []
    for _ in range(40):
        members = draw.sample(range(1, OTHERS + 1), 8)
        found.append(ring_of(follows, members, [one for one in range(1, OTHERS + 1) if one not in members]))
    assert sum(one.p_friends is not None and max(one.p_chance, one.p_friends) <= 0.01 for one in found) <= 1


def as_follows(pairs):
    out, back = {}, {}
    for one, other in pairs:
        out.setdefault(one, set()).add(other)
        back.setdefault(other, set()).add(one)
    return Follows({k: frozenset(v) for k, v in out.items()}, {k: frozenset(v) for k, v in back.items()})


def test_mutual_pairs_are_those_that_brute_force_counts():
    draw = random.Random(2)
    pairs = {(draw.randrange(30), draw.randrange(30)) for _ in range(300)}
    pairs = {(one, other) for one, other in pairs if one != other}
    inside = frozenset(draw.sample(range(30), 12))
    exact = sum((one, other) in pairs and (other, one) in pairs for one, other in combinations(sorted(inside), 2))
    assert mutual_pairs(as_follows(pairs), inside) == exact


@pytest.mark.parametrize(
    ("follows", "word"),
    [
        (ring(members_of(10)), "what is ordinary cannot be seen"),
        (town(), "names 0 accounts of the group"),
    ],
)
def test_lists_that_know_only_one_side_test_nothing(tmp_path, follows, word):
    found = reading(tmp_path, members_of(10), follows)
    assert found.outcome == "not_testable"
    assert word in found.reason


def test_without_a_list_it_is_not_testable_and_says_which_file_is_needed(tmp_path):
    store = people(tmp_path, members_of(6))
    (found,) = read_signals(store, choose_accounts(store, members_of(6)), signals=["follow_rings"])
    assert found.reading.outcome == "not_testable"
    assert "follower and followed" in found.reading.reason


def test_accounts_are_known_by_id_or_handle_and_bad_rows_are_counted(tmp_path):
    store = people(tmp_path, members_of(2))
    path = tmp_path / "follows.tsv"
    path.write_text(
        "Follower\tFollowed\nm0\t@Name_M1\nNAME_m1\tm0\nm0\tm1\nm0\tm0\n\tm1\nstranger\tm0\nm1\t" + "x" * 999 + "\n",
        "utf-8",
    )
    found = read_follows(store, path)
    keys = dict(store.rows("SELECT handle, account_key FROM accounts"))
    assert found.mutual(keys["name_m0"]) == {keys["name_m1"]}
    assert (found.number, found.repeated, found.rejected) == (3, 1, 3)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"a,b\n1,2\n", "no column named follower or followed"),
        (b"follower,followed\n", "no follow"),
        (b"follower,followed\n\xff\xfe,1\n", "cannot be read"),
        (b"", "no column"),
    ],
)
def test_files_that_are_no_list_of_follows_are_refused(tmp_path, content, word):
    store = people(tmp_path, members_of(2))
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(SourceError, match=word):
        read_follows(store, tmp_path / "a.csv")


def test_more_follows_than_fit_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("undazzle.signals.follows.MOST_FOLLOWS", 5)
    with pytest.raises(SourceError, match="more than 5 follows"):
        read_follows(people(tmp_path, members_of(2)), written(tmp_path, town()))


def test_the_command_reads_a_list_of_follows(tmp_path):
    rows = [f"{name},f{name},2019-03-{1 + one % 28:02d}" for one, name in enumerate([*members_of(10)])]
    others = [f"c{one},fc{one},2018-03-{1 + one % 28:02d}" for one in range(OTHERS)]
    (tmp_path / "a.csv").write_text("\n".join(["userid,screen_name,created_at", *rows]), "utf-8")
    (tmp_path / "b.csv").write_text("\n".join(["userid,screen_name,created_at", *others]), "utf-8")
    follows = written(tmp_path, town() | ring(members_of(10)))
    result = CliRunner().invoke(
        cli,
        ["signals", str(tmp_path / "a.csv"), "--controls", str(tmp_path / "b.csv"), "--follows", str(follows),
         "--signal", "follow_rings"],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "Stands out" in result.output
