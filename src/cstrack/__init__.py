"""cstrack: a complaint desk in the terminal, right about time and trusted with evidence."""

__version__ = "0.1.0"  # a literal: importlib.metadata costs every command 36 ms
