import { describe, expect, it } from '@jest/globals';
import { publicCommand } from '#contracts/commands';
import type { DemoCommand } from './steps.ts';
import { demoWorld } from './world.ts';

const world = demoWorld();
const steps = world.chapters.flatMap(({ threads }) => threads.flat());
const commands = steps.filter((step): step is DemoCommand => step.kind === 'command');

function ofType(type: string): readonly DemoCommand[] {
  return commands.filter((command) => command.type === type);
}

describe('the demo world', () => {
  it('is the same each time it is generated', () => {
    expect(demoWorld()).toEqual(world);
  });

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
    expect(kinds.filter((kind) => kind === 'connect')).toHaveLength(5);
    expect(kinds.filter((kind) => kind === 'service')).toHaveLength(7);
    expect(ofType('RegisterInstallation').length).toBeGreaterThan(200);
    expect(ofType('RegisterInstallation').length).toBeLessThan(500);
    expect(ofType('AddActivity').length).toBeGreaterThan(150);
  });

  it('begins and ends with the streams that show whether it exists', () => {
    const [first] = commands;
    const last = commands.at(-1);
    expect(first).toMatchObject({ type: 'RegisterAccount', data: { accountId: idIn(world.firstStream) } });
    expect(last).toMatchObject({ type: 'RequestShare', data: { shareId: idIn(world.lastStream) } });
  });
});

function idIn(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}
