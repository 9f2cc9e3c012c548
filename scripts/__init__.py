"""What writes files of this repository: reference, outlines and pictures."""
