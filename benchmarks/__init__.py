"""Measurements: Undazzle beside its peers and its parts, in one run on one machine.

``make bench`` runs them all. CPU seconds and peak memory are those of whole process trees, start-up
included; every timed job is checked for the same result before its figure counts.
"""
