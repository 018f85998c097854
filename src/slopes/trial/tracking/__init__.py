"""Runs of a trial in the trackers that people already look at; each is imported when it is asked for."""
