import { describe, expect, it } from 'vitest'
import { createGate } from './password-gate.ts'

/** Work that ends when told to. */
function held() {
  let finish = () => undefined as undefined
  const done = new Promise<void>((resolve) => {
    finish = () => void resolve()
  })
  return { work: () => done, finish }
}

describe('the gate before password hashes', () => {
  it('lets no more than its number run at once, and the rest one by one', async () => {
    const gate = createGate({ runningMax: 2, waitingMax: 10 })
    let running = 0
    let runningMost = 0
    await Promise.all(
      Array.from({ length: 10 }, () =>
        gate.pass(async () => {
          running += 1
          runningMost = Math.max(runningMost, running)
          await new Promise((resolve) => setImmediate(resolve))
          running -= 1
        }),
      ),
    )
    expect(runningMost).toBe(2)
  })

  it('refuses who comes when the queue is full', async () => {
    const gate = createGate({ runningMax: 1, waitingMax: 1 })
    const { work, finish } = held()
    const first = gate.pass(work)
    const second = gate.pass(work)
    await expect(gate.pass(work)).rejects.toMatchObject({ code: 'too_many_requests' })
    finish()
    await Promise.all([first, second])
  })

  it('gives the place back when the work fails', async () => {
    const gate = createGate({ runningMax: 1, waitingMax: 1 })
    await expect(gate.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await expect(gate.pass(async () => 'yes')).resolves.toBe('yes')
  })
})
