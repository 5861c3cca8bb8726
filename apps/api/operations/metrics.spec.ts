import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { type FollowerStatus, standby } from '#subscriptions';
import { COUNTED_KINDS, type CountedKind } from '../../flows/index.ts';
import { MetricsAccess } from '../../metrics/access.ts';
import type { WorkerReadings } from '../../worker/index.ts';
import { Monitoring } from '../../worker/monitoring.ts';
import { Metrics, type Readings } from './metrics.ts';

const follower = (name: string): FollowerStatus => ({ ...standby(name), state: 'live' });

const WORKER: WorkerReadings = {
  flows: {
    ...(Object.fromEntries(COUNTED_KINDS.map((kind) => [kind, 0])) as Record<CountedKind, number>),
    importing: 3,
  },
  eventLoop: { '0.5': 0, '0.99': 0.25, '1': 0.5 },
  status: {
    ready: true,
    owned: ['shares-v1', 'processes'],
    projections: [follower('shares-v1'), follower('inbox-v1')],
    processes: {
      ...{ follower: follower('processes'), troubled: [] },
      open: { ready: 1, running: 0, waiting: 0, stuck: 2 },
      steps: { 'prepare-package': { done: 3, continue: 4, failed: 5 } },
    },
    webhooks: {
      ...{ follower: follower('webhook-deliveries'), enabled: 6, open: 7, sending: 0 },
      ...{ delivered: 8, failed: 9, failedAttempts: 10 },
    },
    seal: { follower: follower('seal'), size: 11, signed: 10, unsealedMs: 12_500 },
  },
};
const READINGS: Readings = {
  head: 100,
  followers: [{ name: 'shares', position: 90, parked: 2 }],
  worker: WORKER,
};
const docs = (name: string) => new URL(`../../../docs/${name}`, import.meta.url);

let metrics: Metrics;

beforeEach(() => {
  metrics = new Metrics();
  metrics.request('GET', 200);
  metrics.request('GET', 200);
  metrics.command('RequestShare', 'done', 4);
  metrics.command('RequestShare', 'refused', 700);
  metrics.appended(3);
});

describe('the metrics', () => {
  it('show requests, commands, commits and followers', async () => {
    const lines = (await metrics.text(READINGS)).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'tessera_http_requests_total{method="GET",status="200"} 2',
        'tessera_command_duration_seconds_count{type="RequestShare",outcome="done"} 1',
        'tessera_command_duration_seconds_sum{type="RequestShare",outcome="refused"} 0.7',
        'tessera_command_duration_seconds_bucket{le="0.005",type="RequestShare",outcome="done"} 1',
        'tessera_append_group_size_sum 3',
        'tessera_log_position 100',
        'tessera_follower_lag{follower="shares"} 10',
        'tessera_parked_streams{follower="shares"} 2',
        'tessera_event_loop_delay_seconds{thread="worker",quantile="0.99"} 0.25',
        'tessera_follower_owned{follower="shares-v1"} 1',
        'tessera_follower_owned{follower="inbox-v1"} 0',
        'tessera_process_work{state="stuck"} 2',
        'tessera_process_steps_total{process="prepare-package",result="failed"} 5',
        'tessera_flows_stuck{kind="importing"} 3',
        'tessera_flows_stuck{kind="sealing"} 0',
        'tessera_webhooks_enabled 6',
        'tessera_webhook_deliveries_open 7',
        'tessera_webhook_deliveries_total{outcome="delivered"} 8',
        'tessera_webhook_deliveries_total{outcome="failed"} 9',
        'tessera_webhook_failed_attempts_total 10',
        'tessera_seal_events 11',
        'tessera_seal_signed_events 10',
        'tessera_seal_age_seconds 12.5',
      ]),
    );
  });

  it('are read anew each time', async () => {
    await metrics.text(READINGS);
    const text = await metrics.text({ head: 101, followers: [{ name: 'shares', position: 101, parked: 0 }] });
    expect(text).toContain('tessera_follower_lag{follower="shares"} 0\n');
    expect(text).toContain('tessera_parked_streams{follower="shares"} 0\n');
    expect(text).not.toContain('tessera_process_steps_total{');
    const cpu = Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1]);
    const { user, system } = process.cpuUsage();
    expect(cpu).toBeLessThanOrEqual((user + system) / 1e6);
  });

  it('of a worker with a process of its own are the same but for those of requests and the embedded log', async () => {
    const monitoring = new Monitoring(new MetricsAccess(undefined, true));
    monitoring.command('CompletePackage', 'done', 4);
    const names = (text: string) => new Set(text.match(/^# TYPE \S+/gm));
    const ofWorker = names(await monitoring.of({ readings: async () => WORKER }).text());
    const onlyOfService = ['# TYPE tessera_http_requests_total', '# TYPE tessera_append_group_size'];
    expect([...names(await metrics.text(READINGS))].filter((name) => !ofWorker.has(name))).toEqual(
      onlyOfService,
    );
  });

  it.each(['operations/alerts.yml', 'operations/dashboard.json'])(
    '%s asks for metrics that there are',
    async (name) => {
      const known = new Set(
        [...(await metrics.text(READINGS)).matchAll(/^([a-z_]+)[{ ]/gm)].map(([, metric]) => metric),
      );
      const named = (await readFile(docs(name), 'utf8')).match(/\b(?:tessera|process)_[a-z_]+/g) ?? [];
      expect(named.length).toBeGreaterThan(5);
      expect(named.filter((metric) => !known.has(metric))).toEqual([]);
    },
  );

  it('each alert has a runbook', async () => {
    const { groups } = load(await readFile(docs('operations/alerts.yml'), 'utf8')) as {
      groups: { rules: { alert: string; annotations: { runbook: string } }[] }[];
    };
    const handbook = await readFile(docs('operating.md'), 'utf8');
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(0);
    for (const { alert, annotations } of rules) {
      expect(annotations.runbook).toBe(`docs/operating.md#${alert.toLowerCase()}`);
      expect(handbook).toContain(`\n### ${alert}\n`);
    }
  });
});
