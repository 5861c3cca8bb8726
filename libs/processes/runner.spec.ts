import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type CausedCommand, derivedId } from '#application/core';
import { conflict } from '#domain/kernel';
import { EventStoreUnavailable, type NewEvent } from '#event-store';
import { OwnershipLost, ViewStoreUnavailable } from '#view-store';
import { until } from '../../test/tooling/until.ts';
import {
  PROCESSES,
  type ProcessDependencies,
  type ProcessManager,
  ProcessRunner,
  type ProcessRunnerOptions,
  processWork,
  type StepResult,
  type Work,
} from './index.ts';
import { issueFor } from './issue.ts';
import { ManualPauses } from './testing/manual-pauses.ts';
import { silent, uid, World } from './testing/world.ts';

type Asked = { readonly shareId: string };
type Step = (works: readonly Work<Asked>[], dependencies: ProcessDependencies) => Promise<StepResult>;

let world: World;
let pauses: ManualPauses;
const runners: ProcessRunner[] = [];

beforeEach(async () => {
  world = await World.open();
  pauses = new ManualPauses();
});

afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  await world.close();
});

/** A process with work for every request for a share. */
function processOf(step: Step, more: Partial<ProcessManager<Asked>> = {}): ProcessManager {
  const process: ProcessManager<Asked> = {
    name: 'sample',
    startedBy: ['ShareRequested'],
    workFor: (event) =>
      event.type === 'ShareRequested'
        ? { key: event.data.shareId, data: { shareId: event.data.shareId } }
        : undefined,
    step,
    ...more,
  };
  return process;
}

async function start(
  process: ProcessManager,
  more: Partial<ProcessRunnerOptions> = {},
): Promise<ProcessRunner> {
  const runner = new ProcessRunner({
    ...world.dependencies,
    store: world.viewStore,
    processes: [process],
    clock: { now: () => world.now },
    log: silent,
    pauses,
    ...more,
  });
  runners.push(runner);
  await runner.start();
  return runner;
}

/** Requests for shares, as the log has them. */
async function requested(...shares: readonly number[]): Promise<void> {
  for (const share of shares) {
    const data = {
      shareId: uid(share),
      connectionId: uid(1),
      requester: uid(2),
      provider: uid(3),
      name: 'A share',
      suggestedLevel: 'installation',
      requestedAt: world.now,
    };
    const metadata = {
      at: world.now,
      actor: { account: uid(2), user: 'someone', role: 'administrator' },
      commandId: uid(share),
      commandHash: '',
      $correlationId: uid(share),
      $causationId: uid(share),
      schemaVersion: 1,
    };
    const event: NewEvent = { id: derivedId(uid(share), 'event'), type: 'ShareRequested', data, metadata };
    await world.store.append(`share-${uid(share)}`, [event], 'none');
  }
}

/** Records that an operator resumed the work of a request. */
async function resumed(
  share: number,
  id: number,
  begun?: { stream: string; revision: number },
): Promise<void> {
  const data = { resumptionId: uid(id), process: 'sample', key: uid(share), resumedAt: world.now };
  const metadata = {
    at: world.now,
    actor: { account: '', user: 'operator:ann', role: 'operator' },
    commandId: uid(id),
    commandHash: '',
    $correlationId: uid(id),
    $causationId: uid(id),
    schemaVersion: 1,
  };
  const event: NewEvent = {
    id: derivedId(uid(id), 'event'),
    type: 'FlowResumed',
    data: { ...data, ...(begun && { begun }) },
    metadata,
  };
  await world.store.append(`flow-${uid(id)}`, [event], 'none');
}

const openWork = async () =>
  (await world.views.find(processWork, { index: 'by-cause', prefix: [] })).items.map(({ key }) => key);

describe('a process runner', () => {
  it('pauses reading the log while too many tasks are ready', async () => {
    const gate = Promise.withResolvers<void>();
    const stepped: string[] = [];
    const step: Step = async ([work]) => {
      await gate.promise;
      stepped.push(work?.key ?? '');
      return 'done';
    };
    await start(processOf(step), { concurrency: 1, maxReady: 1 });
    // The first is under way, and one more than may be is ready.
    for (const share of [10, 11, 12]) {
      await requested(share);
      await until(async () => (await openWork()).length === share - 9);
    }
    await requested(13, 14);
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
    expect(await openWork()).toHaveLength(3);
    gate.resolve();
    await until(async () => stepped.length === 5 && (await openWork()).length === 0);
    expect(stepped).toStrictEqual([10, 11, 12, 13, 14].map(uid));
  });

  it('can be stopped while it waits for fewer ready tasks', async () => {
    const gate = Promise.withResolvers<StepResult>();
    const runner = await start(
      processOf(() => gate.promise),
      { concurrency: 1, maxReady: 0 },
    );
    for (const share of [10, 11]) {
      await requested(share);
      await until(async () => (await openWork()).length === share - 9);
    }
    await requested(12);
    const stopped = runner.stop();
    gate.resolve('continue');
    await stopped;
    const stepped: string[] = [];
    await start(
      processOf(async ([work]) => {
        stepped.push(work?.key ?? '');
        return 'done';
      }),
    );
    await until(() => stepped.length === 3);
  });

  it('runs the steps of the work that each event causes, and removes finished work', async () => {
    const stepped: string[] = [];
    const runner = await start(
      processOf(async ([work]) => {
        stepped.push((work as Work<Asked>).key);
        return 'done';
      }),
    );
    await requested(10, 11);
    await until(() => stepped.length === 2);
    await until(async () => (await openWork()).length === 0);
    expect(stepped).toStrictEqual([uid(10), uid(11)]);
    expect((await runner.status()).open).toStrictEqual({ ready: 0, running: 0, waiting: 0, stuck: 0 });
    expect(await world.views.checkpoint(PROCESSES)).toBe(1);
  });

  it('tries work at once that an operator resumed', async () => {
    let tries = 0;
    await start(
      processOf(async () => {
        tries += 1;
        if (tries < 3) throw new Error('Not yet.');
        return 'done';
      }),
    );
    await requested(10);
    for (const again of [1, 2]) {
      await until(() => tries === again && pauses.lengths.some((ms) => ms < 120_000));
      await resumed(10, 20 + again);
    }
    await until(async () => tries === 3 && (await openWork()).length === 0);
  });

  it('reopens lost work that an operator resumed, by the event that it began with', async () => {
    const former = await start(processOf(async () => 'done', { workFor: () => undefined }));
    await requested(10);
    await until(async () => (await world.views.checkpoint(PROCESSES)) === 0);
    await former.stop();
    const works: Work[] = [];
    await start(
      processOf(async ([work]) => {
        works.push(work as Work);
        return 'done';
      }),
    );
    const stream = `share-${uid(10)}`;
    await resumed(10, 21, { stream, revision: 1 });
    await resumed(11, 22, { stream, revision: 0 });
    await resumed(10, 23);
    await resumed(10, 24, { stream, revision: 0 });
    await until(async () => works.length === 1 && (await openWork()).length === 0);
    await resumed(10, 25, { stream, revision: 0 });
    await until(async () => works.length === 2 && (await openWork()).length === 0);
    // The commands of both have the ids that they had the first time.
    const cause = { eventId: derivedId(uid(10), 'event'), position: 0, correlationId: uid(10) };
    expect(works.map((work) => work.cause)).toStrictEqual([cause, cause]);
  });

  it('stores with the work what caused it', async () => {
    const works: Work[] = [];
    await start(
      processOf(async ([work]) => {
        works.push(work as Work);
        return 'done';
      }),
    );
    await requested(10);
    await until(() => works.length === 1);
    expect(works[0]?.cause).toStrictEqual({
      eventId: derivedId(uid(10), 'event'),
      position: 0,
      correlationId: uid(10),
    });
  });

  it('runs one step of each task in turn, so that long work does not delay others', async () => {
    const steps: string[] = [];
    const left = new Map([
      [uid(10), 3],
      [uid(11), 1],
      [uid(12), 2],
    ]);
    await requested(10, 11, 12);
    await start(
      processOf(async ([work]) => {
        const { key } = work as Work<Asked>;
        steps.push(key);
        const more = (left.get(key) ?? 0) - 1;
        left.set(key, more);
        return more === 0 ? 'done' : 'continue';
      }),
      { concurrency: 1 },
    );
    await until(() => steps.length === 6);
    expect(steps).toStrictEqual([10, 11, 12, 10, 12, 10].map(uid));
  });

  it('runs no more steps at once than its limit', async () => {
    let underWay = 0;
    let most = 0;
    let ended = 0;
    await requested(10, 11, 12, 13, 14);
    await start(
      processOf(async () => {
        most = Math.max(most, ++underWay);
        await new Promise(setImmediate);
        underWay -= 1;
        ended += 1;
        return 'done';
      }),
      { concurrency: 2 },
    );
    await until(() => ended === 5);
    expect(most).toBe(2);
  });

  it('runs one step for work that the process groups together', async () => {
    const steps: string[][] = [];
    await requested(10, 11, 12);
    await start(
      processOf(
        async (works) => {
          steps.push(works.map(({ key }) => key));
          return 'done';
        },
        { groupKey: ({ data }) => (data.shareId === uid(12) ? 'one' : 'other') },
      ),
    );
    await until(async () => steps.length === 2 && (await openWork()).length === 0);
    expect(steps).toStrictEqual([[uid(10), uid(11)], [uid(12)]]);
  });

  it('continues open work where another runner left it', async () => {
    const first = await start(processOf(() => Promise.reject(new EventStoreUnavailable('away'))));
    await requested(10);
    await until(async () => (await first.status()).open.waiting === 1);
    await first.stop();
    expect(await openWork()).toStrictEqual([uid(10)]);

    const stepped: string[] = [];
    await start(
      processOf(async ([work]) => {
        stepped.push((work as Work<Asked>).key);
        return 'done';
      }),
    );
    await until(async () => (await openWork()).length === 0);
    expect(stepped).toStrictEqual([uid(10)]);
  });

  it('runs work that was stored although the commit was reported as failed', async () => {
    const commit = world.viewStore.commit.bind(world.viewStore);
    let unsure = true;
    jest.spyOn(world.viewStore, 'commit').mockImplementation(async (made) => {
      await commit(made);
      if (!unsure || made.follower !== PROCESSES || made.writes.length === 0) return;
      unsure = false;
      throw new ViewStoreUnavailable('No answer came.');
    });
    const stepped: string[] = [];
    await start(
      processOf(async ([work]) => {
        stepped.push((work as Work<Asked>).key);
        return 'done';
      }),
    );
    await requested(10);
    await until(() => pauses.lengths.includes(100));
    pauses.end(100);
    await until(async () => stepped.length > 0 && (await openWork()).length === 0);
    expect(stepped).toStrictEqual([uid(10)]);
  });

  it('retries a step, with growing pauses, as long as its failures are transient', async () => {
    let failures = 0;
    const runner = await start(
      processOf(async () => {
        if (failures === 12) return 'done';
        failures += 1;
        throw new EventStoreUnavailable('away');
      }),
    );
    await requested(10);
    const waits: number[] = [];
    for (let failure = 1; failure <= 12; failure++) {
      await until(() => failures === failure && pauses.lengths.length === 1);
      const [wait] = pauses.lengths as [number];
      waits.push(wait);
      if (failure < 12) pauses.end(wait);
    }
    expect(waits).toStrictEqual([
      100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000, 30_000,
    ]);
    expect((await runner.status()).troubled).toStrictEqual([
      {
        process: 'sample',
        key: uid(10),
        state: 'waiting',
        since: world.now,
        failures: 12,
        reason: 'EventStoreUnavailable: away',
      },
    ]);
    pauses.end(30_000);
    await until(async () => (await openWork()).length === 0);
  });

  describe('with work that keeps failing', () => {
    let broken: boolean;
    let runner: ProcessRunner;

    beforeEach(async () => {
      broken = true;
      runner = await start(
        processOf(async () => {
          if (broken) throw conflict('a-rule', 'It must not be.');
          return 'done';
        }),
      );
      await requested(10);
      for (const wait of [100, 200, 400, 800]) {
        await until(() => pauses.lengths.includes(wait));
        pauses.end(wait);
      }
      await until(() => pauses.lengths.includes(300_000));
    });

    it('marks it as stuck with its reason', async () => {
      const reason = 'Refused (a-rule): It must not be.';
      expect((await runner.status()).troubled).toMatchObject([{ key: uid(10), state: 'stuck', reason }]);
      const [document] = (await world.views.find(processWork, { index: 'by-cause', prefix: [] })).items;
      expect(document?.stuck).toStrictEqual({ reason, at: world.now });
    });

    it('goes on with other work', async () => {
      broken = false;
      await requested(11);
      await until(async () => !(await openWork()).includes(uid(11)));
      expect((await runner.status()).open).toMatchObject({ stuck: 1 });
    });

    it('retries it after a while', async () => {
      broken = false;
      pauses.end(300_000);
      await until(async () => (await openWork()).length === 0);
      expect((await runner.status()).troubled).toStrictEqual([]);
    });

    it('retries it when asked', async () => {
      broken = false;
      expect(runner.redrive('sample', uid(11))).toBe(false);
      expect(runner.redrive('sample', uid(10))).toBe(true);
      await until(async () => (await openWork()).length === 0);
    });

    it('retries it at the next start', async () => {
      await runner.stop();
      broken = false;
      await start(processOf(async () => 'done'));
      await until(async () => (await openWork()).length === 0);
    });
  });

  it('removes the mark once a step of the work succeeds', async () => {
    let steps = 0;
    const goOn = Promise.withResolvers<StepResult>();
    await start(
      processOf(async () => {
        steps += 1;
        if (steps <= 5) throw new Error('broken');
        return steps === 6 ? 'continue' : goOn.promise;
      }),
    );
    await requested(10);
    for (const wait of [100, 200, 400, 800, 300_000]) {
      await until(() => pauses.lengths.includes(wait));
      pauses.end(wait);
    }
    await until(() => steps === 7);
    const [document] = (await world.views.find(processWork, { index: 'by-cause', prefix: [] })).items;
    expect(document).not.toHaveProperty('stuck');
    goOn.resolve('done');
  });

  it('retries a step that never ends', async () => {
    let steps = 0;
    await start(
      processOf(() => (++steps === 1 ? new Promise<StepResult>(() => undefined) : Promise.resolve('done'))),
    );
    await requested(10);
    await until(() => steps === 1 && pauses.lengths.includes(120_000));
    pauses.end(120_000);
    await until(() => pauses.lengths.includes(100));
    pauses.end(100);
    await until(async () => (await openWork()).length === 0);
    expect(steps).toBe(2);
  });

  it('abandons a step that does not end in time', async () => {
    let steps = 0;
    const runner = await start(
      processOf(() => {
        steps += 1;
        return new Promise<StepResult>(() => undefined);
      }),
    );
    await requested(10);
    await until(() => steps === 1);
    const stopped = runner.stop();
    await until(() => pauses.lengths.includes(2_000));
    pauses.end(2_000);
    await stopped;
    expect(await openWork()).toStrictEqual([uid(10)]);
  });

  it('continues the work of an earlier owner and fences it, so that it runs and stores no more', async () => {
    const held: string[] = [];
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: finished, resolve: finish } = Promise.withResolvers<StepResult>();
    const lost = jest.fn();
    const early = processOf(async ([work]) => {
      held.push(work?.key ?? '');
      await released;
      return 'done';
    });
    await start(early, { term: 1, lost, concurrency: 1 });
    await requested(10, 11);
    await until(() => held.length === 1);

    const stepped: string[] = [];
    const late = processOf(async ([work]) => {
      stepped.push(work?.key ?? '');
      return finished;
    });
    await start(late, { term: 2 });
    await until(() => stepped.length === 2);
    expect(stepped).toStrictEqual([uid(10), uid(11)]);
    release();
    await until(() => lost.mock.calls.length > 0);
    expect(await openWork()).toStrictEqual([uid(10), uid(11)]);
    expect(held).toStrictEqual([uid(10)]);
    expect(lost).toHaveBeenCalledTimes(1);
    finish('done');
    await until(async () => (await openWork()).length === 0);
  });

  it('stops when the follower of events is fenced', async () => {
    const lost = jest.fn();
    await start(
      processOf(async () => 'done'),
      { term: 1, lost },
    );
    await world.viewStore.fence(PROCESSES, 2);
    await requested(10);
    await until(() => lost.mock.calls.length > 0);
    expect(await openWork()).toStrictEqual([]);
  });

  it('does not begin when it is stopped before it has loaded the open work', async () => {
    const step = jest.fn(async (): Promise<StepResult> => 'done');
    const runner = new ProcessRunner({
      ...world.dependencies,
      store: world.viewStore,
      processes: [processOf(step)],
      clock: { now: () => world.now },
      log: silent,
      pauses,
    });
    await requested(10);
    const started = runner.start();
    await runner.stop();
    await started;
    expect((await runner.status()).follower.state).toBe('stopped');
    expect(step).not.toHaveBeenCalled();
  });

  it('does not begin when there is a later owner', async () => {
    await world.viewStore.fence(PROCESSES, 2);
    const begun = start(
      processOf(async () => 'done'),
      { term: 1 },
    );
    await expect(begun).rejects.toThrow(OwnershipLost);
  });

  it('refuses two processes with the same name', () => {
    const process = processOf(async () => 'done');
    const options = {
      ...world.dependencies,
      store: world.viewStore,
      clock: { now: () => world.now },
      log: silent,
    };
    expect(() => new ProcessRunner({ ...options, processes: [process, process] })).toThrow(TypeError);
  });
});

describe('issueFor', () => {
  it('derives a command’s id from its cause and path, and records the cause', async () => {
    const sent: CausedCommand[] = [];
    const commands = {
      send: async (command: CausedCommand) => {
        sent.push(command);
        return { id: '', revision: 'none' as const, position: undefined, replayed: false };
      },
    };
    const cause = { eventId: uid(1), position: 7 as never, correlationId: uid(2) };
    const issue = issueFor(commands, 'sample', { key: 'k', cause, data: {} }, uid(3));
    await issue('StartPreparation', { shareId: uid(4) }, 'a');
    await issue('StartPreparation', { shareId: uid(4) }, 'a');
    await issue('StartPreparation', { shareId: uid(4) }, 'b');
    expect(sent[0]).toStrictEqual({
      id: derivedId(uid(1), 'sample', 'StartPreparation', 'a'),
      type: 'StartPreparation',
      data: { shareId: uid(4) },
      actor: { account: uid(3), user: 'process:sample', roles: ['system'] },
      correlationId: uid(2),
      causationId: uid(1),
    });
    expect(sent[1]?.id).toBe(sent[0]?.id);
    expect(sent[2]?.id).not.toBe(sent[0]?.id);
  });
});
