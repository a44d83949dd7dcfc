"""Trained networks: the shipped ones."""
