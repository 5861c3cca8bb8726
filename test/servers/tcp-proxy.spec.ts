import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TcpProxy } from './tcp-proxy.ts';

describe('the proxy', () => {
  let echo: Server;
  let proxy: TcpProxy;
  const clients: Socket[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await TcpProxy.start((echo.address() as AddressInfo).port);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await proxy.close();
    echo.close();
  });

  async function open(): Promise<Socket> {
    const client = connect({ port: proxy.port, host: '127.0.0.1' });
    clients.push(client);
    await once(client, 'connect');
    return client;
  }

  async function echoed(client: Socket, text: string): Promise<string> {
    let heard = '';
    client.write(text);
    while (heard.length < text.length) heard += String((await once(client, 'data'))[0]);
    return heard;
  }

  it('forwards everything unchanged', async () => {
    const client = await open();
    expect(await echoed(client, 'hello')).toBe('hello');
    const long = 'x'.repeat(2_000_000);
    expect((await echoed(client, long)) === long).toBe(true);
  });

  it('resets open connections and accepts new ones', async () => {
    const client = await open();
    await echoed(client, 'a');
    proxy.cut();
    await expect(once(client, 'close')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await echoed(await open(), 'b')).toBe('b');
  });

  it('refuses connections until it is healed, then accepts them on the same port', async () => {
    const { port } = proxy;
    proxy.refuse();
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.heal();
    expect(proxy.port).toBe(port);
    expect(await echoed(await open(), 'b')).toBe('b');
  });

  it('forwards nothing until it is healed, and loses nothing', async () => {
    const client = await open();
    await echoed(client, 'a');
    proxy.silence();
    let heard = false;
    const answer = echoed(client, 'later').finally(() => {
      heard = true;
    });
    // A direct round trip that starts later must end earlier than one through the proxy.
    const beside = connect({ port: (echo.address() as AddressInfo).port, host: '127.0.0.1' });
    clients.push(beside);
    for (let n = 0; n < 20; n++) await echoed(beside, 'beside');
    expect(heard).toBe(false);
    await proxy.heal();
    expect(await answer).toBe('later');
  });

  it('delays what is sent', async () => {
    const client = await open();
    proxy.delay(40);
    const before = performance.now();
    await echoed(client, 'slow');
    expect(performance.now() - before).toBeGreaterThan(75);
  });
});
