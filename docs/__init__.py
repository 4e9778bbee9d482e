"""The documentation's generator (``python -m docs.generate``)."""
