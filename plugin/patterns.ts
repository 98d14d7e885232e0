/** Takes patterns such as `{ a, b: [c = 1, ...d] }` apart. */

import type { AnyNode } from "acorn";

/** What to do with the parts of a pattern. */
export interface PatternParts {
  /** A place that receives a value: a name, or a member as in `[a.b] = pair`. */
  readonly target: (node: AnyNode) => void;
  /** A default value or computed key, which is evaluated on the way. */
  readonly expression: (node: AnyNode) => void;
}

/** Hands every part of `pattern` to `parts`, in the order of the text. */
export function takeApart(pattern: AnyNode, parts: PatternParts): void {
  switch (pattern.type) {
    case "ObjectPattern":
      for (const property of pattern.properties) takeApart(property, parts);
      break;
    case "Property":
      if (pattern.computed) parts.expression(pattern.key);
      takeApart(pattern.value, parts);
      break;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element !== null) takeApart(element, parts);
      break;
    case "RestElement":
      takeApart(pattern.argument, parts);
      break;
    case "AssignmentPattern":
      takeApart(pattern.left, parts);
      parts.expression(pattern.right);
      break;
    default:
      parts.target(pattern);
  }
}
