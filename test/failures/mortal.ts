import type { Program } from '../programs/program.ts';

/** A program that is started again when it was killed, as whatever runs it in earnest does. */
export class Mortal {
  private current: Promise<Program>;
  private last = false;

  private constructor(private readonly begin: () => Promise<Program>) {
    this.current = begin();
  }

  /** Resolves when it is ready for the first time. */
  static async start(begin: () => Promise<Program>): Promise<Mortal> {
    const mortal = new Mortal(begin);
    await mortal.current;
    return mortal;
  }

  /** The program as it runs, once it is up (again). */
  running(): Promise<Program> {
    return this.current;
  }

  /**
   * Kills it at whatever line it is, and starts it again until it stays.
   * @throws Error it had ended by itself
   */
  async crash(): Promise<void> {
    this.current = this.end('SIGKILL').then(() => this.again());
    await this.current;
  }

  /**
   * Kills it for good.
   * @throws Error it had ended by itself
   */
  async kill(): Promise<void> {
    this.last = true;
    await this.end('SIGKILL');
  }

  /**
   * Stops it in good order, unless it was killed for good.
   * @throws Error it had ended by itself, or did not end in good order
   */
  async stop(): Promise<void> {
    if (this.last) return;
    this.last = true;
    const code = await this.end('SIGTERM');
    if (code !== 0) throw new Error(`A program was asked to stop and ended with ${code}.`);
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const program = await this.current;
    if (program.ended) throw new Error('A program has ended by itself.');
    return program.end(signal);
  }

  /** It may not get far while a store is away. */
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
