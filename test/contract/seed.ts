/** What the test servers' habits are drawn from: another one each time, unless `CONTRACT_SEED` says which. */
export const contractSeed = Number(process.env.CONTRACT_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Habits, and the seed to have them again, for the title of what they were tried with. */
export function seeded(habits: object): string {
  return `CONTRACT_SEED=${contractSeed}: ${JSON.stringify(habits)}`;
}
