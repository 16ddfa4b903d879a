interface Step {
  name: string
  end: () => Promise<void>
}

/** Ends what was started, last started first. A step that fails does not keep the others from ending. */
export class Shutdown {
  readonly #steps: Step[] = []
  #running: Promise<void> | null = null

  add(name: string, end: () => Promise<void>): void {
    this.#steps.unshift({ name, end })
  }

  /** Runs once, however often it is asked for. Throws what the failed steps threw, together. */
  run(): Promise<void> {
    this.#running ??= this.#runSteps()
    return this.#running
  }

  async #runSteps(): Promise<void> {
    const failures: Error[] = []
    for (const { name, end } of this.#steps) {
      try {
        await end()
      } catch (cause) {
        failures.push(new Error(`Stopping ${name} failed.`, { cause }))
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'The hub did not stop cleanly.')
  }
}
