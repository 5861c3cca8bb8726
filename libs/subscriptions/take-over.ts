import { type Leases, OwnershipLost } from '#view-store';
import type { Leased } from './leased.ts';

const RENEW_MS = 1_000;
/** An owner renews its lease once a second: a claim is hardly ever too late twice. */
const CLAIMS = 10;

/**
 * Runs something in place of its owner while `work` lasts, then releases it: any holder may claim it again.
 * The former owner notices when it next renews its lease or commits, and stops.
 * @param owner unique to this run of this process
 * @throws OwnershipLost every claim came too late
 */
export async function takeOver<Result>(
  leases: Leases,
  owner: string,
  { name, start }: Leased,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let claim = 1; claim <= CLAIMS; claim += 1) {
    const seen = await leases.read(name);
    const lease = await leases.claim(name, owner, seen);
    if (lease === undefined) continue;
    const running = start(lease.term, () => undefined);
    // What it commits is refused when it is not renewed in time and another one has claimed it.
    const renewing = setInterval(() => void leases.renew(lease).catch(() => undefined), RENEW_MS);
    try {
      return await work();
    } finally {
      clearInterval(renewing);
      await running.stop();
      await leases.release(lease);
    }
  }
  const { term } = await leases.read(name);
  throw new OwnershipLost(name, undefined, term);
}
