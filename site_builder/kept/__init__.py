"""What a build knows from the one before."""
