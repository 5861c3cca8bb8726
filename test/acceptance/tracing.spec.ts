// A trace: one from the request through what it led to, to whoever is told.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FOLLOW_SHARES, TracedWorld } from './traced.ts';

const isCluster = process.env.STORIES === 'distributed';

let traced: TracedWorld;

beforeAll(async () => {
  traced = await TracedWorld.begin();
});

afterAll(() => traced?.end());

describe('a request that is traced', () => {
  it('is one trace to the views, the processes, their commands, the stores, and the webhook', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { sent, told } = await traced.approveWithin(trace);
    const ours = ['load', 'append', FOLLOW_SHARES, 'step prepare-package', 'command CompletePackage'];
    const ofStores = isCluster ? ['grpc.event_store.client.streams.Streams/Read'] : [];
    const spans = await traced.spansOf(trace, [...ours, ...ofStores], told);
    const named = (name: string) => spans.filter((span) => span.name === name);
    const [request] = named('POST /v1/shares/:id/approve');
    expect(request).toMatchObject({
      parent: sent.slice(36, 52),
      attributes: { 'http.route': '/v1/shares/:id/approve', 'http.response.status_code': 200 },
    });
    expect(named('command ApproveShare')).toEqual([
      expect.objectContaining({
        parent: request?.id,
        attributes: { 'tessera.command.type': 'ApproveShare', 'tessera.command.outcome': 'done' },
      }),
    ]);
    expect(named('append').map(({ attributes }) => attributes)).toContainEqual({
      'tessera.stream.category': 'share',
      'tessera.event.count': 1,
    });
    expect(spans.find(({ id }) => id === told.slice(36, 52))?.name).toBe('webhook attempt');
    expect(spans.filter(({ failed }) => failed)).toEqual([]);
    const onMongo = spans.filter(({ attributes }) => attributes['db.system.name'] === 'mongodb');
    expect(onMongo.length > 0).toBe(isCluster);
  });

  it('tells nothing of whom and what it is about', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4737';
    const { told } = await traced.approveWithin(trace);
    const spans = await traced.spansOf(trace, ['step prepare-package'], told);
    const text = JSON.stringify(spans);
    for (const { id, name, details } of [traced.giver, traced.taker]) {
      for (const secret of [id, name, ...Object.values(details)]) expect(text).not.toContain(secret);
    }
    expect(text).not.toContain('/hook');
  });

  it('is recorded as its caller has decided, and handed on where it is not', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4738';
    const { told } = await traced.approveWithin(trace, '00');
    expect(told).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
    const later = '4bf92f3577b34da6a3ce929d0e0e4739';
    await traced.spansOf(later, [], (await traced.approveWithin(later)).told);
    expect(traced.traces.spans.filter((span) => span.trace === trace)).toEqual([]);
  });
});
