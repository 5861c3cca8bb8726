import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { Metrics, type Readings } from './metrics.ts';

const READINGS: Readings = { head: 100, followers: [{ name: 'shares', position: 90, parked: 2 }] };
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

describe('the figures', () => {
  it('tell requests, commands, commits and followers', async () => {
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
      ]),
    );
  });

  it('are those of now each time', async () => {
    await metrics.text(READINGS);
    const text = await metrics.text({ head: 101, followers: [{ name: 'shares', position: 101, parked: 0 }] });
    expect(text).toContain('tessera_follower_lag{follower="shares"} 0\n');
    expect(text).toContain('tessera_parked_streams{follower="shares"} 0\n');
    const cpu = Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1]);
    const { user, system } = process.cpuUsage();
    expect(cpu).toBeLessThanOrEqual((user + system) / 1e6);
  });

  it.each(['operations/alerts.yml', 'operations/dashboard.json'])(
    '%s asks for figures that there are',
    async (name) => {
      const known = new Set(
        [...(await metrics.text(READINGS)).matchAll(/^([a-z_]+)[{ ]/gm)].map(([, figure]) => figure),
      );
      const asked = (await readFile(docs(name), 'utf8')).match(/\b(?:tessera|process)_[a-z_]+/g) ?? [];
      expect(asked.length).toBeGreaterThan(5);
      expect(asked.filter((figure) => !known.has(figure))).toEqual([]);
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
