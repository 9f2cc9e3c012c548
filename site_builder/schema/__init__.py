"""What each key of the annotation files means, and their JSON Schemas."""
