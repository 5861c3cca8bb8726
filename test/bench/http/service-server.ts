// The whole service on its embedded stores, with its worker in a thread beside it.
import { followers } from '../../../apps/worker/index.ts';
import { signIn, startService } from '../service/starting.ts';
import { serve } from './serving.ts';

const [directory, account] = process.argv.slice(2) as [string, string];
const service = await startService(directory);
const { eventStore, views } = service.ports;

/** Until projections and processes have seen every event. */
async function settle(): Promise<void> {
  const head = await eventStore.head();
  for (const follower of followers) {
    while (!(await views.waitFor(follower, head, 10_000)));
  }
}

await settle();
serve({ url: service.url, token: await signIn(service, account) }, settle);
