import type { Icon } from '@tabler/icons-react';

/** What the palette leads to, or does. */
export interface Entry {
  readonly key: string;
  readonly name: string;
  /** Distinguishes it from others of that name. */
  readonly more?: string;
  readonly icon: Icon;
  readonly go: () => void;
}

export interface Group {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** Whether every word of the query begins a word of its name. */
export function fits({ name }: Pick<Entry, 'name'>, query: string): boolean {
  const words = wordsOf(name);
  return wordsOf(query).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
