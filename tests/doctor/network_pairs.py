"""Faulty networks, each beside its cured twin: (a check's name, what is faulty, what is cured).

`x` has 256 rows of 10 numbers, `y` class indices of 3 classes, `real` a number for each row.
`train` takes three steps.
"""

HEAD = """
import torch
from torch import nn
from torch.nn import functional as F
torch.manual_seed(0)
x, y = torch.randn(256, 10), torch.arange(256) % 3
real = torch.randn(256, 1)
many, many_y = torch.randn(3000, 10), torch.arange(3000) % 3
net, one = nn.Linear(10, 3), nn.Linear(10, 1)
def train(net, x=x, y=y, loss=F.cross_entropy, steps=3, lr=0.01):
    optimizer = torch.optim.SGD(net.parameters(), lr)
    for _ in range(steps):
        optimizer.zero_grad()
        loss(net(x), y).backward()
        optimizer.step()
def mlp(activation, layers=8, width=64):
    rows = [m for _ in range(layers) for m in (nn.Linear(width, width), activation())]
    return nn.Sequential(nn.Linear(10, width), activation(), *rows, nn.Linear(width, 3))
def draw(net, gain, bias=0.0):
    for w in net.parameters():
        nn.init.constant_(w, bias) if w.ndim == 1 else nn.init.normal_(w, 0, gain / w[0].numel() ** 0.5)
    return net
def accumulate(sizes, loss, scale=lambda rows: 1.0):
    optimizer = torch.optim.SGD(net.parameters(), 0.01)
    for xs, ys in zip(x.split(sizes), y.split(sizes)):
        (loss(net(xs), ys) * scale(xs)).backward()
    optimizer.step()
"""
SMALL = "small = nn.Sequential(nn.Linear(10, 64), nn.{}(), nn.Linear(64, 3))\n"
IMAGES = """
images = torch.randn(64, 1, 8, 8)
net = nn.Sequential(nn.Conv2d(1, 8, 3), {}nn.Conv2d(8, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(64, 3))
"""
CLASS = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(10, 32), nn.Linear(32, 32), nn.Linear(32, 3)
    def forward(self, x):
        x = self.a(x)
        {}
        return self.c(F.relu(self.b(x)))
train(Net())
"""
PAIRS: tuple[tuple[str, str, str], ...] = (
    (
        "dead-units",
        SMALL.format("ReLU") + "nn.init.constant_(small[0].bias, -20.0)\ntrain(small)",
        SMALL.format("ReLU") + "nn.init.constant_(small[0].bias, 0.0)\ntrain(small)",
    ),
    (
        "dead-units",
        "net = nn.Sequential(nn.Linear(10, 128), nn.ReLU(), nn.Linear(128, 1))\n"
        "train(net, y=real + 5, loss=F.mse_loss, steps=10, lr=0.2)",
        "net = nn.Sequential(nn.Linear(10, 128), nn.ReLU(), nn.Linear(128, 1))\n"
        "train(net, y=real + 5, loss=F.mse_loss, steps=10, lr=0.01)",
    ),
    (
        "dead-units",
        IMAGES.format("nn.ReLU(), ") + "nn.init.constant_(net[0].bias, -9.0)\ntrain(net, images, y[:64])",
        IMAGES.format("nn.ReLU(), ") + "train(net, images, y[:64])",
    ),
    (
        "nearly-dead-units",
        SMALL.format("ReLU") + "nn.init.constant_(small[0].bias, -1.5)\ntrain(small, many, many_y)",
        SMALL.format("ReLU") + "train(small)",
    ),
    (
        "nearly-dead-units",
        SMALL.format("GELU") + "nn.init.constant_(small[0].bias, -4.4)\ntrain(small, many, many_y)",
        SMALL.format("GELU") + "train(small)",
    ),
    (
        "saturated-units",
        SMALL.format("Tanh") + "train(small, 100 * x)",
        SMALL.format("Tanh") + "train(small, (100 * x) / 100)",
    ),
    (
        "saturated-units",
        SMALL.format("Sigmoid") + "nn.init.normal_(small[0].weight, 0, 10)\ntrain(small)",
        SMALL.format("Sigmoid") + "train(small)",
    ),
    ("uneven-gradients", "train(mlp(nn.Sigmoid, 10))", "train(draw(mlp(nn.ReLU, 10), 2**0.5))"),
    ("uneven-gradients", "train(draw(mlp(nn.Tanh, 40, 32), 4.0))", "train(draw(mlp(nn.Tanh, 40, 32), 1.1))"),
    (
        "non-finite",
        "F.nll_loss(torch.log(F.softmax(200 * net(x), 1)), y)",
        "F.nll_loss(F.log_softmax(200 * net(x), 1), y)",
    ),
    (
        "non-finite",
        "p = torch.sigmoid(300 * one(x))\nloss = -(p.log() + (1 - p).log()).mean()\nloss.backward()",
        "z = 300 * one(x)\nloss = -(F.logsigmoid(z) + F.logsigmoid(-z)).mean()\nloss.backward()",
    ),
    (
        "non-finite",
        "mask = torch.zeros(256, 1)\n"
        "loss = (mask * (one(x) - real) ** 2).sum() / mask.sum()\nloss.backward()",
        "mask = torch.zeros(256, 1)\n"
        "loss = (mask * (one(x) - real) ** 2).sum() / mask.sum().clamp_min(1)\nloss.backward()",
    ),
    (
        "non-finite",
        "z = 500 * net(x)\np = z.exp() / z.exp().sum(1, keepdim=True)\n"
        "F.mse_loss(p, F.one_hot(y, 3).float())",
        "z = 500 * net(x)\nz = z - z.amax(1, keepdim=True)\np = z.exp() / z.exp().sum(1, keepdim=True)\n"
        "F.mse_loss(p, F.one_hot(y, 3).float())",
    ),
    (
        "non-finite",
        "F.l1_loss(torch.sqrt(one(x)), real.abs())",
        "F.l1_loss(torch.sqrt(one(x).clamp_min(1e-6)), real.abs())",
    ),
    (
        "non-finite",
        "h = one(x).half()\nF.mse_loss((1000 * h) * (1000 * h), real.half())",
        "h = one(x)\nF.mse_loss(((1000 * h) * (1000 * h)) / 1e6, real)",
    ),
    ("non-finite", "x[3, 4] = float('nan')\nF.cross_entropy(net(x), y)", "F.cross_entropy(net(x), y)"),
    (
        "non-finite",
        "train(one, y=real, loss=F.mse_loss, steps=20, lr=1e6)",
        "train(one, y=real, loss=F.mse_loss, steps=20, lr=1e-2)",
    ),
    (
        "non-finite",
        "a = (x @ x.T).masked_fill(torch.ones(256, 256).bool(), float('-inf'))\n"
        "F.cross_entropy(net(F.softmax(a, -1) @ x), y)",
        "a = (x @ x.T).masked_fill(torch.ones(256, 256).triu(1).bool(), float('-inf'))\n"
        "F.cross_entropy(net(F.softmax(a, -1) @ x), y)",
    ),
    (
        "non-finite",
        "z = ((one(x) - real) * (real > 0)) ** 2\nz.sqrt().mean().backward()",
        "z = ((one(x) - real) * (real > 0)) ** 2\n(z + 1e-12).sqrt().mean().backward()",
    ),
    (
        "non-finite",
        "z = one(x) * (real > 0)\ntorch.where(z > 0, z.log(), 0.0).mean().backward()",
        "z = one(x) * (real > 0)\ntorch.where(z > 0, z, 1.0).log().mean().backward()",
    ),
    ("nothing-between", CLASS.format("pass"), CLASS.format("x = F.relu(x)")),
    ("nothing-between", CLASS.format("x = F.dropout(x, 0.2)"), CLASS.format("x = torch.tanh(x)")),
    (
        "nothing-between",
        IMAGES.format("") + "train(net, images, y[:64])",
        IMAGES.format("nn.ReLU(), ") + "train(net, images, y[:64])",
    ),
    (
        "hidden-softmax",
        SMALL.format("Softmax").replace("x()", "x(dim=1)") + "train(small)",
        SMALL.format("ReLU") + "train(small)",
    ),
    ("hidden-softmax", CLASS.format("x = x.softmax(-1)"), CLASS.format("x = F.silu(x)")),
    ("activated-logits", "F.cross_entropy(F.relu(net(x)), y)", "F.cross_entropy(net(F.relu(x)), y)"),
    (
        "activated-logits",
        "nn.CrossEntropyLoss()(nn.Sequential(net, nn.Tanh())(x), y)",
        "nn.CrossEntropyLoss()(nn.Sequential(nn.Tanh(), net)(x), y)",
    ),
    (
        "activated-logits",
        "F.binary_cross_entropy_with_logits(F.relu(one(x)), (real > 0).float())",
        "F.binary_cross_entropy_with_logits(one(x), (real > 0).float())",
    ),
    (
        "uneven-accumulation",
        "accumulate([100, 100, 56], F.cross_entropy)",
        "total = nn.CrossEntropyLoss(reduction='sum')\naccumulate([100, 100, 56], total, lambda _: 1 / 256)",
    ),
    (
        "uneven-accumulation",
        "y = torch.where(torch.arange(256) < 120, -100, y)\naccumulate([128, 128], F.cross_entropy)",
        "y = torch.where(torch.arange(256) % 128 < 120, -100, y)\naccumulate([128, 128], F.cross_entropy)",
    ),
    (
        "uneven-accumulation",
        "accumulate([100, 100, 56], F.cross_entropy, lambda rows: 1 / 3)",
        "accumulate([100, 100, 56], F.cross_entropy, lambda rows: len(rows) / 256)",
    ),
    ("unfit-weights", "train(mlp(nn.SELU))", "train(draw(mlp(nn.SELU), 1.0))"),
    ("unfit-weights", "train(mlp(nn.ReLU, 9))", "train(draw(mlp(nn.ReLU, 9), 2**0.5))"),
    ("unfit-weights", "train(draw(mlp(nn.ReLU), 4.0))", "train(draw(mlp(nn.ReLU), 1.3))"),
    (
        "narrow-probabilities",
        "with torch.autocast('cpu', torch.bfloat16):\n    p = torch.sigmoid(one(9 * x))\n"
        "F.binary_cross_entropy(p, (real > 0).bfloat16())",
        "with torch.autocast('cpu', torch.bfloat16):\n    z = one(9 * x)\n"
        "F.binary_cross_entropy_with_logits(z, (real > 0).bfloat16())",
    ),
    (
        "narrow-probabilities",
        "nn.BCELoss()(torch.sigmoid(one(x)).half(), (real > 0).half())",
        "nn.BCELoss()(torch.sigmoid(one(x)), (real > 0).float())",
    ),
    (
        "narrow-logarithm",
        "F.nll_loss(torch.log(torch.softmax(net(x).bfloat16(), 1)), y)",
        "F.nll_loss(F.log_softmax(net(x).bfloat16(), 1), y)",
    ),
    (
        "narrow-logarithm",
        "p = net.half()(x.half()).softmax(1).log()\nloss = -p.mean()\nloss.backward()",
        "p = net(x).softmax(1).log()\nloss = -p.mean()\nloss.backward()",
    ),
)
#: networks that look odd and are right: nothing worse than information may be said of them
HEALTHY = (
    "train(nn.Sequential(nn.Linear(10, 2), nn.Linear(2, 10)), y=x, loss=F.mse_loss)",
    "a, b = nn.Linear(10, 2, bias=False), nn.Linear(2, 3, bias=False)\nF.cross_entropy(net(x) + b(a(x)), y)",
    """
h = nn.Linear(10, 16)(x)
(F.cross_entropy(nn.Linear(16, 3)(h), y) + h.relu().mean()).backward()
""",
    """
layer = nn.TransformerEncoderLayer(10, 2, batch_first=True)
train(nn.Sequential(layer, layer, nn.Flatten(), nn.Linear(40, 3)), x.reshape(64, 4, 10), y[:64])
""",
    """
q, k, v = (nn.Linear(10, 10) for _ in range(3))
F.cross_entropy(net(F.softmax(q(x) @ k(x).T / 10**0.5, -1) @ v(x)), y).backward()
""",
    """
heads, a = nn.Linear(4, 4), torch.randn(2, 4, 9, 9).softmax(-1)
a = heads(a.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
F.mse_loss(a @ torch.randn(2, 4, 9, 3), torch.ones(2, 4, 9, 3))
""",
    """
gates, experts = F.softmax(net(x), 1), torch.stack([nn.Linear(10, 3)(x) for _ in range(3)], 1)
F.cross_entropy((gates[:, :, None] * experts).sum(1), y).backward()
""",
    """
h = nn.LSTM(10, 12, batch_first=True)(x.reshape(64, 4, 10))[0][:, -1]
F.cross_entropy(nn.Linear(12, 3)(h), y[:64]).backward()
""",
    """
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.f = nn.Linear(64, 64)
    def forward(self, x):
        return x + self.f(F.relu(x))
train(nn.Sequential(nn.Linear(10, 64), *(Block() for _ in range(12)), nn.Linear(64, 3)))
""",
    """
body = [m for _ in range(8) for m in (nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4))]
net = nn.Sequential(nn.Conv2d(1, 4, 3), *body, nn.Flatten(), nn.Linear(144, 3))
train(net, torch.randn(64, 1, 8, 8), y[:64])
""",
    """
separable = nn.Conv2d(4, 4, 3, groups=4), nn.Conv2d(4, 8, 1)
train(nn.Sequential(*separable, nn.ReLU(), nn.Flatten(), nn.Linear(128, 3)), torch.randn(64, 4, 6, 6), y[:64])
""",
    """
small = nn.Sequential(nn.Linear(10, 64), nn.ReLU(), nn.Linear(64, 3))
small[0].requires_grad_(False)
train(small)
""",
    """
tokens, channels = nn.Linear(16, 16), nn.Linear(16, 16)
F.mse_loss(channels(tokens(torch.randn(64, 16, 16)).transpose(1, 2)), torch.randn(64, 16, 16)).backward()
""",
    "train(nn.Sequential(nn.Linear(10, 64), nn.ReLU(inplace=True), nn.Linear(64, 3)))",
    "z = F.relu(net(x))\nz += x[:, :3]\nF.cross_entropy(z, y)",
    "train(nn.Sequential(nn.Linear(10, 64), nn.ReLU6(), nn.Linear(64, 64), nn.ReLU6(), nn.Linear(64, 3)))",
    "accumulate([64, 64, 64, 64], F.cross_entropy, lambda rows: 1 / 4)",
    """
a = x @ x.T + torch.ones(256, 256).tril().log()
F.cross_entropy(net(F.softmax(a, -1) @ x), y).backward()
""",
    """
g, d = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 10), nn.Tanh()), nn.Linear(10, 1)
a, b = torch.optim.Adam(g.parameters()), torch.optim.Adam(d.parameters())
score, yes, no = F.binary_cross_entropy_with_logits, torch.ones(256, 1), torch.zeros(99, 1)
for _ in range(5):
    fake = g(torch.randn(99, 4))
    b.zero_grad()
    score(d(x), yes).backward()
    score(d(fake.detach()), no).backward()
    b.step()
    a.zero_grad()
    score(d(fake), no + 1).backward()
    a.step()
""",
    """
mean, log_variance = nn.Linear(10, 8)(x).chunk(2, 1)
z = mean + (log_variance / 2).exp() * torch.randn_like(mean)
divergence = -0.5 * (1 + log_variance - mean**2 - log_variance.exp()).mean()
(F.mse_loss(nn.Linear(4, 10)(z), x) + divergence).backward()
""",
    """
rows = [m for _ in range(9) for m in (nn.Linear(10, 10), nn.SELU(), nn.AlphaDropout(0.1))]
train(draw(nn.Sequential(*rows, net), 1.0))
""",
    "F.cross_entropy(30 * torch.tanh(net(x) / 30), y)",
    "F.cross_entropy(F.adaptive_avg_pool1d(F.relu(torch.randn(8, 3, 5)), 1).flatten(1), y[:8])",
    "with torch.autocast('cpu', torch.bfloat16):\n    loss = F.cross_entropy(net(x), y)\nloss.backward()",
    """
def score(weights, row):
    return F.relu(row @ weights).square().sum()
torch.func.vmap(torch.func.grad(score), (None, 0))(net.weight.T, x)
F.cross_entropy(net(x), y).backward()
""",
    "z = one(x) / 0.0\nz.nan_to_num_(0.0, 0.0, 0.0)\nF.mse_loss(z, real)",
    "train(mlp(nn.ReLU, 7))",
    "train(mlp(nn.Tanh, 4))",
    "train(mlp(nn.GELU, 3), x[:8], y[:8])",
)
