/** A block of code on a page. */
export interface Block {
  /** `sh`, or that of a file. */
  readonly language: string;
  /** The name above it, where it is a file. */
  readonly file: string | undefined;
  readonly code: string;
  /** Where it begins on the page. */
  readonly line: number;
}

const BLOCK = /(?:^`(?<file>[\w.-]+)`\n\n)?^```(?<language>\w+)\n(?<code>.*?)^```$/gms;

/** The blocks of a page, or of one of its sections, that have a language; messages are only shown. */
export function blocksOf(page: string): readonly Block[] {
  const found = [...page.matchAll(BLOCK)].filter(({ groups }) => groups?.language !== 'json');
  return found.map(({ groups, index }) => ({
    language: groups?.language ?? '',
    file: groups?.file,
    code: groups?.code ?? '',
    line: page.slice(0, index).split('\n').length,
  }));
}

/** The part of a page under one of its headings. */
export function sectionOf(page: string, heading: string): string {
  const from = page.indexOf(`\n## ${heading}\n`);
  if (from < 0) throw new Error(`There is no section ${heading}.`);
  const to = page.indexOf('\n## ', from + 1);
  return page.slice(from, to < 0 ? undefined : to);
}

/**
 * A script that does what someone does who pastes one block after the other: it saves files, and runs the rest in one
 * shell. It ends at the first command that fails, after having said in which block.
 */
export function scriptOf(blocks: readonly Block[]): string {
  const parts = blocks.map(({ language, file, code, line }, n) => {
    if (language === 'sh') return `echo "# block at line ${line}" >&2\n${code}`;
    if (file === undefined) throw new Error(`The block at line ${line} is neither a command nor a file.`);
    return `cat > '${file}' <<'END OF BLOCK ${n}'\n${code}END OF BLOCK ${n}\n`;
  });
  return `set -eo pipefail\n${parts.join('\n')}`;
}
