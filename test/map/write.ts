// Writes the map of the product: `npm run map`.
import { writeFileSync } from 'node:fs';
import { mapPage, productMap } from './map.ts';

writeFileSync('docs/map.md', mapPage(productMap()));
