"""Policies as files: checked whole, compiled into the plain mapping that domain/policy.py asks."""
