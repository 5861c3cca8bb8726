interface Caused {
  /** The command that recorded it, and what that command followed from. */
  readonly command: string;
  readonly cause: string;
}

/** A history in its order, each entry with how far it is from what somebody did themselves. */
export function nested<Entry extends Caused & { readonly id: string }>(
  entries: readonly Entry[],
): readonly { readonly entry: Entry; readonly depth: number }[] {
  const depths = new Map<string, number>();
  return entries.map((entry) => {
    const depth = depths.get(entry.command) ?? (depths.get(entry.cause) ?? -1) + 1;
    depths.set(entry.command, depth);
    depths.set(entry.id, depth);
    return { entry, depth };
  });
}
