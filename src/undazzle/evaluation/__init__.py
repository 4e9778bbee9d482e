"""Data with known truth become measured figures: how well detection works, beside the published methods.

Writes nothing into a user's workspace: every measurement has one of its own, in memory. Reads real data sets, which
are no part of the project, from a folder that the caller names. It must not know of commands, and nothing that it
keeps may hold a post, an item or the name of an account: numbers only.
"""
