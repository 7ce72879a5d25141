"""Proposals by rules: who, when, what was said and promised, as a text has it and as the register knows it."""
