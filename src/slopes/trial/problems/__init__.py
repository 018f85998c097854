"""The tasks that a trial can be held on, one room for each kind."""
