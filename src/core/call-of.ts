/** The call that makes what is known by a name: `heNormal` for `he-normal`. */
export function callOf(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
