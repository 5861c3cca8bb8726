import type { Program } from '../../programs/program.ts';

/** Takes a program that is being started, which is ended with the others. */
export type Keep = (starting: Promise<Program>) => Promise<Program>;

/** Ends the programs that `use` starts when it is through, and when this process ends before. */
export async function withPrograms<Result>(use: (keep: Keep) => Promise<Result>): Promise<Result> {
  const programs: Program[] = [];
  const endAll = (signal: NodeJS.Signals) => Promise.all(programs.map((program) => program.end(signal)));
  const endAtOnce = () => void endAll('SIGKILL');
  process.once('exit', endAtOnce);
  try {
    return await use(async (starting) => {
      const program = await starting;
      programs.push(program);
      return program;
    });
  } finally {
    await endAll('SIGTERM');
    process.off('exit', endAtOnce);
  }
}
