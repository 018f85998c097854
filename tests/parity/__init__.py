"""The register against other libraries: the same values, or a difference that is written down."""
