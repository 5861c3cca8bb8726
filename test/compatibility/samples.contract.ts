import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { EventRegistry } from '#contracts';
import type { DomainEvent } from '#domain/kernel';
import type { Samples } from './samples.ts';

/** What a registry of events owes to what was ever stored of them. */
export function samplesContract<Event extends DomainEvent>(
  registry: EventRegistry<Event>,
  samples: Samples,
  /** The data of each version's sample as it is meant today, by type; the first version first. */
  expected: Readonly<Record<Event['type'], readonly Event['data'][]>>,
): void {
  const versions = [...registry.entries()].flatMap(([name, current]) =>
    Array.from({ length: current }, (_, index) => {
      const [type, version] = [name as Event['type'], index + 1];
      return { type, version, isCurrent: version === current };
    }),
  );

  describe('the samples of stored events', () => {
    it('can all be upcast to the current version', () => {
      expect(() => registry.check()).not.toThrow();
    });

    it('have one of each type and version, and no other', () => {
      const named = versions.map(({ type, version }) => `${type}.v${version}.json`);
      expect(samples.files).toEqual(named.toSorted());
    });

    it('are frozen: a sample is added, never edited', () => {
      const digests = samples.files.map((name) => `${hash('sha256', samples.read(name))}  ${name}\n`);
      expect(digests.join('')).toBe(samples.read('SHA256SUMS'));
    });

    it.each(versions)('$type, version $version, loads as it is meant today', ({ type, version }) => {
      const stored = samples.stored(type, version);
      const { data, type: storedName, ...rest } = stored;
      expect(stored.metadata.schemaVersion).toBe(version);
      expect(registry.deserialise(stored)).toEqual({ ...rest, type, data: expected[type][version - 1] });
    });

    it.each(versions.filter(({ isCurrent }) => isCurrent))(
      '$type, version $version, is stored again as it was',
      ({ type, version }) => {
        const stored = samples.stored(type, version);
        const again = registry.serialise(registry.deserialise(stored) as unknown as Event);
        expect(again).toEqual({ type: stored.type, data: stored.data, schemaVersion: version });
      },
    );
  });
}
