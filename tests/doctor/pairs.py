"""Faulty programs, each beside its cured twin: (rule, what is faulty, what is cured).

Each is the body of a program in which `x` has 8 rows of 5 numbers, `y` 8 class indices of 3 classes, `labels`
sets of 3 labels, `real` 8 numbers and `net` is a linear layer from 5 to 3.
"""

HEAD = """
import torch
from torch import nn
from torch.nn import functional as F
torch.manual_seed(0)
x, y = torch.randn(8, 5), torch.arange(8) % 3
labels = (torch.rand(8, 3) < 0.5).float()
real = 3 * torch.randn(8)
net, one = nn.Linear(5, 3), nn.Linear(5, 1)
"""
PAIRS: tuple[tuple[str, str, str], ...] = (
    (
        "R1",
        "F.binary_cross_entropy(torch.softmax(one(x), dim=1), labels[:, :1])",
        "F.binary_cross_entropy(torch.sigmoid(one(x)), labels[:, :1])",
    ),
    (
        "R1",
        "nn.MSELoss()(nn.Sequential(one, nn.Softmax(dim=-1))(x).squeeze(1), labels[:, 0])",
        "nn.MSELoss()(nn.Sequential(one, nn.Sigmoid())(x).squeeze(1), labels[:, 0])",
    ),
    (
        "R2",
        "nn.CrossEntropyLoss()(nn.Sequential(net, nn.Softmax(dim=1))(x), y)",
        "nn.CrossEntropyLoss()(net(x), y)",
    ),
    (
        "R2",
        "F.cross_entropy(F.softmax(net(x), dim=1).view(8, 3), y)",
        "F.cross_entropy(net(x).view(8, 3), y)",
    ),
    ("R2", "F.cross_entropy(net(x).softmax(-1), y)", "F.nll_loss(net(x).softmax(-1).log(), y)"),
    ("R2", "F.cross_entropy(torch.sigmoid(net(x)), y)", "F.cross_entropy(net(x), y)"),
    (
        "R2",
        "nn.BCEWithLogitsLoss()(torch.sigmoid(net(x)), labels)",
        "nn.BCELoss()(torch.sigmoid(net(x)), labels)",
    ),
    (
        "R2",
        "F.binary_cross_entropy_with_logits(one(x).sigmoid().reshape(-1), labels[:, 0])",
        "F.binary_cross_entropy_with_logits(one(x).reshape(-1), labels[:, 0])",
    ),
    ("R3", "nn.BCELoss()(net(x), labels)", "nn.BCEWithLogitsLoss()(net(x), labels)"),
    ("R3", "F.nll_loss(net(x), y)", "F.nll_loss(F.log_softmax(net(x), 1), y)"),
    ("R4", "F.nll_loss(F.softmax(net(x), dim=1), y)", "F.nll_loss(F.log_softmax(net(x), dim=1), y)"),
    (
        "R4",
        "nn.NLLLoss()(nn.Sequential(net, nn.Softmax(dim=-1))(x), y)",
        "nn.NLLLoss()(nn.Sequential(net, nn.LogSoftmax(dim=-1))(x), y)",
    ),
    (
        "R6",
        "F.binary_cross_entropy(F.softmax(net(x), 1), labels)",
        "F.binary_cross_entropy(torch.sigmoid(net(x)), labels)",
    ),
    (
        "R6",
        "F.binary_cross_entropy(F.softmax(net(x), 1), F.one_hot(y, 3).float())",
        "F.cross_entropy(net(x), y)",
    ),
    ("R7", "F.mse_loss(torch.sigmoid(one(x)).squeeze(), real)", "F.mse_loss(one(x).squeeze(), real)"),
    (
        "R7",
        "nn.L1Loss()(nn.Sequential(one, nn.ReLU())(x).flatten(), real)",
        "nn.L1Loss()(nn.Sequential(one, nn.ReLU())(x).flatten(), real.abs())",
    ),
    (
        "R7",
        "F.huber_loss(torch.tanh(one(x)).view(-1), 100 * real)",
        "F.huber_loss(torch.tanh(one(x)).view(-1), torch.tanh(real))",
    ),
    ("R8", "F.nll_loss(F.log_softmax(net(x), dim=0), y)", "F.nll_loss(F.log_softmax(net(x), dim=1), y)"),
    (
        "R8",
        "F.mse_loss(torch.softmax(net(x), dim=0), F.one_hot(y, 3).float())",
        "F.mse_loss(torch.softmax(net(x), dim=1), F.one_hot(y, 3).float())",
    ),
    ("R9", "F.cross_entropy(net(x), y + 1)", "F.cross_entropy(net(x), y)"),
    (
        "R9",
        "F.binary_cross_entropy_with_logits(net(x), 100 * labels)",
        "F.binary_cross_entropy_with_logits(net(x), labels)",
    ),
    (
        "R9",
        "F.binary_cross_entropy_with_logits(net(x), 2 * labels - 1)",
        "F.soft_margin_loss(net(x), 2 * labels - 1)",
    ),
    (
        "R9",
        "F.cross_entropy(net(x), labels + labels.roll(1, 0))",
        "F.binary_cross_entropy_with_logits(net(x), labels)",
    ),
    ("R10", "F.mse_loss(one(x), real)", "F.mse_loss(one(x), real[:, None])"),
    (
        "R10",
        "nn.SmoothL1Loss()(one(x).squeeze(), real.unsqueeze(1))",
        "nn.SmoothL1Loss()(one(x).squeeze(), real)",
    ),
    ("R11", "F.cross_entropy(net(x), torch.full((8,), -100))", "F.cross_entropy(net(x), y)"),
    ("R11", "F.mse_loss(one(x)[:0].flatten(), real[:0])", "F.mse_loss(one(x)[:1].flatten(), real[:1])"),
    (
        "R17",
        "F.kl_div(F.softmax(net(x), 1), F.softmax(x[:, :3], 1), reduction='batchmean')",
        "F.kl_div(F.log_softmax(net(x), 1), F.softmax(x[:, :3], 1), reduction='batchmean')",
    ),
    (
        "R17",
        "F.kl_div(F.log_softmax(net(x), 1), F.softmax(x[:, :3], 1), reduction='mean')",
        "F.kl_div(F.log_softmax(net(x), 1), F.softmax(x[:, :3], 1), reduction='batchmean')",
    ),
    (
        "R17",
        "F.kl_div(net(x), F.softmax(x[:, :3], 1), reduction='batchmean')",
        "F.kl_div(F.log_softmax(net(x) / 4, 1), F.softmax(x[:, :3] / 4, 1), reduction='batchmean')",
    ),
)
#: programs that look odd and are right: nothing worse than information may be said of them
HEALTHY = (
    "F.cross_entropy(F.log_softmax(net(x), 1), y)",
    "p = F.softmax(net(x), 1); F.cross_entropy(net(x), y)",
    "F.mse_loss(torch.sigmoid(one(x)).squeeze(), labels[:, 0])",
    "F.mse_loss(torch.tanh(one(x)).squeeze(), real / real.abs().max())",
    "F.mse_loss(net(x), F.one_hot(y, 3).float())",
    "attention = F.softmax(x @ x.T, -1); F.cross_entropy(net(attention @ x), y)",
    "gate = torch.sigmoid(one(x)); F.mse_loss((gate * net(x)).sum(1), real)",
    "t = F.softmax(net(x) / 5, 1); F.kl_div(F.log_softmax(net(x) / 5, 1), t, reduction='batchmean')",
    "F.cross_entropy(net(x), F.softmax(net(x), 1).detach())",
    "F.cross_entropy(net(x), torch.where(y == 0, -100, y))",
    "F.cross_entropy(net(x)[0], y[0])",
    "F.cross_entropy(torch.randn(2, 3, 4, 4), torch.zeros(2, 4, 4).long())",
    "F.nll_loss(F.log_softmax(torch.randn(2, 3, 4, 4), 1), torch.zeros(2, 4, 4).long())",
    "F.binary_cross_entropy(torch.sigmoid(net(x)), labels)",
)
