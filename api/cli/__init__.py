"""The `recourse` command: one file for each subcommand."""
