// Services that stories are told to one after the other: a spec file borrows one, and gives it back when it is through.
// They run for as long as Jest does, in whose main process this is (`test/tooling/setup.mjs`).
import { Cluster } from './cluster.ts';
import { RunningService, type Service } from './service.ts';

/** How a service is set up: as the one program, or as several on stores they share. */
export type Mode = 'embedded' | 'distributed';

const START: Readonly<Record<Mode, () => Promise<Service>>> = {
  embedded: () => RunningService.start(),
  distributed: () => Cluster.start({}),
};

/** What a borrower is told. */
export interface Lent {
  readonly id: number;
  /** Where it is asked, at any of them. */
  readonly urls: readonly string[];
}

export class ServicePool {
  readonly #services: { readonly mode: Mode; readonly service: Service }[] = [];
  /** By id. */
  readonly #idle = new Set<number>();

  /** What a spec file asks over HTTP: `POST /<mode>` borrows, `DELETE /<id>` gives back. */
  async answer(method: string, path: string): Promise<Lent | Record<string, never>> {
    const asked = path.slice(1);
    if (method === 'POST') return this.lend(asked as Mode);
    await this.takeBack(Number(asked));
    return {};
  }

  /** @returns one that nobody else is using */
  async lend(mode: Mode): Promise<Lent> {
    for (const id of this.#idle) {
      if (this.#services[id]?.mode === mode) {
        this.#idle.delete(id);
        return this.#lent(id);
      }
    }
    const service = await START[mode]();
    return this.#lent(this.#services.push({ mode, service }) - 1);
  }

  /** One that is no longer well is not lent again. */
  async takeBack(id: number): Promise<void> {
    if (await this.#services[id]?.service.isWell()) this.#idle.add(id);
  }

  async close(): Promise<void> {
    await Promise.all(this.#services.map(({ service }) => service.dispose()));
  }

  #lent(id: number): Lent {
    return { id, urls: this.#services[id]?.service.urls ?? [] };
  }
}
