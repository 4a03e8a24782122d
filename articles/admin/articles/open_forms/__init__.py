"""What happens to a story's form between opening and Save: its text is stored, and who else has it open is told."""
