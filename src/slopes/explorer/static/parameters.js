// The parameters of a function, as the address has them and as sliders.

import { slider } from "./dom.js";
import { defaults, known } from "./library.js";
import * as state from "./state.js";
import { about } from "./words.js";

// What the address says, within the sliders' ends; several functions are told apart by a prefix of the keys.
export function chosenParameters(name, prefix = "") {
  const chosen = { ...defaults(name) };
  for (const { name: key, positions } of known(name).parameters) {
    const wanted = state.getNumber(prefix + key, chosen[key]);
    const [low, high] = [positions[0], positions[positions.length - 1]];
    if (wanted >= low && wanted <= high) chosen[key] = wanted;
  }
  return chosen;
}

// A slider for each, which writes into `chosen` and into the address, and then calls `moved`.
export function parameterSliders(name, chosen, moved, prefix = "") {
  return known(name).parameters.map((p) =>
    slider(
      prefix + p.name,
      p.positions,
      chosen[p.name],
      (value) => {
        chosen[p.name] = value;
        state.set(prefix + p.name, value === p.default ? "" : value);
        moved();
      },
      about(p.meaning),
    ),
  );
}
