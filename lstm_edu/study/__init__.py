"""What the trained models do on the test reviews, counted."""
