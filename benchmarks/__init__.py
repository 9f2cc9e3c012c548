"""How fast we are, measured: each module is run as `python -m benchmarks.<name>`, or is a part of those that are."""
