import { useCallback, useEffect, useState } from 'react';

/** Which installations of a share are picked to be revoked; their ids outlive a reload. */
export interface Picked {
  readonly ids: readonly string[];
  readonly toggle: (id: string, isPicked: boolean) => void;
}

export function usePicked(shareId: string): Picked {
  const key = keyOf(shareId);
  const [ids, setIds] = useState(() => JSON.parse(sessionStorage.getItem(key) ?? '[]') as readonly string[]);
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(ids)), [key, ids]);
  return {
    ids,
    toggle: useCallback(
      (id, isPicked) =>
        setIds((before) => {
          const others = before.filter((one) => one !== id);
          return isPicked ? [...others, id] : others;
        }),
      [],
    ),
  };
}

/** Once it is revoked, what was picked is of no use. */
export function forgetPicked(shareId: string): void {
  sessionStorage.removeItem(keyOf(shareId));
}

function keyOf(shareId: string): string {
  return `tessera.revoking.${shareId}`;
}
