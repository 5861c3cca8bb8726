import type { Program } from '../../programs/program.ts';
import type { Address } from '../load.ts';

/** Takes a program that is being started, which is ended with the others. */
export type Keep = (starting: Promise<Program>) => Promise<Program>;

/** Ends the programs that `use` starts when it is through. */
export async function withPrograms<Result>(use: (keep: Keep) => Promise<Result>): Promise<Result> {
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

/** What one service signs the others take as well. */
export async function signIn(services: readonly Program[], account: string): Promise<Address[]> {
  const answer = await fetch(`${services[0]?.said}/dev/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, roles: ['administrator'] }),
  });
  const { token } = (await answer.json()) as { token: string };
  return services.map(({ said: url }) => ({ url, token }));
}
