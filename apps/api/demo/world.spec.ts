import { describe, expect, it } from '@jest/globals';
import { publicCommand } from '#contracts/commands';
import { fromMillis, plusMillis, toMillis } from '#domain/kernel';
import { Calendar } from './calendar.ts';
import type { Chapter, DemoCommand } from './steps.ts';
import { demoWorld, FIRST_STREAM, LAST_STREAM } from './world.ts';

const NOW = '2026-05-13T16:20:31.417Z';
const chapters = demoWorld(new Calendar(NOW));
const steps = chapters.flatMap(({ threads }) => threads.flat());
const commands = steps.filter((step): step is DemoCommand => step.kind === 'command');

function ofType(type: string): readonly DemoCommand[] {
  return commands.filter((command) => command.type === type);
}

describe('the demo world', () => {
  it('is the same each time it is generated, also when the time is that of its first event', () => {
    expect(demoWorld(new Calendar(NOW))).toEqual(chapters);
    const [{ at }] = chapters as [Chapter];
    const start = plusMillis(at, 20_000);
    expect(demoWorld(Calendar.startingAt(start))).toEqual(chapters);
  });

  it.each(['2026-05-11T00:00:00.000Z', NOW, '2026-05-17T23:59:59.999Z', '2027-01-01T12:00:00.000Z'])(
    'has a past of twelve weeks, moment by moment: made at %s',
    (now) => {
      const moments = demoWorld(new Calendar(now)).map(({ at }) => at);
      expect(moments).toEqual([...moments].sort());
      expect(moments[0]).toBe(fromMillis(Math.floor(toMillis(now) / 60_000) * 60_000 - 84 * 24 * 3_600_000));
      expect(moments.at(-1)?.localeCompare(now)).toBeLessThan(0);
    },
  );

  it('has only commands that are valid by their declared shape', () => {
    const faults = commands.flatMap(({ type, data }) => {
      const issues = publicCommand(type).validate(data);
      return issues === undefined ? [] : [{ type, data, issues }];
    });
    expect(faults).toEqual([]);
  });

  it('gives every command a unique id', () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });

  it('has companies of both kinds, and a few hundred installations with their logbooks', () => {
    const kinds = ofType('RegisterAccount').map(({ data }) => (data as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === 'connect')).toHaveLength(6);
    expect(kinds.filter((kind) => kind === 'service')).toHaveLength(10);
    expect(ofType('RegisterInstallation').length).toBeGreaterThan(200);
    expect(ofType('RegisterInstallation').length).toBeLessThan(500);
    expect(ofType('AddActivity').length).toBeGreaterThan(150);
  });

  it('begins and ends with the streams that show whether it exists', () => {
    const [first] = commands;
    const last = commands.at(-1);
    expect(first).toMatchObject({ type: 'RegisterAccount', data: { accountId: idIn(FIRST_STREAM) } });
    expect(last).toMatchObject({ type: 'RequestShare', data: { shareId: idIn(LAST_STREAM) } });
  });
});

function idIn(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}
