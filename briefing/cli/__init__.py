"""The command line: one module per family of commands, each parse, call, print."""
