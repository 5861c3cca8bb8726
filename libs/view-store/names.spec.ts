import { describe, expect, it } from '@jest/globals';
import { verifyNames } from './names.ts';

const verify = (name: string, index: string) => () => verifyNames({ name, indexes: { [index]: () => [] } });

describe('verifyNames', () => {
  it.each(['shares', 'parked-events', 'v2'])('lets %j name a collection', (name) => {
    expect(verify(name, 'byOwner')).not.toThrow();
  });

  it.each(['', '_followers', '2nd', 'Shares', 'system.users', 'a$b', 'a"b', 'a b', 'a\u0000', 'é'])(
    'refuses %j for a collection',
    (name) => expect(verify(name, 'byOwner')).toThrow(TypeError),
  );

  it.each(['', 'by.owner', '$by', 'by"', 'by owner', '_by', '__proto__'])(
    'refuses %j for an index',
    (index) => {
      expect(verify('shares', index)).toThrow(TypeError);
    },
  );
});
