/** The seed of the test servers' quirks: `CONTRACT_SEED`, or a new one for each run. */
export const contractSeed = Number(process.env.CONTRACT_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** The quirks with their seed, for the title of the suite. */
export function seeded(quirks: object): string {
  return `CONTRACT_SEED=${contractSeed}: ${JSON.stringify(quirks)}`;
}
