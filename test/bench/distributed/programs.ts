import type { Program } from '../../programs/program.ts';

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
