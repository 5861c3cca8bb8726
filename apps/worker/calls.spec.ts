import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CausedCommand } from '#application/core';
import { conflict, Refusal } from '#domain/kernel';
import { EventStoreUnavailable } from '#event-store';
import { CommandsUnavailable } from '#processes';
import { commandsOver, executeCommands } from './command-channel.ts';

let here: MessagePort;
let there: MessagePort;

beforeEach(() => {
  ({ port1: here, port2: there } = new MessageChannel());
});

afterEach(() => {
  here.close();
  there.close();
});

const command = (id: string): CausedCommand => ({
  id,
  type: 'StartPreparation',
  data: { shareId: 's' },
  actor: { account: 'a', user: 'u', roles: ['system'] },
  correlationId: 'c',
  causationId: 'e',
});

const outcome = (id: string) => ({ id, revision: 'none' as const, position: undefined, replayed: false });

describe('the command channel', () => {
  it('sends commands and returns each outcome to its caller', async () => {
    const release = new Map<string, () => void>();
    executeCommands(there, async ({ id }) => {
      await new Promise<void>((resolve) => release.set(id, resolve));
      return outcome(id);
    });
    const commands = commandsOver(here);
    const answers = ['1', '2', '3'].map((id) => commands.send(command(id)));
    while (release.size < 3) await new Promise(setImmediate);
    for (const id of ['3', '1', '2']) release.get(id)?.();
    expect(await Promise.all(answers)).toStrictEqual(['1', '2', '3'].map(outcome));
  });

  it('sends the command unchanged', async () => {
    let received: unknown;
    executeCommands(there, async (sent) => {
      received = sent;
      return outcome(sent.id);
    });
    await commandsOver(here).send(command('1'));
    expect(received).toStrictEqual(command('1'));
  });

  it('sends all calls of one turn in one message', async () => {
    const messages: unknown[][] = [];
    there.on('message', (message: unknown[]) => messages.push(message));
    const commands = commandsOver(here);
    for (const id of ['1', '2', '3']) void commands.send(command(id)).catch(() => undefined);
    while (messages.length === 0) await new Promise(setImmediate);
    expect(messages.map((message) => message.length)).toStrictEqual([3]);
  });

  it('restores a refusal with all its fields', async () => {
    const errors = [{ pointer: '/x', code: 'bad', detail: 'Bad.' }];
    const options = { currentStatus: 'revoked', allowedActions: ['revoke'], errors };
    const refusal = conflict('a-rule', 'It must not be.', options);
    executeCommands(there, () => Promise.reject(refusal));
    const error = await commandsOver(here)
      .send(command('1'))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Refusal);
    expect({ ...(error as Refusal) }).toStrictEqual({ ...refusal });
    expect((error as Refusal).message).toBe('It must not be.');
  });

  it('keeps the name of any other error', async () => {
    executeCommands(there, () => Promise.reject(new EventStoreUnavailable('away')));
    await expect(commandsOver(here).send(command('1'))).rejects.toMatchObject({
      name: 'EventStoreUnavailable',
      message: 'away',
    });
  });

  it('fails pending and later calls once the other end is gone', async () => {
    executeCommands(there, () => new Promise(() => undefined));
    const commands = commandsOver(here);
    const waiting = commands.send(command('1'));
    await new Promise(setImmediate);
    there.close();
    await expect(waiting).rejects.toThrow(CommandsUnavailable);
    await expect(commands.send(command('2'))).rejects.toThrow(CommandsUnavailable);
  });
});
