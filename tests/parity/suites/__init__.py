"""The peers' own test suites, which their wheels bring, run against our functions.

python -m tests.parity.suites keras_losses

A suite runs in a process of its own, because Keras takes its backend from the environment and JAX its
precision from a global switch. Nothing of a peer's is copied: its file is imported with its functions
replaced by the shims of one table, each a line that says how the peer's call is made as ours.
"""
