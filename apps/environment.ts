/** Something in the environment is not as documented; the message names every fault. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  constructor(readonly faults: readonly string[]) {
    super(`The configuration is not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const MOST_PORT = 65_535;

/** Reads settings by name and collects all faults, so that they are reported together. */
export class Environment {
  private readonly faults: string[] = [];

  constructor(private readonly variables: Readonly<Record<string, string | undefined>>) {}

  text(name: string, otherwise: string): string {
    const value = this.variables[name] ?? otherwise;
    if (value === '') this.fault(`${name} must not be empty.`);
    return value;
  }

  /** The text where it is set. */
  optional(name: string): string | undefined {
    return this.variables[name] === undefined ? undefined : this.text(name, '');
  }

  oneOf<const Choice extends string>(name: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const value = this.variables[name] ?? otherwise;
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) this.fault(`${name} must be one of ${choices.join(', ')}, not "${value}".`);
    return choice ?? otherwise;
  }

  /** A port to listen on; 0 for any that is free. */
  port(name: string, otherwise: number): number {
    const value = this.variables[name] ?? String(otherwise);
    const port = Number(value);
    if (value === '' || !Number.isInteger(port) || port < 0 || port > MOST_PORT) {
      this.fault(`${name} must be a port number from 0 to ${MOST_PORT}, not "${value}".`);
    }
    return port;
  }

  /** A whole number of the range. */
  wholeNumber(name: string, otherwise: number, from: number, to: number): number {
    const value = this.variables[name] ?? String(otherwise);
    const number = Number(value);
    if (!/^\d{1,15}$/.test(value) || number < from || number > to) {
      this.fault(`${name} must be a whole number from ${from} to ${to}, not "${value}".`);
    }
    return number;
  }

  /** Anything else about the settings that cannot be. */
  fault(message: string): void {
    this.faults.push(message);
  }

  /**
   * The settings, once all of them were read.
   * @throws InvalidConfig
   */
  checked<Config>(config: Config): Config {
    if (this.faults.length > 0) throw new InvalidConfig(this.faults);
    return config;
  }
}
