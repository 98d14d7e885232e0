/** Finds the code blocks of documents: of Markdown files, and of the doc comments of TypeScript files. */

/** A fenced block, with the place of its first line of code. */
export interface Block {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  /** The words after the language: `no-run`. */
  readonly flags: readonly string[];
  readonly code: string;
  readonly inComment: boolean;
}

/** The fenced blocks of a file, found by its name's ending. */
export function findBlocks(file: string, text: string): Block[] {
  if (!file.endsWith(".ts")) return fencedBlocks(file, text, 1, false);
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const line = text.slice(0, comment.index).split("\n").length;
    return fencedBlocks(file, comment[0].replaceAll(/^[ \t]*\*(?!\/) ?/gm, ""), line, true);
  });
}

function fencedBlocks(file: string, text: string, firstLine: number, inComment: boolean): Block[] {
  const blocks: Block[] = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const fence = /^(\s*)```(\S*)\s*(.*)$/.exec(lines[i] ?? "");
    if (!fence) continue;
    const [, indent = "", language = "", flags = ""] = fence;
    const end = lines.findIndex((line, at) => at > i && /^\s*```\s*$/.test(line));
    if (end < 0) throw new Error(`${file}:${firstLine + i} opens a code block that is never closed.`);
    const code = lines
      .slice(i + 1, end)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    blocks.push({
      file,
      line: firstLine + i + 1,
      language,
      flags: flags.split(/\s+/).filter(Boolean),
      code: code.join("\n"),
      inComment,
    });
    i = end;
  }
  return blocks;
}
