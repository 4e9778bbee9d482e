"""Versions recorded with a run are those that the packages state, however they are read."""

from __future__ import annotations

from importlib.metadata import version

from undazzle.store import runs


def test_versions_are_those_of_the_installed_packages() -> None:
    found = runs.software_versions()
    assert {name: found[name] for name in runs._RECORDED} == {name: version(name) for name in runs._RECORDED}


def test_a_package_that_is_not_there_is_absent() -> None:
    assert runs._version("no-such-package-anywhere") == "absent"
