import type { Program } from '../programs/program.ts';

/** A program that is restarted when it was killed, as a supervisor does in production. */
export class RestartableProgram {
  private current: Promise<Program>;
  private last = false;

  private constructor(private readonly begin: () => Promise<Program>) {
    this.current = begin();
  }

  /** Resolves when it is ready for the first time. */
  static async start(begin: () => Promise<Program>): Promise<RestartableProgram> {
    const program = new RestartableProgram(begin);
    await program.current;
    return program;
  }

  /** The running program, once it is ready (again). */
  running(): Promise<Program> {
    return this.current;
  }

  /**
   * Kills it with SIGKILL, and starts it until a start succeeds.
   * @throws Error it had exited by itself
   */
  async crash(): Promise<void> {
    this.current = this.end('SIGKILL').then(() => this.again());
    await this.current;
  }

  /**
   * Kills it without a restart.
   * @throws Error it had exited by itself
   */
  async kill(): Promise<void> {
    this.last = true;
    await this.end('SIGKILL');
  }

  /**
   * Stops it with SIGTERM, unless it was killed without a restart.
   * @throws Error it had exited by itself, or its exit code was not 0
   */
  async stop(): Promise<void> {
    if (this.last) return;
    this.last = true;
    const code = await this.end('SIGTERM');
    if (code !== 0) throw new Error(`A program was stopped with SIGTERM and exited with ${code}.`);
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const program = await this.current;
    if (program.hasExited) throw new Error('A program has exited by itself.');
    return program.end(signal);
  }

  /** A start may fail while a store is unavailable. */
  private async again(): Promise<Program> {
    for (;;) {
      try {
        return await this.begin();
      } catch (error) {
        if (this.last) throw error;
      }
    }
  }
}
