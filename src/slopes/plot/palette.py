"""The colours of every picture."""

# Okabe and Ito's palette, which readers with any colour vision can tell apart; its yellow is left
# out because thin lines of it vanish on white.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
