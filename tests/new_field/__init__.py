"""What is tried with a field of a story that somebody has just added: run in a copy of the project by its test."""
