"""Files of one platform each become posts and accounts, row by row, with the bad rows set aside and counted.

Reads files. Writes ``sources``, ``posts``, ``accounts``, ``account_observations`` and ``rejected_rows``.
It must not know of traces.
"""
