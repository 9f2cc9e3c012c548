"""Templates: found, compiled, rendered."""
