"""A sample newsroom, built through the same doors as a real one: accounts, cast, pictures, stories, events."""
