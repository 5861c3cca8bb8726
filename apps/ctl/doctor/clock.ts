import { type Instant, toMillis } from '#domain/kernel';
import type { Position, RecordedEvent, Revision } from '#event-store';
import { sealedPlaces } from '#seal';
import type { Deployment } from '../deployment/index.ts';
import { type Check, type Finding, fine } from './check.ts';

const CLOCK_TOLERANCE_MS = 5_000;
const SECONDS = new Intl.NumberFormat('en');

/** Whether the clocks of this machine, of a store's server, and of the last event agree. */
export const clock: Check = {
  name: 'clock',
  look: async (deployment) => {
    const { settings, clockAhead } = deployment;
    const [last, ahead] = await Promise.all([lastEvent(deployment), clockAhead?.()]);
    const isMoved = settings.development;
    const found: Finding[] = [];
    const report = (what: string): void => {
      found.push({
        level: isMoved ? 'notice' : 'wrong',
        what,
        why: 'Deadlines, as of revocations, are judged by the time of the service that takes the command.',
        fix: isMoved
          ? 'The development clock was moved forward, or the clocks of the machines differ: see NTP.'
          : 'Synchronise the clocks of all machines by NTP.',
      });
    };
    if (ahead !== undefined && Math.abs(ahead) > CLOCK_TOLERANCE_MS) {
      const way = ahead > 0 ? 'ahead of' : 'behind';
      report(`The clock of the view store is ${seconds(Math.abs(ahead))} s ${way} this machine's.`);
    }
    const at = last?.metadata.at as Instant | undefined;
    const early = at === undefined ? 0 : toMillis(at) - Date.now();
    if (early > CLOCK_TOLERANCE_MS) {
      report(`The last event is of ${at}, ${seconds(early)} s after this machine's time.`);
    }
    if (found.length > 0) return found;
    const agrees = ahead === undefined ? '' : " The clock of the view store agrees with this machine's.";
    return fine(`${at === undefined ? 'There is no event yet.' : `The last event is of ${at}.`}${agrees}`);
  },
};

/** On shared stores, where none is found by a position near it, the last one that was sealed. */
async function lastEvent({ kind, events, stored }: Deployment): Promise<RecordedEvent | undefined> {
  if (kind !== 'shared') {
    const head = await events.head();
    return (await events.readAll({ after: (head - 1) as Position, limit: 1 }))[0];
  }
  const query = { index: 'by-index', prefix: [], direction: 'descending', limit: 1 } as const;
  const [place] = (await stored.find(sealedPlaces, query)).items;
  if (place === undefined) return undefined;
  return (await events.readStream(place.stream, { from: place.revision as Revision, limit: 1 }))[0];
}

const seconds = (ms: number) => SECONDS.format(Math.round(ms / 1_000));
