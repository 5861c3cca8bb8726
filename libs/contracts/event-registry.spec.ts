import { describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#domain/kernel';
import type { JsonObject, Position, RecordedEvent, Revision } from '#event-store';
import {
  BrokenUpcasterChain,
  DuplicateRegistration,
  EventRegistry,
  UnknownEventType,
  UnknownEventVersion,
} from './event-registry.ts';

type Fake = DomainEvent<'Opened' | 'Closed'>;

const stored = (type: string, data: JsonObject): RecordedEvent => ({
  id: '0193c2a4-7b00-7000-8000-000000000001',
  stream: 'door-1',
  revision: 0 as Revision,
  position: 10 as Position,
  type,
  data,
  metadata: { at: '2026-03-02T09:00:00.000Z' },
});

/** `Opened` began as `{by}`, became `{opener}` and is `{opener, gently}` today. */
function doors() {
  const registry = new EventRegistry<Fake>();
  registry.register('Opened', 3);
  registry.register('Closed', 1);
  registry.upcaster('Opened', 1, ({ by }) => ({ opener: by as string }));
  registry.upcaster('Opened', 2, (data) => ({ ...data, gently: false }));
  return registry;
}

describe('a registry of event types', () => {
  it('refuses to register a type twice', () => {
    expect(() => doors().register('Closed', 2)).toThrow(DuplicateRegistration);
  });

  it('refuses two upcasters for one version', () => {
    expect(() => doors().upcaster('Opened', 2, (data) => data)).toThrow(DuplicateRegistration);
  });

  it('accepts a chain of upcasters from every older version', () => {
    expect(() => doors().check()).not.toThrow();
  });

  it.each([
    { gap: 1, missing: [2] },
    { gap: 2, missing: [1] },
  ])('finds the gap at version $gap', ({ gap, missing }) => {
    const registry = new EventRegistry<Fake>();
    registry.register('Opened', 3);
    for (const from of missing) registry.upcaster('Opened', from, (data) => data);
    expect(() => registry.check()).toThrow(new BrokenUpcasterChain('Opened', gap));
  });

  it.each([0, -1, 1.5, 3, 4])('reports an upcaster from version %d, where version 3 is the last', (from) => {
    const registry = doors();
    registry.upcaster('Opened', from, (data) => data);
    expect(() => registry.check()).toThrow(new BrokenUpcasterChain('Opened', from));
  });

  it('reports an upcaster of a type that is not registered', () => {
    const registry = new EventRegistry<Fake>();
    registry.upcaster('Opened', 1, (data) => data);
    expect(() => registry.check()).toThrow(new BrokenUpcasterChain('Opened', 1));
  });

  it('refuses a version that is not a positive integer', () => {
    const registry = new EventRegistry<Fake>();
    registry.register('Opened', 0);
    expect(() => registry.check()).toThrow(BrokenUpcasterChain);
  });
});

describe('a stored event', () => {
  it('of a type in its first version is returned as it is, not copied', () => {
    const event = stored('Closed', {});
    expect(doors().deserialise(event)).toBe(event);
  });

  it.each<{ name: string; data: JsonObject }>([
    { name: 'Opened', data: { by: 'Ann' } },
    { name: 'Opened.v2', data: { opener: 'Ann' } },
    { name: 'Opened.v3', data: { opener: 'Ann', gently: false } },
  ])('as $name takes the whole way to today, and all beside its data stays', ({ name, data }) => {
    const event = stored(name, data);
    expect(doors().deserialise(event)).toEqual({
      ...event,
      type: 'Opened',
      data: { opener: 'Ann', gently: false },
    });
  });

  it('is known by the name of any version there is', () => {
    const names = ['Opened', 'Opened.v3', 'Closed', 'Opened.v4', 'Closed.v2', 'Painted'];
    expect(names.filter((name) => doors().knows(name))).toEqual(['Opened', 'Opened.v3', 'Closed']);
  });

  it('is not modified by upcasting', () => {
    const event = stored('Opened', { by: 'Ann' });
    doors().deserialise(event);
    expect(event).toEqual(stored('Opened', { by: 'Ann' }));
  });

  it('has its version in its stored name', () => {
    expect(doors().storedName('Opened')).toBe('Opened.v3');
    expect(doors().storedName('Closed')).toBe('Closed');
  });

  it.each(['Painted', 'Painted.v2'])('%s, of an unknown type, is refused with its name', (name) => {
    expect(() => doors().deserialise(stored(name, {}))).toThrow(new UnknownEventType('Painted'));
  });

  it.each(['Opened.v4', 'Opened.v1', 'Opened.v0', 'Opened.v2.5', 'Opened.vone', 'Opened.v', 'Closed.v2'])(
    '%s is refused with its name',
    (name) => {
      expect(() => doors().deserialise(stored(name, {}))).toThrow(
        new UnknownEventVersion(name.slice(0, 6), name),
      );
    },
  );
});
