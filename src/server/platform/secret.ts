import { inspect } from 'node:util'

const redacted = '[redacted]'

/**
 * A value that must not be shown: token, password, key. Every way in which logs and errors turn values
 * into text gives `[redacted]`; only `reveal()` gives the value, so a search for it finds every use.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return redacted
  }

  toJSON(): string {
    return redacted
  }

  [inspect.custom](): string {
    return redacted
  }
}
