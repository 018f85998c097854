// Rounding to narrower floating-point formats, ties to even.

const SHIFT = 6755399441055744; // 1.5 * 2^52: adding and subtracting it rounds to whole numbers, ties to even
const view = new DataView(new ArrayBuffer(8));

// Rounds to a significand of so many bits, with the format's least exponent and largest number.
function rounder(bits, least, most) {
  return (x) => {
    if (!Number.isFinite(x) || x === 0) return x;
    view.setFloat64(0, x);
    const exponent = ((view.getUint16(0) >> 4) & 0x7ff) - 1023;
    const quantum = 2 ** (Math.max(exponent, least) - bits + 1);
    const rounded = (x / quantum + SHIFT - SHIFT) * quantum;
    if (Math.abs(rounded) > most) return Math.sign(x) * Infinity;
    return rounded === 0 ? 0 * Math.sign(x) : rounded;
  };
}

export const FORMATS = {
  float64: (x) => x,
  float32: Math.fround,
  float16: rounder(11, -14, 65504),
  bfloat16: rounder(8, -126, (2 - 2 ** -7) * 2 ** 127),
};
