import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#contracts';
import { mapPage, productMap } from './map.ts';

const PAGE = fileURLToPath(new URL('../../docs/map.md', import.meta.url));

describe('the map of the product', () => {
  const map = productMap();
  const commands = map.streams.flatMap((stream) => stream.commands);

  it('is up to date (npm run map)', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(mapPage(map));
  });

  it('finds what each command leads to, and from which each event comes but the one that any may lead to', () => {
    expect(commands.filter(({ events }) => events.length === 0)).toEqual([]);
    const reached = new Set(commands.flatMap(({ events }) => events));
    expect([...eventTypes.keys()].filter((type) => !reached.has(type))).toEqual(['CommandHadNoEffect']);
  });

  it('finds what each process sends', () => {
    expect(map.processes.filter(({ sends }) => sends.length === 0)).toEqual([]);
  });

  it('tells the events of one command from those of others in the same file', () => {
    const eventsOf = (wanted: string) => commands.find(({ type }) => type === wanted)?.events;
    expect(eventsOf('ChangeAccountDetails')).toEqual(['AccountDetailsChanged']);
    expect(eventsOf('WithdrawAccess')).toEqual(['InstallationAccessWithdrawn', 'InstallationAccessBlocked']);
    expect(eventsOf('CancelShare')).toEqual(['ShareCancelled']);
    expect(eventsOf('FinishShare')).toEqual(['ShareItemsDeclined', 'ShareProcessed']);
  });
});
