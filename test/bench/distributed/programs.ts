import type { Program } from '../../programs/program.ts';
import type { Address } from '../load.ts';

/** Registers a program that is being started, to stop it with the others. */
export type Track = (starting: Promise<Program>) => Promise<Program>;

/** Stops the programs that `use` has started when it returns. */
export async function withPrograms<Result>(use: (track: Track) => Promise<Result>): Promise<Result> {
  const programs: Program[] = [];
  try {
    return await use(async (starting) => {
      const program = await starting;
      programs.push(program);
      return program;
    });
  } finally {
    await Promise.all(programs.map((program) => program.end('SIGTERM')));
  }
}

/** Tokens of one service are valid at the others too. */
export async function signIn(services: readonly Program[], account: string): Promise<Address[]> {
  const answer = await fetch(`${services[0]?.readyOutput}/dev/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, roles: ['administrator'] }),
  });
  const { token } = (await answer.json()) as { token: string };
  return services.map(({ readyOutput: url }) => ({ url, token }));
}
