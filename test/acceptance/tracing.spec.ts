// A trace: one from the request through its effects to the delivery of a webhook.
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
    const { sent, delivered } = await traced.approveWithin(trace);
    const ofRequest = ['POST /v1/shares/:id/approve', 'command ApproveShare'];
    const ofWorker = [FOLLOW_SHARES, 'step prepare-package', 'command CompletePackage'];
    const ours = ['load', 'append', ...ofRequest, ...ofWorker];
    const ofStores = isCluster ? ['grpc.event_store.client.streams.Streams/Read'] : [];
    const spans = await traced.spansOf(trace, [...ours, ...ofStores], delivered);
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
    expect(spans.find(({ id }) => id === delivered.slice(36, 52))?.name).toBe('webhook attempt');
    expect(spans.filter(({ failed }) => failed)).toEqual([]);
    const onMongo = spans.filter(({ attributes }) => attributes['db.system.name'] === 'mongodb');
    expect(onMongo.length > 0).toBe(isCluster);
  });

  it('contains no data of companies or persons', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4737';
    const { delivered } = await traced.approveWithin(trace);
    const spans = await traced.spansOf(trace, ['step prepare-package'], delivered);
    const text = JSON.stringify(spans);
    for (const { id, name, details } of [traced.giver, traced.taker]) {
      for (const secret of [id, name, ...Object.values(details)]) expect(text).not.toContain(secret);
    }
    expect(text).not.toContain('/hook');
  });

  it('is recorded if its caller sampled it, and propagated in any case', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4738';
    const { delivered } = await traced.approveWithin(trace, '00');
    expect(delivered).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
    const later = '4bf92f3577b34da6a3ce929d0e0e4739';
    await traced.spansOf(later, [], (await traced.approveWithin(later)).delivered);
    expect(traced.traces.spans.filter((span) => span.trace === trace)).toEqual([]);
  });
});
