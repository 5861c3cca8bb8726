/**
 * A call that many need at the same time, and that runs once at a time. A caller that comes while it is running gets the
 * result of the next one, which starts after it came.
 */
export class CoalescedCall<Answer> {
  readonly #make: () => Promise<Answer>;
  #current: Promise<Answer> | undefined;
  #next: Promise<Answer> | undefined;

  constructor(make: () => Promise<Answer>) {
    this.#make = make;
  }

  run(): Promise<Answer> {
    if (this.#next) return this.#next;
    if (!this.#current) return this.#begin();
    this.#next = this.#current.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#next;
  }

  #begin(): Promise<Answer> {
    this.#next = undefined;
    const current = this.#make().finally(() => {
      if (this.#current === current) this.#current = undefined;
    });
    this.#current = current;
    return current;
  }
}
