import { describe, expect, it } from '@jest/globals';
import { CoalescedCall } from './coalesced-call.ts';

describe('a shared that many have', () => {
  /** A shared that is answered when the test says so. */
  function held() {
    const asked: PromiseWithResolvers<number>[] = [];
    const shared = new CoalescedCall(() => {
      const answer = Promise.withResolvers<number>();
      asked.push(answer);
      return answer.promise;
    });
    return { asked, shared };
  }

  it('is asked once at a time, and answered to nobody by what was asked before they came', async () => {
    const { asked, shared } = held();
    const first = shared.run();
    const later = [shared.run(), shared.run()];
    expect(asked).toHaveLength(1);
    asked[0]?.resolve(1);
    expect(await first).toBe(1);
    expect(asked).toHaveLength(2);
    asked[1]?.resolve(2);
    expect(await Promise.all(later)).toEqual([2, 2]);
    const repeated = shared.run();
    asked[2]?.resolve(3);
    expect(await repeated).toBe(3);
  });

  it('stays one at a time when who got an answer asks again at once', async () => {
    const { asked, shared } = held();
    const again = shared.run().then(() => shared.run());
    const waiting = shared.run();
    asked[0]?.resolve(1);
    await new Promise(setImmediate);
    expect(asked).toHaveLength(2);
    asked[1]?.resolve(2);
    expect(await Promise.all([again, waiting])).toEqual([2, 2]);
  });

  it('fails for those who asked it, and is asked anew for those who came later', async () => {
    const { asked, shared } = held();
    const first = shared.run();
    const second = shared.run();
    asked[0]?.reject(new Error('no answer'));
    await expect(first).rejects.toThrow('no answer');
    asked[1]?.resolve(2);
    expect(await second).toBe(2);
  });
});
