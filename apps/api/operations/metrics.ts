/** Counts what this process has answered, by method and status. */
export class RequestCounts {
  private readonly counts = new Map<string, number>();

  count(method: string, status: number): void {
    const labels = `method="${method}",status="${status}"`;
    this.counts.set(labels, (this.counts.get(labels) ?? 0) + 1);
  }

  samples(): Sample[] {
    return [...this.counts].map(([labels, value]) => ({ labels, value }));
  }
}

export interface Sample {
  readonly labels?: string;
  readonly value: number;
}

export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly samples: readonly Sample[];
}

/** The Prometheus text format. */
export function exposition(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, help, type, samples }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ labels, value }) => `${name}${labels === undefined ? '' : `{${labels}}`} ${value}`),
  ]);
  return `${lines.join('\n')}\n`;
}
