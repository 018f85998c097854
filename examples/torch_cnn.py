"""A convolutional network in PyTorch that learns scikit-learn's digits with functions of slopes."""

import torch
from sklearn.datasets import load_digits
from torch import nn

from slopes.torch import Activation, Loss


def main(epochs: int = 12) -> float:
    """Train on the first 1300 digits, and return the accuracy on the other 497."""
    torch.manual_seed(0)
    digits = load_digits()
    images = torch.tensor(digits.images, dtype=torch.float32)[:, None] / 16
    classes = torch.tensor(digits.target)
    train, test = slice(0, 1300), slice(1300, None)
    model = nn.Sequential(
        nn.Conv2d(1, 12, 3, padding=1),
        Activation("swish", learnable=True),
        nn.Conv2d(12, 24, 3, padding=1),
        nn.MaxPool2d(2),
        Activation("prelu", channels=24),
        nn.Flatten(),
        nn.Linear(24 * 16, 10),
    )
    loss = Loss("cross_entropy", label_smoothing=0.05)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(epochs):
        for batch in torch.randperm(1300).split(64):
            optimizer.zero_grad()
            loss(model(images[train][batch]), classes[train][batch]).backward()
            optimizer.step()
    with torch.no_grad():
        return float((model(images[test]).argmax(1) == classes[test]).float().mean())


if __name__ == "__main__":
    print(f"accuracy on digits that it has not seen: {main():.3f}")
