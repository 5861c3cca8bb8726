import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkRegistry, deserialise, eventTypes, serialise, type TesseraEvent } from '#contracts';
import { expected } from './expected.ts';
import { readSampleFile, sampleFiles, storedSample } from './samples.ts';

const versions = [...eventTypes].flatMap(([type, current]) =>
  Array.from({ length: current }, (_, index) => ({ type, version: index + 1, current })),
);

describe('the events of all times', () => {
  it('all have a way to today', () => {
    expect(checkRegistry).not.toThrow();
  });

  it('have a sample of each type and version, and no other', () => {
    const named = versions.map(({ type, version }) => `${type}.v${version}.json`);
    expect(sampleFiles).toEqual(named.toSorted());
  });

  it('are frozen: a sample is added, never edited', () => {
    const digests = sampleFiles.map((name) => `${hash('sha256', readSampleFile(name))}  ${name}\n`);
    expect(digests.join('')).toBe(readSampleFile('SHA256SUMS'));
  });

  it.each(versions)('$type, version $version, loads as it is meant today', ({ type, version }) => {
    const stored = storedSample(type, version);
    const { data, ...rest } = stored;
    expect(deserialise(stored)).toEqual({ ...rest, type, data: expected[type][version - 1] });
  });

  it.each(versions.filter(({ version, current }) => version === current))(
    '$type, version $version, is stored again as it was',
    ({ type, version }) => {
      const { data } = storedSample(type, version);
      const again = serialise(deserialise(storedSample(type, version)) as TesseraEvent);
      expect(again).toEqual({ type, data, schemaVersion: version });
    },
  );
});
