"""Calendar files (.ics) → planned meetings, and on request meetings held: what a calendar knows is what was planned."""
