import { tessera } from '../../api/client.ts';

/** How many are looked up at once. */
const AT_ONCE = 6;

/** What a pasted text names, each once, in its order. */
export function referencesIn(text: string): readonly string[] {
  const parts = text.split(/[\n\r\t,;]+/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

export interface FoundReferences {
  readonly ids: readonly string[];
  /** Those that name nothing, or more than one thing. */
  readonly unknown: readonly string[];
}

/** Looks up installations by their reference, the customer's reference, serial number or token. */
export async function findReferences(
  references: readonly string[],
  onProgress: (done: number) => void,
): Promise<FoundReferences> {
  const found = new Map<string, string | undefined>();
  const waiting = [...references];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      found.set(next, await findOne(next));
      onProgress(found.size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const ids = references.flatMap((reference) => found.get(reference) ?? []);
  return { ids, unknown: references.filter((reference) => found.get(reference) === undefined) };
}

async function findOne(text: string): Promise<string | undefined> {
  const query = { q: text.slice(0, 200), archived: false, pageSize: 200 };
  const { items } = await tessera.get('/v1/installations', { params: { query } });
  const wanted = plain(text);
  const named = items.filter(({ reference, customerReference, serialNumber, token }) =>
    [reference, customerReference, serialNumber, token].some(
      (name) => name !== undefined && plain(name) === wanted,
    ),
  );
  return named.length === 1 ? named[0]?.id : undefined;
}

/** As people write it: neither case nor spaces count. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, '').toLowerCase();
}
