import { eventRegistry } from '#contracts';
import { expected } from './expected.ts';
import { samplesContract } from './samples.contract.ts';
import { samples } from './samples.ts';

samplesContract(eventRegistry, samples, expected);
