"""Beilin: a static archive site generator for captured Chinese-language articles."""

__version__ = "0.1.0"
