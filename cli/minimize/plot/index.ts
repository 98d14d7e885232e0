/** A picture of a run, as it suits the number of variables. */

import { convergence } from "./convergence.ts";
import { curve } from "./curve.ts";
import type { Drawing } from "./drawing.ts";
import type { Form } from "./form.ts";
import { landscape } from "./landscape.ts";
import { pageOf, type Sheet, sheetOf } from "./sheet.ts";

const forms: Readonly<Record<Form, (sheet: Sheet) => string>> = { ".svg": sheetOf, ".html": pageOf };

/** The picture as the text of a file. */
export function picture(drawing: Drawing, form: Form): string {
  return forms[form](sheet(drawing));
}

function sheet(drawing: Drawing): Sheet {
  const { headline: title, formula, variables, kind } = drawing;
  const marked =
    kind === "path" ? "Circle: the start. Star: the result." : "Dots: the samples. Star: their mean.";
  switch (variables.length) {
    case 1:
      return {
        title,
        formula,
        drawing: curve(drawing),
        note: `${marked} There is no curve where the value is undefined.`,
      };
    case 2:
      return {
        title,
        formula,
        drawing: landscape(drawing),
        note: `Colour: the value, in logarithmic steps; grey where it is undefined. ${marked}`,
      };
    default:
      return {
        title,
        formula,
        drawing: convergence(drawing),
        note: `${variables.length} variables have no one picture: shown is how the value and its gradient went, step by step.`,
      };
  }
}
