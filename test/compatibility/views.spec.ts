// A version of a projection that has been released goes on making the same documents of the same events.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deserialise, type Recorded, type TesseraEvent } from '#contracts';
import { projections } from '#projections';
import type { Projection } from '#subscriptions';
import { Views } from '../../projections/testing.ts';
import { storedLog, stories } from './stories.ts';

/** By projection and version. None is ever changed: a projection that makes other documents has another version. */
const released: Readonly<Record<string, Readonly<Record<number, string>>>> = JSON.parse(
  readFileSync(new URL('released-views.json', import.meta.url), 'utf8'),
);

/** The log of a story as it is read. */
function logOf(types: readonly TesseraEvent['type'][]): Recorded[] {
  const lengths = new Map<string, number>();
  return storedLog(types).map((event, index) => {
    const revision = lengths.get(event.stream) ?? 0;
    lengths.set(event.stream, revision + 1);
    return { ...deserialise(event), revision, position: 10 * index } as Recorded;
  });
}

/** Every document that the stories lead to of which the projection takes anything, with what it is found by. */
function digest(projection: Projection): string {
  const taken = stories.filter(({ types }) => types.some((type) => projection.handles.includes(type)));
  const found = taken.map(({ types }) => {
    const views = new Views(projection).apply(...logOf(types));
    return projection.collections.map((collection) => {
      const { name, indexes, text } = collection;
      const documents = views.all(collection).map((document) => ({
        document,
        keys: Object.entries(indexes).map(([index, keyOf]) => [index, keyOf(document)]),
        text: text?.(document),
      }));
      return { name, indexes: Object.keys(indexes), documents };
    });
  });
  return createHash('sha256').update(JSON.stringify(found, sorted)).digest('hex');
}

/** The order of an object's fields means nothing. */
function sorted(_: string, value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.fromEntries(Object.entries(value).toSorted()) : value;
}

describe('a released version', () => {
  it.each(projections.map((projection) => [projection.name, projection.version, projection] as const))(
    'of %s, which is %i, builds the same documents of frozen events as ever',
    (name, version, projection) => {
      expect({ [version]: digest(projection) }).toEqual({ [version]: released[name]?.[version] });
    },
  );
});
