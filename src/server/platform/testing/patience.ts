import { vi } from 'vitest'

/** A busy machine is no fault: what a test waits for may take its time, and passes as soon as it is there. */
const waitFor = vi.waitFor.bind(vi)
vi.waitFor = (check, options) =>
  waitFor(check, typeof options === 'number' ? options : { timeout: 15_000, ...options })
