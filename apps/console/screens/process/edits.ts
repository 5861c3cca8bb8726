import { useCallback, useEffect, useState } from 'react';
import type { components } from '#client';

/** Where something of the package goes, as a person chose it. Ids alone: they outlive a reload. */
export type Choice =
  /** Created; a location without a customer in the package, under that customer. */
  | { readonly to: 'new'; readonly customerId?: string }
  /** To a customer or a location of one's own. */
  | { readonly to: 'own'; readonly id: string }
  | { readonly to: 'declined' };

export type ReferenceStyle = components['schemas']['ProcessShareBody']['referenceStyle'];

export interface Edits {
  /** By the id of a customer, a location or an installation of the package. */
  readonly choices: Readonly<Record<string, Choice>>;
  /** Installations that replace the account's own record of the same machine. */
  readonly replacing: readonly string[];
  readonly referenceStyle: ReferenceStyle;
}

const NONE: Edits = { choices: {}, replacing: [], referenceStyle: 'original' };

export interface EditedPlan {
  readonly edits: Edits;
  readonly choose: (id: string, choice: Choice) => void;
  readonly replace: (installationId: string, replaces: boolean) => void;
  readonly setReferenceStyle: (style: ReferenceStyle) => void;
  readonly undo: (id: string) => void;
}

/** What was changed of the plan of a share; it survives a reload, and coming back later in this tab. */
export function useEdits(shareId: string): EditedPlan {
  const key = keyOf(shareId);
  const [edits, setEdits] = useState(() => read(key));
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(edits)), [key, edits]);
  return {
    edits,
    choose: useCallback(
      (id, choice) => setEdits((before) => ({ ...before, choices: { ...before.choices, [id]: choice } })),
      [],
    ),
    replace: useCallback(
      (id, replaces) =>
        setEdits((before) => {
          const others = before.replacing.filter((one) => one !== id);
          return { ...before, replacing: replaces ? [...others, id] : others };
        }),
      [],
    ),
    setReferenceStyle: useCallback(
      (referenceStyle) => setEdits((before) => ({ ...before, referenceStyle })),
      [],
    ),
    undo: useCallback(
      (id) =>
        setEdits((before) => {
          const { [id]: _, ...choices } = before.choices;
          return { ...before, choices, replacing: before.replacing.filter((one) => one !== id) };
        }),
      [],
    ),
  };
}

/** Once a step is confirmed, what it was made of is of no use. */
export function forgetEdits(shareId: string): void {
  sessionStorage.removeItem(keyOf(shareId));
}

function keyOf(shareId: string): string {
  return `tessera.plan.${shareId}`;
}

function read(key: string): Edits {
  return { ...NONE, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Edits>) };
}
