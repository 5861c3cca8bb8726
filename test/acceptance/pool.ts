// Services that acceptance specs share: a spec file borrows one, and gives it back at its end.
// They run as long as Jest, in whose main process this module runs (`test/tooling/setup.mjs`).
import { Cluster } from './cluster.ts';
import { RunningService, type Service } from './service.ts';

/** The mode of a service: one program, or several on shared stores. */
export type Mode = 'embedded' | 'distributed';

const START: Readonly<Record<Mode, () => Promise<Service>>> = {
  embedded: () => RunningService.start(),
  // The work of several workers costs each of them the whole log; stories of what several do have their own cluster.
  distributed: () => Cluster.start({}, 1),
};

/** What a spec file gets when it borrows. */
export interface BorrowedService {
  readonly id: number;
  /** The URLs, of which any may be used. */
  readonly urls: readonly string[];
}

export class ServicePool {
  readonly #services: { readonly mode: Mode; readonly service: Service }[] = [];
  /** By id. */
  readonly #idle = new Set<number>();

  /** The requests of spec files over HTTP: `POST /<mode>` borrows, `DELETE /<id>` gives back. */
  async answer(method: string, path: string): Promise<BorrowedService | Record<string, never>> {
    const asked = path.slice(1);
    if (method === 'POST') return this.borrow(asked as Mode);
    await this.giveBack(Number(asked));
    return {};
  }

  /** @returns a service that no other spec file uses */
  async borrow(mode: Mode): Promise<BorrowedService> {
    for (const id of this.#idle) {
      if (this.#services[id]?.mode === mode) {
        this.#idle.delete(id);
        return this.#borrowed(id);
      }
    }
    const service = await START[mode]();
    return this.#borrowed(this.#services.push({ mode, service }) - 1);
  }

  /** An unhealthy service is stopped rather than reused. */
  async giveBack(id: number): Promise<void> {
    if (await this.#services[id]?.service.isHealthy()) this.#idle.add(id);
  }

  async close(): Promise<void> {
    await Promise.all(this.#services.map(({ service }) => service.dispose()));
  }

  #borrowed(id: number): BorrowedService {
    return { id, urls: this.#services[id]?.service.urls ?? [] };
  }
}
