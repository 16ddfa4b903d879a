import { vi } from 'vitest'

/** What a test waits for may take its time on a busy machine, and passes as soon as it is there. */
const waitForMs = 30_000

const waitFor = vi.waitFor.bind(vi)
vi.waitFor = (check, options = {}) => {
  const { timeout = 0, ...rest } = typeof options === 'number' ? { timeout: options } : options
  return waitFor(check, { ...rest, timeout: Math.max(timeout, waitForMs) })
}
