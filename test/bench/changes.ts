import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '#application';
import { SqliteEventStore } from '#event-store/sqlite';
import { type Ask, withChild } from './child.ts';
import { type SeededConnection, seedAccount, seedConnections } from './connections.ts';
import { compared, type Figure, figure } from './figures.ts';
import type { Answers } from './http/serving.ts';
import type { Address } from './load.ts';
import { median, withDirectory } from './measuring.ts';

const EVERY_MS = 50;
/** Of one account. */
const LISTENERS = 100;

export interface ChangesSize {
  /** Whom nothing concerns. */
  readonly listeners: number;
  /** In each turn. */
  readonly commands: number;
  readonly turns: number;
}

/**
 * What it costs that many listen for changes which do not come: memory, and the CPU of commands that come 20 a second,
 * beside the same without them. And how soon who is concerned is lines, from when the command was sent.
 */
export async function measureChanges({ listeners, commands, turns }: ChangesSize): Promise<Figure[]> {
  return withDirectory(async (directory) => {
    const store = await SqliteEventStore.open({ directory });
    const account = await seedAccount(store);
    const seeded = await seedConnections(store, commands * (2 * turns + 2), account);
    await store.close();
    return withChild(
      'http/service-server.js',
      [directory, account],
      async (address: Address, ask: Ask<Answers>) => {
        const next = () => seeded.splice(0, commands);
        const cost = async () => {
          const before = await ask('cpuOfAll');
          const delays = await delaysOf(address, next());
          await ask('settled');
          return { delays, cpu: ((await ask('cpuOfAll')) - before) / 1_000 / commands };
        };
        await cost();
        const alone: number[] = [];
        const beside: number[] = [];
        const memory: number[] = [];
        const delays: number[] = [];
        for (let turn = 0; turn < turns; turn++) {
          alone.push((await cost()).cpu);
          const before = await ask('memory');
          const idle = await idleListeners(address, listeners);
          memory.push(Math.max(0, (await ask('memory')) - before) / listeners / 1_024);
          const measured = await cost();
          beside.push(measured.cpu);
          delays.push(median(measured.delays));
          await Promise.all(idle.map(close));
        }
        return [
          figure('changes.delay', delays, 'ms'),
          figure('changes.listener.memory', memory.slice(0, 1), 'kB'),
          compared(figure('changes.command', beside, 'ms'), figure('changes.command.alone', alone, 'ms'), {
            atMost: 1.1,
          }),
          figure('changes.command.alone', alone, 'ms'),
        ];
      },
    );
  });
}

/**
 * From each command until its account's listener has been lines, in milliseconds; one after the other.
 * @param listenAt the service that tells it, where that is another one
 */
export async function delaysOf(
  address: Address,
  connections: readonly SeededConnection[],
  listenAt = address,
): Promise<readonly number[]> {
  const stream = await listen(listenAt);
  const lines = createInterface({ input: stream })[Symbol.asyncIterator]();
  const delays: number[] = [];
  for (const connection of connections) {
    await pause(EVERY_MS);
    const sentAt = performance.now();
    const sending = rename(address, connection);
    for (let line = ''; !line.startsWith('data:'); ) line = (await lines.next()).value ?? refuse();
    delays.push(performance.now() - sentAt);
    await sending;
  }
  await close(stream);
  return delays;
}

/** The name of a connection that it has not had. */
async function rename({ url, token }: Address, { id }: SeededConnection): Promise<void> {
  const answer = await fetch(`${url}/v1/connections/${id}/rename`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ label: `Renamed ${newId()}` }),
  });
  if (!answer.ok) throw new Error(`A command was answered ${answer.status}.`);
  await answer.arrayBuffer();
}

function refuse(): never {
  throw new Error('The stream of changes ended.');
}

/** Listeners of accounts that nothing happens to. */
async function idleListeners({ url }: Address, count: number): Promise<IncomingMessage[]> {
  const opened: IncomingMessage[] = [];
  while (opened.length < count) {
    const answer = await fetch(`${url}/dev/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: newId(), roles: ['technician'] }),
    });
    const { token } = (await answer.json()) as { token: string };
    const most = Math.min(LISTENERS, count - opened.length);
    opened.push(...(await Promise.all(Array.from({ length: most }, () => listen({ url, token })))));
  }
  return opened;
}

/** A stream of changes from now on, of which the beginning has arrived. */
async function listen({ url, token }: Address): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
  const request = get(new URL('/v1/changes?cursor=now', url), { headers, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`A listener was answered ${response.statusCode}.`);
  response.on('error', () => undefined);
  response.resume();
  response.pause();
  return response;
}

async function close(response: IncomingMessage): Promise<void> {
  const closed = once(response, 'close');
  response.destroy();
  await closed;
}
