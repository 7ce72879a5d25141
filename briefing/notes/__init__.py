"""What a paper says: one module per kind of paper, each from the state to a `Note`."""
