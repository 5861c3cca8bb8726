import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import { newSignerKey } from '#evidence';
import { readConfig as readApiConfig } from '../../apps/api/config.ts';
import { readConfig as readWorkerConfig } from '../../apps/worker/config.ts';

type Settings = Readonly<Record<string, string>>;

interface Container {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  /** What has no value is passed on where it is set. */
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks: object;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

interface Composition {
  readonly services: Readonly<Record<string, Container>> & {
    readonly api: Container;
    readonly worker: Container;
  };
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, null>>;
}

const compose = readFileSync('docker-compose.yml', 'utf8');
const { services, networks, volumes } = load(compose, {
  schema: CORE_SCHEMA.withTags(mergeTag),
}) as Composition;
const { api, worker } = services;

/** Of its own environment, as Compose writes it: with a default, or required with a reason. */
const VARIABLE = /\$\{(?<name>\w+):(?<kind>[-?])(?<rest>[^}]*)\}/g;
const CONFIDENTIAL = /SECRET|KEYS?$|PASSWORD|TOKEN|OIDC_ISSUER|OIDC_AUDIENCE/;
const PINNED = /^[a-z/]+:\d+\.\d+\.\d+$/;

const GIVEN: Settings = {
  SECRET: Buffer.alloc(32, 7).toString('base64'),
  SEAL_KEYS: newSignerKey('tessera'),
  KEY_ENCRYPTION_KEY: Buffer.alloc(32, 9).toString('base64'),
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_AUDIENCE: 'tessera',
};

function given({ environment = {} }: Container): Settings {
  const value = (text: string) =>
    text.replace(VARIABLE, (_, name: string, kind: string, rest: string) => {
      if (kind === '-') return rest;
      if (GIVEN[name] === undefined) throw new Error(`${name} is required, and this test does not give it.`);
      return GIVEN[name];
    });
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, text]) => (text === null ? [] : [[name, value(text)]])),
  );
}

/** The settings, and the names of those that were required for. */
function watched(settings: Settings): { readonly settings: Settings; readonly read: ReadonlySet<string> } {
  const read = new Set<string>();
  const get = (all: Settings, name: string) => {
    read.add(name);
    return all[name];
  };
  return { settings: new Proxy(settings, { get }), read };
}

describe('docker-compose.yml', () => {
  it('has a valid configuration of the service', () => {
    const { settings, read } = watched(given(api));
    expect(readApiConfig(settings, false)).toMatchObject({
      host: '0.0.0.0',
      port: 3000,
      demo: false,
      authentication: { mode: 'oidc' },
      stores: { events: expect.stringMatching(/^esdb/), views: expect.stringMatching(/^mongodb:/) },
      nats: { servers: ['nats:4222'] },
    });
    expect(Object.keys(api.environment ?? {}).filter((name) => !read.has(name))).toEqual([]);
  });

  it('has a valid configuration of the worker, on the same stores', () => {
    const { settings, read } = watched(given(worker));
    const { stores, development } = readWorkerConfig(settings);
    expect({ development, stores }).toMatchObject({
      development: false,
      stores: { events: given(api).EVENT_STORE_URL, views: given(api).VIEW_STORE_URL },
    });
    expect(Object.keys(worker.environment ?? {}).filter((name) => !read.has(name))).toEqual([]);
  });

  it.each(['README.md', 'docs/operating.md'])('is given all that it asks for by the block of %s', (page) => {
    const required = [...compose.matchAll(VARIABLE)].flatMap(({ groups }) =>
      groups?.kind === '?' ? [groups.name ?? ''] : [],
    );
    const blocks = readFileSync(page, 'utf8').match(/^```sh\n.*?^```$/gms) ?? [];
    const block = blocks.find((text) => /^SECRET=/m.test(text));
    expect(required.filter((name) => !block?.includes(`\n${name}=`))).toStrictEqual([]);
  });

  it('requires secrets, and has no default for them', () => {
    const variables = [...compose.matchAll(VARIABLE)].map(({ groups }) => groups as Record<string, string>);
    const required = variables.filter(({ kind }) => kind === '?').map(({ name }) => name);
    expect([...new Set(required)].sort()).toEqual(Object.keys(GIVEN).sort());
    const confidential = Object.values(services)
      .flatMap(({ environment = {} }) => Object.entries(environment))
      .filter(([name, value]) => CONFIDENTIAL.test(name) && value !== null);
    expect([...new Set(confidential.map(([name]) => name))].sort()).toEqual(Object.keys(GIVEN).sort());
    for (const [name, value] of confidential)
      expect(value).toMatch(new RegExp(`^\\$\\{${name}:\\?[^}]+\\}$`));
  });

  it('uses each external image in one version', () => {
    const images = Object.values(services).flatMap(({ build, image }) => (build ? [] : [image]));
    expect(images.length).toBeGreaterThan(5);
    expect(images.filter((image) => !PINNED.test(image))).toEqual([]);
  });

  it('publishes the service on this machine only, and no store', () => {
    const publishing = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(publishing.map(([name]) => name)).toEqual(['api']);
    expect(api.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:.*:3000$/)]);
    const servers = Object.entries(services).filter(([, { build }]) => !build);
    expect(networks).toMatchObject({ stores: { internal: true }, bus: { internal: true } });
    for (const [name, { networks: given }] of servers) {
      const attached = Array.isArray(given) ? given : Object.keys(given);
      expect([name, attached]).toEqual([name, [name === 'nats' ? 'bus' : 'stores']]);
    }
  });

  it('checks the health of each program at its port', () => {
    expect(api.healthcheck?.test.join(' ')).toContain(`127.0.0.1:${api.environment?.PORT}/health/ready`);
    expect(worker.healthcheck?.test.join(' ')).toContain(
      `127.0.0.1:${worker.environment?.WORKER_PORT}/health/live`,
    );
  });

  it('refers to existing volumes and services only', () => {
    const all = Object.values(services);
    const used = all.flatMap((service) => service.volumes ?? []).map((volume) => volume.split(':')[0]);
    expect(used.sort()).toEqual(Object.keys(volumes).sort());
    const awaited = all.flatMap(({ depends_on = {} }) => Object.keys(depends_on));
    expect(awaited.filter((name) => services[name]?.healthcheck === undefined)).toEqual([]);
  });
});

describe('the image', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
  const wordsOf = (instruction: string) =>
    lines.flatMap((line) => (line.startsWith(`${instruction} `) ? [line.slice(instruction.length + 1)] : []));

  it('has the Node version that everything is tested with', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const bases = wordsOf('FROM').map((from) => from.split(' ')[0]);
    expect(new Set(bases)).toEqual(new Set([`node:${devDependencies.node}-bookworm-slim`]));
  });

  it('is built from existing files, without local data', () => {
    const sources = wordsOf('COPY')
      .filter((copy) => !copy.startsWith('--from='))
      .flatMap((copy) => copy.split(' ').slice(0, -1));
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    expect(ignored.find((line) => !line.startsWith('#'))).toBe('*');
    const taken = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(taken.sort()).toEqual([...new Set(sources)].sort());
  });

  it('starts existing programs', () => {
    const [started] = wordsOf('CMD').map((words) => JSON.parse(words) as string[]);
    for (const command of [started, api.command, worker.command]) {
      expect(command).toEqual(['node', expect.stringMatching(/^dist\/apps\/.*\.js$/)]);
      expect(existsSync(String(command?.[1]).replace(/^dist\/(.*)\.js$/, '$1.ts'))).toBe(true);
    }
  });

  it('runs as a user without write access to it', () => {
    const last = lines.findLastIndex((line) => line.startsWith('FROM '));
    expect(lines.slice(last)).toContain('USER node');
    expect(lines.slice(last).filter((line) => line.includes('--chown'))).toEqual([]);
  });
});
