/** The schedules that every run tries. One that found a defect is added, and stays once the defect is fixed. */
export const regressionSeeds: readonly { readonly seed: number; readonly because: string }[] = [
  {
    seed: 734606161,
    because: 'a worker that had been frozen could not close the event store when it was stopped',
  },
];
