import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  Controller,
  Get,
  Header,
  HttpCode,
  Module,
  Param,
  Post,
  Query,
  StreamableFile,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { Actor } from '#domain/kernel';
import { AccountLimit } from '../auth/account-limit.ts';
import { ForRoles, Public } from '../auth/caller.ts';
import { FailureLimit } from '../auth/failure-limit.ts';
import { Guard } from '../auth/guard.ts';
import { InvalidToken } from '../auth/invalid-token.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { type Exchange, Http } from './exchange.ts';
import { ProblemFilter } from './problem.filter.ts';
import { HttpProblem } from './problem.ts';
import { TakesParameters } from './query.ts';
import { type RouteDependencies, serveRoutes } from './routes.ts';

const ID = '0193C2A4-7B00-7000-8000-00000000000A';
const ann: Actor = { account: 'a-1', user: 'ann', roles: ['manager'] };
const log = pino({ level: 'silent' });

/** Accepts any token as Ann's: `cached` synchronously, `good` after a while. */
const verifier = {
  cached: (token: string) => (token === 'cached' ? ann : undefined),
  verify: async (token: string) => {
    if (token === 'good') return ann;
    throw new InvalidToken('The token has expired.');
  },
} as unknown as TokenVerifier;

@Controller('v1/things')
class Things {
  @Get(':id')
  get(@Http() { caller }: Exchange, @Param('id') id: string) {
    return { id, user: caller.user };
  }

  @Get()
  @TakesParameters()
  list(@Http() { request }: Exchange) {
    return request.query;
  }

  @Post()
  add() {
    return Promise.resolve({ added: true });
  }

  @Post('touch')
  @HttpCode(200)
  @ForRoles('auditor')
  touch() {
    return {};
  }

  @Get(':id/refused')
  async refused() {
    throw new HttpProblem(422, 'refused', 'No.');
  }

  @Get(':id/failing')
  failing() {
    throw new Error('A secret.');
  }

  @Get(':id/broken-off')
  brokenOff() {
    async function* lines() {
      yield 'One line';
      throw new Error('The store does not answer.');
    }
    return new StreamableFile(Readable.from(lines(), { objectMode: false }));
  }

  @Public()
  @Get('text')
  @Header('content-type', 'text/plain; version=1')
  text() {
    return 'Hello';
  }
}

let app: NestFastifyApplication | undefined;

async function serving(...controllers: Type[]): Promise<NestFastifyApplication> {
  @Module({ controllers })
  class Root {}
  app = await NestFactory.create<NestFastifyApplication>(Root, new FastifyAdapter(), { logger: false });
  serveRoutes(app, controllers, dependencies());
  await app.init();
  return app;
}

function dependencies(): RouteDependencies {
  const accounts = new AccountLimit({ requests: 2, perMs: 60_000 });
  const guard = new Guard(verifier, new FailureLimit(), accounts, log);
  return { guard, problems: new ProblemFilter(log) };
}

afterEach(() => app?.close());

async function ask(method: 'GET' | 'HEAD' | 'POST', url: string, token = 'cached') {
  const headers = { authorization: `Bearer ${token}` };
  const {
    statusCode,
    headers: answered,
    body,
  } = await (await serving(Things)).inject({ method, url, headers });
  return {
    status: statusCode,
    type: answered['content-type'],
    body: body.startsWith('{') ? JSON.parse(body) : body,
  };
}

describe('an account that asks too often', () => {
  it('is answered 429, with its allowance on every answer; others and open routes are served', async () => {
    const app = await serving(Things);
    const answers = [];
    for (const url of ['/v1/things', '/v1/things?a=1', '/v1/things', '/v1/things/text']) {
      const { statusCode, headers, body } = await app.inject({
        method: 'GET',
        url,
        headers: { authorization: 'Bearer cached' },
      });
      answers.push([statusCode, headers['ratelimit-limit'], headers['ratelimit-remaining']]);
      if (statusCode !== 429) continue;
      expect(JSON.parse(body)).toMatchObject({ status: 429, code: 'too-many-requests' });
      expect(headers['content-type']).toContain('application/problem+json');
      expect([headers['retry-after'], headers['ratelimit-reset']]).toEqual(['60', '60']);
    }
    expect(answers).toEqual([
      [200, '2', '1'],
      [200, '2', '0'],
      [429, '2', '0'],
      [200, undefined, undefined],
    ]);
  });
});

describe('a route that a controller declares', () => {
  it.each(['cached', 'good'])('is given its caller and its parameters, for a %s token', async (token) => {
    const { status, body } = await ask('GET', `/v1/things/${ID}`, token);
    expect([status, body]).toEqual([200, { id: ID.toLowerCase(), user: 'ann' }]);
  });

  it.each([
    ['no token', 'GET', '/v1/things', '', 401, 'not-signed-in'],
    ['a bad one', 'GET', '/v1/things', 'bad', 401, 'invalid-token'],
    ['the wrong role', 'POST', '/v1/things/touch', 'cached', 403, 'role-not-allowed'],
    ['a query it does not take', 'GET', `/v1/things/${ID}?a=1`, 'cached', 400, 'invalid-query'],
    ['what it refuses', 'GET', `/v1/things/${ID}/refused`, 'good', 422, 'refused'],
    ['what it did not foresee', 'GET', `/v1/things/${ID}/failing`, 'cached', 500, 'internal-error'],
  ] as const)('answers %s with a problem', async (_, method, url, token, status, code) => {
    const answer = await ask(method, url, token);
    expect(answer).toMatchObject({ status, type: expect.stringMatching('problem'), body: { status, code } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it('has the status and the headers that are declared, or the usual ones', async () => {
    expect(await ask('POST', '/v1/things')).toMatchObject({ status: 201, body: { added: true } });
    expect(await ask('GET', '/v1/things?a=1')).toMatchObject({ status: 200, body: { a: '1' } });
    expect(await ask('GET', '/v1/things/text', '')).toEqual({
      status: 200,
      type: 'text/plain; version=1',
      body: 'Hello',
    });
  });

  it('is served for HEAD as for GET', async () => {
    expect(await ask('HEAD', `/v1/things/${ID}`)).toMatchObject({ status: 200, body: '' });
    expect(await ask('HEAD', `/v1/things/${ID}`, 'bad')).toMatchObject({ status: 401 });
  });

  it('is not found where a parameter is empty', async () => {
    expect(await ask('GET', '/v1/things//refused', 'bad')).toMatchObject({ status: 404 });
  });
});

describe('a file', () => {
  it('that cannot be read to its end is aborted, so that the client notices', async () => {
    const app = await serving(Things);
    await app.listen(0, '127.0.0.1');
    const headers = { authorization: 'Bearer cached' };
    const answer = await fetch(`${await app.getUrl()}/v1/things/${ID}/broken-off`, { headers });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });
});

describe('a service is not made', () => {
  it('with a route that declares what is not supported', async () => {
    @Controller('guarded')
    class Guarded {
      @Get()
      @UseGuards(class {})
      get() {}
    }
    @Controller('asking')
    class Asking {
      @Get()
      get(@Query('a') _: string) {}
    }
    await expect(serving(Guarded)).rejects.toThrow('Guarded.get declares __guards__');
    await expect(serving(Asking)).rejects.toThrow('Asking.get has an argument');
  });

  it('when Nest serves a route at another path than declared', async () => {
    @Controller('v1')
    class Root {
      @Get('things')
      get() {}
    }
    @Module({ controllers: [Root] })
    class Prefixed {}
    app = await NestFactory.create<NestFastifyApplication>(Prefixed, new FastifyAdapter(), { logger: false });
    app.setGlobalPrefix('moved');
    serveRoutes(app, [Root], dependencies());
    await expect(app.listen(0, '127.0.0.1')).rejects.toThrow('Not served as declared: GET /v1/things.');
  });
});
