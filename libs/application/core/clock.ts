import { fromMillis, type Instant } from '#domain/kernel';

/** The clock that stamps commands. */
export interface Clock {
  now(): Instant;
}

/** The machine's clock; commands of one millisecond share its text. */
export const systemClock: Clock = {
  now() {
    const millis = Date.now();
    if (millis !== lastMillis) {
      lastMillis = millis;
      lastInstant = fromMillis(millis);
    }
    return lastInstant;
  },
};

let lastMillis = 0;
let lastInstant: Instant = fromMillis(0);
