/** Only the gradient is believed; nothing is learned from steps. */
import { read } from "../solver/question.ts";
import type { Belief, Model } from "./model.ts";

/** The model of first order, f(x + p) ≈ f + gᵀp. */
export function gradientModel(): Model<Belief, "gradient"> {
  return {
    name: "gradient",
    asks: ["gradient"],
    begin: (told) => ({ gradient: read<"gradient", "gradient">(told, "gradient") }),
    update: (_belief, _s, told) => ({ gradient: read<"gradient", "gradient">(told, "gradient") }),
  };
}
