"""The command line: one file per group of commands, each calling actions and printing what came of it."""
