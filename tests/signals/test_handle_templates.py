from __future__ import annotations

import random

from tests.signals.builders import members_of, post, read, workspace

NAMES = ["Ferry", "Quay", "Library", "Rain", "Bakery", "Orchard", "Tide", "Lantern", "Meadow", "Copper"]


def people(count: int) -> list[dict[str, object]]:
    draw = random.Random(0)
    words = ["quay", "Ferry", "library", "Rain", "bakery", "Orchard", "tide", "Lantern"]
    return [
        post(
            f"c{one}",
            one,
            handle=draw.choice(words) + draw.choice(["", "_", ""]) + draw.choice(words) + str(one)[: draw.randrange(4)],
        )
        for one in range(count)
    ]


def test_names_with_eight_digits_stand_out_where_others_have_none(tmp_path):
    rows = [
        post(f"m{one}", one, handle=f"{NAMES[one]}{10_000_000 + 7_310_017 * one % 89_999_999}") for one in range(10)
    ]
    found = read(workspace(tmp_path, rows + people(200)), members_of(10), "handle_templates")
    assert found.reading.outcome == "stands_out"
    assert found.reading.value == 1.0


def test_names_with_eight_digits_are_ordinary_where_half_of_all_have_them(tmp_path):
    rows = [post(f"m{one}", one, handle=f"{NAMES[one]}{10_000_000 + 7_310_017 * one % 89_999_999}") for one in range(4)]
    others = [
        post(f"d{one}", one, handle=f"{NAMES[one % 10]}{20_000_000 + 6_770_013 * one % 79_999_999}")
        for one in range(200)
    ]
    found = read(workspace(tmp_path, rows + others + people(200)), members_of(4), "handle_templates")
    assert found.reading.outcome == "ordinary"


def test_new_accounts_are_compared_with_new_accounts(tmp_path):
    new = {"account_created_at": "2024-02-01T00:00:00Z"}
    old = {"account_created_at": "2011-02-01T00:00:00Z"}
    rows = [
        post(f"m{one}", one, handle=f"{NAMES[one]}{10_000_000 + 7_310_017 * one % 89_999_999}", **new)
        for one in range(10)
    ]
    others = [
        post(f"d{one}", one, handle=f"{NAMES[one % 10]}{20_000_000 + 6_770_013 * one % 79_999_999}", **new)
        for one in range(60)
    ]
    aged = [row | old for row in people(400)]
    found = read(workspace(tmp_path, rows + others + aged), members_of(10), "handle_templates")
    assert found.reading.outcome != "stands_out", found.reading.seen


def test_hashed_handles_cannot_be_judged(tmp_path):
    rows = [post(f"m{one}", one, handle=f"C8cp1IDehsmz154vWiwsVd+cpDX1qNS3EOldmDYdV{one}0=") for one in range(10)]
    found = read(workspace(tmp_path, rows + people(100)), members_of(10), "handle_templates")
    assert found.reading.outcome == "not_testable"
