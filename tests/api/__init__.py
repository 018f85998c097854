"""The public contract: what any user may rely on, on NumPy arrays, Python floats and PyTorch tensors."""
