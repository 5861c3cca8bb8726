// One part of the report, in a process of its own, so that heap and compiled code of other parts do not affect it.
import { FULL, measure, type PartName } from './parts.ts';

process.send?.(await measure(process.argv[2] as PartName, FULL));
process.disconnect();
