"""The example in PyTorch runs, learns, and is short enough to read."""

import runpy
from pathlib import Path

import torch

FILE = Path(__file__).parents[2] / "examples/torch_cnn.py"


def test_the_network_learns_the_digits():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # of small arrays more threads only wait for each other
    try:
        accuracy = runpy.run_path(str(FILE))["main"]()
    finally:
        torch.set_num_threads(threads)
    assert accuracy > 0.94
    assert len(FILE.read_text().splitlines()) < 40
