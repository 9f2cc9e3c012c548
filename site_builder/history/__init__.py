"""Two briefings, one at a git revision perhaps: what differs between them, and how that is recorded."""
