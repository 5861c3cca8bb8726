import { useCallback, useEffect, useState } from 'react';
import type { Level } from '../../parts/words.ts';

/** The service takes no more in one approval. */
export const MOST_SELECTED = 5_000;

/** What is picked, of one level; the ids alone outlive a reload. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string, isPicked: boolean) => void;
  readonly add: (ids: Iterable<string>) => void;
  readonly clear: () => void;
}

const NOTHING: ReadonlySet<string> = new Set();

export function useSelection(shareId: string, level: Level): Selection {
  const key = keyOf(shareId, level);
  const [kept, setKept] = useState(() => ({ key, ids: read(key) }));
  const ids = kept.key === key ? kept.ids : read(key);
  useEffect(() => {
    // After what was clicked on is shown: thousands of ids take their time.
    const keep = setTimeout(() => sessionStorage.setItem(key, JSON.stringify([...ids])));
    return () => clearTimeout(keep);
  }, [key, ids]);
  const change = useCallback(
    (next: (ids: ReadonlySet<string>) => ReadonlySet<string>) =>
      setKept((before) => ({ key, ids: next(before.key === key ? before.ids : read(key)) })),
    [key],
  );
  return {
    ids,
    toggle: useCallback(
      (id, isPicked) =>
        change((ids) => {
          const next = new Set(ids);
          if (isPicked) next.add(id);
          else next.delete(id);
          return next;
        }),
      [change],
    ),
    add: useCallback((more) => change((ids) => new Set([...ids, ...more])), [change]),
    clear: useCallback(() => change(() => NOTHING), [change]),
  };
}

/** Once it is decided, what was picked is of no use. */
export function forgetSelections(shareId: string): void {
  for (const level of ['customer', 'location', 'installation'] as const) {
    sessionStorage.removeItem(keyOf(shareId, level));
  }
}

function keyOf(shareId: string, level: Level): string {
  return `tessera.selection.${shareId}.${level}`;
}

function read(key: string): ReadonlySet<string> {
  return new Set(JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[]);
}
