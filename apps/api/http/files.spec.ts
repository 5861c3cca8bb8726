import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { Exchange } from './exchange.ts';
import { Files } from './files.ts';

/** A request of an account, whose answer ends or breaks off as the test says. */
function asked(account: string) {
  const raw = new PassThrough();
  return { raw, exchange: { reply: { raw }, caller: { account } } as unknown as Exchange };
}

const KIND = { type: 'text/csv' };

describe('files that are sent while they are read', () => {
  it('are limited for each account and in all, until they are sent or their client has gone', async () => {
    const files = new Files({ perAccount: 2, inAll: 3 });
    const refused = expect.objectContaining({ status: 429, code: 'too-many-files' });
    const content = () => Readable.from(['x']);
    const send = ({ exchange }: ReturnType<typeof asked>) => files.send(exchange, content(), KIND);
    const [first, second, other] = [asked('a'), asked('a'), asked('b')];
    send(first);
    send(second);
    const refusedContent = content();
    expect(() => files.send(asked('a').exchange, refusedContent, KIND)).toThrow(refused);
    expect(refusedContent.destroyed).toBe(true);
    send(other);
    expect(() => send(asked('c'))).toThrow(refused);

    first.raw.resume().end();
    await once(first.raw, 'close');
    send(asked('a'));
    expect(() => send(asked('c'))).toThrow(refused);

    other.raw.destroy();
    await once(other.raw, 'close');
    const gone = asked('c');
    gone.raw.destroy();
    await once(gone.raw, 'close');
    send(gone);
    await new Promise(setImmediate);
    send(asked('c'));
  });
});
