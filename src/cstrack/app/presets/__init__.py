"""Readers of public complaint files: bytes in, ImportRow or Reject out; nothing here writes or decides."""
