import { describe, expect, it } from '@jest/globals';
import { LISTENER_LIMITS, Listeners } from './listeners.ts';

describe('the listeners for changes', () => {
  it('are limited for each account, and in all, until they end', () => {
    const listeners = new Listeners({ perAccount: 2, inAll: 3 });
    const first = listeners.open('a');
    listeners.open('a');
    const refused = expect.objectContaining({ status: 429, code: 'too-many-listeners' });
    expect(() => listeners.open('a')).toThrow(refused);
    const other = listeners.open('b');
    expect(() => listeners.open('c')).toThrow(refused);
    first.end();
    first.end();
    expect(listeners.count).toBe(2);
    listeners.open('a');
    other.end();
    listeners.open('c');
    expect(listeners.count).toBe(3);
  });

  it('end with the service, which accepts no more', () => {
    const listeners = new Listeners(LISTENER_LIMITS);
    const listener = listeners.open('a');
    listeners.onModuleDestroy();
    expect(listener.signal.aborted).toBe(true);
    expect(() => listeners.open('a')).toThrow(expect.objectContaining({ status: 503, code: 'stopping' }));
  });
});
