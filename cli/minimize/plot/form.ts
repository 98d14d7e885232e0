/** The forms in which a picture can be written; apart from the drawing, which takes a while to load. */

/** A form, by the ending of its file's name. */
export type Form = ".svg" | ".html";

const forms: readonly Form[] = [".svg", ".html"];

/** The form that a file's name asks for, or undefined. */
export function formOf(path: string): Form | undefined {
  return forms.find((ending) => path.toLowerCase().endsWith(ending));
}
