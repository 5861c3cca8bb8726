import { Consistency, Tessera } from '#client';
import { send } from '../session/session.ts';

/** The newest position that this tab has written or received: all its reads reflect that. */
export const consistency = new Consistency();

/** The API client, with the session of this tab. */
export const tessera = new Tessera({
  url: window.location.origin,
  fetch: send,
  consistency,
  retry: { attempts: 3 },
});
