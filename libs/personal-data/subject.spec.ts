import { describe, expect, it } from '@jest/globals';
import { subjectIn } from './subject.ts';

describe('the person that a text names', () => {
  it.each([
    ['Ann Janssens', 'ann  JANSSENS'],
    ['Zoë De Smet', 'zoe de smet'],
    ['Ann Janssens <Ann@Dairies.example>', 'ann@dairies.example'],
    ['ann@dairies.example, 0470 12 34 56', 'Facility: ann@dairies.example'],
    ['ann@dairies.example (ANN@dairies.example)', 'ann@dairies.example'],
    ['?!', ' ?! '],
  ])('is the same in %j and %j', (one, other) => {
    expect(subjectIn(one)).toBe(subjectIn(other));
  });

  it.each([
    ['Ann Janssens', 'Ann Jansen'],
    ['ann@dairies.example', 'ann@dairies.test'],
    ['ann@dairies.example, bob@dairies.example', 'ann@dairies.example'],
    ['?!', '!?'],
  ])('is another one in %j and %j', (one, other) => {
    expect(subjectIn(one)).not.toBe(subjectIn(other));
  });
});
