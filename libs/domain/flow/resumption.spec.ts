import { describe, expect, it } from '@jest/globals';
import { hasRole } from '#domain/kernel';
import { commandsOf, scenario } from '#domain/kernel/testing';
import { type FlowCommand, type FlowEvent, resumption, resumptionRoles } from './index.ts';

const ask = commandsOf<FlowCommand>();
const begun = { stream: 'share-s', revision: 1 };
const resume = ask('', 'ResumeFlow', { resumptionId: 'r', process: 'prepare-package', key: 's', begun });
const resumed: FlowEvent = {
  type: 'FlowResumed',
  data: { resumptionId: 'r', process: 'prepare-package', key: 's', begun, resumedAt: resume.now },
};
const given = scenario(resumption).given;

describe('resuming a flow', () => {
  it('is recorded once', () => {
    given().when(resume).then(resumed);
    given(resumed).when(resume).thenNothing();
  });

  it('is for operators alone', () => {
    expect(hasRole({ roles: ['operator'] }, resumptionRoles.ResumeFlow)).toBe(true);
    for (const role of ['administrator', 'service', 'system', 'auditor'] as const)
      expect(hasRole({ roles: [role] }, resumptionRoles.ResumeFlow)).toBe(false);
  });

  it('has no event out of place', () => {
    expect(() => resumption.evolve({ status: 'resumed' }, resumed)).toThrow('FlowResumed cannot follow');
  });
});
