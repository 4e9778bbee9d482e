"""Each kind of measurement: data with a known truth goes in, rows of plain numbers come out.

Reads real data from the folder it is given, or none. Writes nothing. It must not know of pages, charts or commands.
"""
