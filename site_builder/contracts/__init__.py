"""From records to the model, and what has to hold on the way."""
