// One part of the report, in a process of its own: what another part left in memory or compiled does not meet it.
import { FULL, measure, type PartName } from './parts.ts';

// In good order, so that what it has started ends with it.
for (const event of ['disconnect', 'SIGINT', 'SIGTERM'] as const) process.once(event, () => process.exit());
process.send?.(await measure(process.argv[2] as PartName, FULL));
process.disconnect();
