/** Samples of every primitive. The type is total: a primitive without samples does not compile. */
import type { Samples } from "../sample.ts";
import { arraySamples } from "./arrays.ts";
import { condSamples, customSamples, scanSamples, whileSamples } from "./control.ts";
import { binarySamples, castSamples, polygammaSamples, unarySamples } from "./elementwise.ts";

export const samples: Samples = {
  ...unarySamples,
  ...binarySamples,
  ...arraySamples,
  polygamma: polygammaSamples,
  cast: castSamples,
  scan: scanSamples,
  while: whileSamples,
  cond: condSamples,
  custom: customSamples,
};
