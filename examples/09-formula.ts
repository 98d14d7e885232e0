/** A formula in text is a function like any other. */
import { grad, parseFormula } from "nabla";

const { f, variables } = parseFormula("b1*(1 - exp(-b2*x))");

console.log(variables);
console.log(f({ b1: 2, b2: 0, x: 3 }), grad(f)({ b1: 2, b2: 0, x: 3 }));

try {
  parseFormula("2x + 1");
} catch (error) {
  console.log(String(error).split("\n").at(0));
}
// prints:
// [ 'b1', 'b2', 'x' ]
// 0 { b1: 0, b2: 6, x: 0 }
// FormulaError: ...
