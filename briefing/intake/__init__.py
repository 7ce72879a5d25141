"""What comes in, as drafts: the one grammar that `append` accepts."""
