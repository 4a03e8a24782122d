"""People, organizations and their roles from other registers: read, told apart, stored."""
