/** What lies over every screen, once it is asked for. */
export type Asked = 'help' | 'palette';

const ASKED = 'tessera:asked';

export function askFor(what: Asked): void {
  window.dispatchEvent(new CustomEvent(ASKED, { detail: what }));
}

/** @returns what stops listening */
export function onAsked(listener: (what: Asked) => void): () => void {
  const listen = (event: Event) => listener((event as CustomEvent<Asked>).detail);
  window.addEventListener(ASKED, listen);
  return () => window.removeEventListener(ASKED, listen);
}
