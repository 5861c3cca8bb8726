/** Overlays that can be opened from every screen. */
export type Overlay = 'help' | 'palette';

const OPEN_OVERLAY = 'tessera:open-overlay';

export function openOverlay(overlay: Overlay): void {
  window.dispatchEvent(new CustomEvent(OPEN_OVERLAY, { detail: overlay }));
}

/** @returns a function that stops listening */
export function onOpenOverlay(listener: (overlay: Overlay) => void): () => void {
  const listen = (event: Event) => listener((event as CustomEvent<Overlay>).detail);
  window.addEventListener(OPEN_OVERLAY, listen);
  return () => window.removeEventListener(OPEN_OVERLAY, listen);
}
