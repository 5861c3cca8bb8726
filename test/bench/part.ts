// One part of the report, in a process of its own, so that heap and compiled code of other parts do not affect it.
import { FULL, measure, type PartName, type Sizes } from './parts.ts';

const [part, asked] = process.argv.slice(2) as [PartName, asked?: string];
process.send?.(await measure(part, { ...FULL, ...(asked !== undefined && sizeAsked(part, asked)) }));
process.disconnect();

function sizeAsked(part: PartName, asked: string): Partial<Sizes> {
  if (part === 'service') return { service: { rows: Number(asked) } };
  return { growth: { ...FULL.growth, logs: asked.split(',').map(Number) } };
}
