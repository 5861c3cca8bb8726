/** Schedules that are tried in every run. One that has found a defect is added, and stays when that is mended. */
export const keptSeeds: readonly { readonly seed: number; readonly because: string }[] = [
  {
    seed: 734606161,
    because: 'a worker that had been frozen could not let go of the event store when it was stopped',
  },
];
