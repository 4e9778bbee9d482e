"""Answers of coders become tallies, profiles and measures of agreement.

The 18 statements carry the column names of DFRLab's tracker; a stored total is never believed.
It must not know of files or of who is right.
"""
