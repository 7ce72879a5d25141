"""Markings: what a mark means under a profile, how marks add up, and what may be shown to whom. Pure."""
