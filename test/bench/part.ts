// One part of the report, in a process of its own: what another part left in memory or compiled does not meet it.
import { FULL, measure, type PartName } from './parts.ts';

process.send?.(await measure(process.argv[2] as PartName, FULL));
process.disconnect();
