"""The command line: arguments become calls on the façade; parsing and printing only.

Reads and writes no tables itself and contains no SQL.
"""
