// Random numbers that are the same in every browser and on every visit.

// Uniform numbers between 0 and 1 from a seed (Marsaglia's xorshift of 32 bits, whose state is never 0).
function uniform(seed) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

// Standard normal numbers (Box and Muller).
export function normal(seed) {
  const next = uniform(seed);
  for (let i = 0; i < 20; i += 1) next();
  let spare;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(next() || 2 ** -33));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
