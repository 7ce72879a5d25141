"""A note taken apart, and what it proves: known, genuine, the same words, the same bytes."""
