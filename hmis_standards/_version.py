"""The version of the library; the catalog has editions of its own."""

__version__ = "0.1.0"
