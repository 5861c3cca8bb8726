export { type DemoOutcome, type DemoSeeding, demoNews, seedDemoWorld } from './seed.ts';
