/** What to try after the main job. */

import type { ReportCommand } from "../report/training/report.ts";

/** Commands, from the nearest to the farthest. */
export const nextCommands: readonly ReportCommand[] = [
  {
    command: "npx nabla train mnist --model lenet --epochs 10",
    meaning: "a network of convolutions, to 99 %",
  },
  {
    command: "npm start -- --method adam --rate 0.01",
    meaning: "one method alone, with a rate that is too high for it",
  },
  {
    command: "npx nabla train iris --report iris.html",
    meaning: "flowers by four measurements, with a report like this one",
  },
  {
    command: "npx nabla race --report race.html",
    meaning: "the lecture's five methods on a surface that can be seen",
  },
  { command: "npx nabla methods", meaning: "all methods, and what each is good for" },
];
