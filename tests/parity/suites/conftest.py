"""Nothing here is collected: importing a suite fixes Keras's backend, and belongs to a process of its own."""

collect_ignore_glob = ["*.py"]
