"""The rules: pure functions over values. Standard library only; no clock, no I/O."""
