import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi } from './program.ts';

const PRELOADED = new URL('../../dist/test/programs/loaded.js', import.meta.url);

/**
 * The dependencies that the service loads at its start on embedded stores, thread by thread. What serves other
 * configurations is loaded where it is used: each start of a program waits for what it loads.
 */
const SERVICE = [
  '@fastify/static',
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/cqrs',
  // Nest loads it for every application.
  '@nestjs/microservices',
  '@nestjs/platform-fastify',
  // Of the client for Prometheus.
  '@opentelemetry/api',
  '@prometheus-io/client',
  'ajv',
  'ajv-formats',
  'canonicalize',
  'class-transformer',
  'class-validator',
  'csv-parse',
  'csv-stringify',
  'fastify',
  'ipaddr.js',
  'jose',
  'lru-cache',
  'openid-client',
  'p-timeout',
  'pino',
  'reflect-metadata',
  'rxjs',
  'standardwebhooks',
  'uuid',
];
const WORKER = ['canonicalize', 'ipaddr.js', 'lru-cache', 'p-timeout', 'pino', 'standardwebhooks', 'uuid'];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-loaded-'));
  await mkdir(join(folder, 'loaded'));
});

afterEach(() => rm(folder, { recursive: true }));

/** The dependencies that a service on embedded stores has loaded when it ends, by the ids of its threads. */
async function loadedBy(use: (url: string) => Promise<void>): Promise<Readonly<Record<string, string[]>>> {
  const loaded = join(folder, 'loaded');
  const service = await startApi({
    DATA_DIR: join(folder, 'data'),
    PORT: '0',
    LOG_LEVEL: 'error',
    LOADED_TO: loaded,
    NODE_OPTIONS: `--import ${PRELOADED.href}`,
  });
  await use(service.readyOutput);
  expect(await service.end('SIGTERM')).toBe(0);
  const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
  const threads = await readdir(loaded);
  return Object.fromEntries(
    await Promise.all(
      threads.map(async (thread) => {
        const packages = (await readFile(join(loaded, thread), 'utf8')).split('\n');
        return [thread, packages.filter((name) => name in dependencies).sort()];
      }),
    ),
  );
}

describe('a service on embedded stores', () => {
  it('loads at its start what it serves with', async () => {
    expect(await loadedBy(async () => undefined)).toEqual({ 0: SERVICE, 1: WORKER });
  });

  it('loads nothing more to describe its API and its messages', async () => {
    const loaded = await loadedBy(async (url) => {
      for (const name of ['openapi.json', 'asyncapi.json']) {
        const answer = await fetch(`${url}/${name}`);
        expect(await answer.text()).toBe(await readFile(`docs/${name}`, 'utf8'));
      }
    });
    expect(loaded).toEqual({ 0: SERVICE, 1: WORKER });
  });
});
