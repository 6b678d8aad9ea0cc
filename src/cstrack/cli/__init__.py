"""The command line: one file a command or small group, thin."""
