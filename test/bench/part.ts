// One part of the report, in a process of its own, so that heap and compiled code of other parts do not affect it.
import { FULL, measure, type PartName } from './parts.ts';

const [part, logs] = process.argv.slice(2) as [PartName, logs?: string];
const growth = logs === undefined ? FULL.growth : { ...FULL.growth, logs: logs.split(',').map(Number) };
process.send?.(await measure(part, { ...FULL, growth }));
process.disconnect();
