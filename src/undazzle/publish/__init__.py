"""Runs and networks become what others read: the report as one HTML file, and exports.

Reads all result tables; writes files only. It must not know how results were computed, and loads nothing from anywhere.
"""
