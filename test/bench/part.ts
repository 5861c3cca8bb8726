// One part of the report, in a process of its own, so that heap and compiled code of other parts do not affect it.
import { FULL, measure, type PartName } from './parts.ts';

const [part, asked] = process.argv.slice(2) as [PartName, asked?: string];
const sizes = asked === undefined ? [] : asked.split(',').map(Number);
const growth = sizes.length === 0 ? FULL.growth : { ...FULL.growth, logs: sizes };
const [rows] = sizes;
const service = rows === undefined ? FULL.service : { rows };
process.send?.(await measure(part, { ...FULL, growth, service }));
process.disconnect();
