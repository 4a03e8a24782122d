"""What changed in a story, for editors: two snapshots side by side, and what readers do not have yet."""
