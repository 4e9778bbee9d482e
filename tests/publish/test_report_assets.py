import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

ASSETS = files("undazzle.publish").joinpath("assets")
RECIPE = Path(__file__).resolve().parents[2] / "tools" / "build-graph"


def read(name):
    return ASSETS.joinpath(name).read_text("utf-8")


@pytest.mark.parametrize("name", ["graph.min.js", "report.js", "tokens.css", "components.css", "report.css"])
def test_assets_cannot_end_their_element_nor_reach_outside(name):
    text = read(name)
    assert not re.search(r"</(script|style)", text, re.IGNORECASE)
    assert not re.search(r"https?://(?!www\.w3\.org/)|@import|importScripts|XMLHttpRequest|\bfetch\(", text)


@pytest.mark.parametrize("name", ["graph.min.js", "report.js"])
def test_scripts_make_no_code_and_no_markup_from_text(name):
    forbidden = r"\beval\(|new Function\(|document\.write|insertAdjacentHTML" + (
        r"|innerHTML|outerHTML" if name == "report.js" else ""
    )
    assert not re.search(forbidden, read(name))


def test_the_bundle_is_the_one_that_the_recipe_names():
    pinned = json.loads((RECIPE / "package.json").read_text("utf-8"))["devDependencies"]
    banner = read("graph.min.js")[:200]
    assert f"sigma {pinned['sigma']}" in banner
    assert f"graphology {pinned['graphology']}" in banner


def test_the_licence_of_every_bundled_library_travels_along():
    licences = read("THIRD_PARTY_LICENSES.txt")
    for name in ("sigma 3.0.3", "graphology 0.26.0", "graphology-utils", "events"):
        assert f"==== {name}" in licences


def test_screen_colours_are_plain_hex_because_the_live_picture_reads_them():
    colours = re.findall(r"--(?:c-\d|paper|ink|edge): ([^;]+);", read("tokens.css"))
    assert len(colours) > 15
    assert {one for one in colours if not re.fullmatch(r"#[0-9a-f]{6}", one)} == {"CanvasText"}


def test_dark_colours_stay_on_screens_so_that_print_is_ink_on_paper():
    assert re.findall(r"@media[^{]*prefers-color-scheme: dark[^{]*", read("tokens.css"))
    for query in re.findall(r"@media[^{]*prefers-color-scheme: dark[^{]*", read("tokens.css")):
        assert "screen" in query
