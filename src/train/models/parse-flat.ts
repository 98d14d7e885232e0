/** JSON that is not nested so deep that walking over it would exhaust the stack. */

/** More than any description is nested. */
const deepest = 300;

/** The value of a text of JSON. @throws What `refuse` makes. */
export function parseFlat(text: string, refuse: (rule: string) => Error): unknown {
  if (depthOf(text) > deepest) throw refuse(`nests its description more than ${deepest} deep`);
  try {
    return JSON.parse(text);
  } catch {
    throw refuse("holds a description that is no JSON");
  }
}

/** How many brackets are open at once, those in strings aside. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') isInString = !isInString;
    else if (isInString) i += character === "\\" ? 1 : 0;
    else if (character === "[" || character === "{") most = Math.max(most, ++depth);
    else if (character === "]" || character === "}") depth -= 1;
  }
  return most;
}
