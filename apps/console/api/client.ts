import { Consistency, Tessera } from '#client';
import { send } from '../session/session.ts';

/** The newest that this tab has written or was told of: whatever it reads reflects that. */
export const consistency = new Consistency();

/** The API, as whom this tab is signed in as. */
export const tessera = new Tessera({
  url: window.location.origin,
  fetch: send,
  consistency,
  retry: { attempts: 3 },
});
