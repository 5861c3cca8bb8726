export { type DemoOutcome, type DemoSeeding, seedDemoWorld } from './seed.ts';
