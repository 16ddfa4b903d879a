import { describe, expect, it } from 'vitest'
import { createWake } from './wake.ts'

const longMs = 60_000

describe('wake', () => {
  it('ends every wait on its topic and no other', async () => {
    const wake = createWake()
    const both = Promise.all([wake.wait('sending', longMs), wake.wait('sending', longMs)])
    const other = new AbortController()
    let otherWoke = false
    const waitingOther = wake.wait('intake', longMs, other.signal).then(() => {
      otherWoke = true
    })
    wake.signal('sending')
    await both
    expect(otherWoke).toBe(false)
    other.abort()
    await waitingOther
  })

  it('keeps a signal that came while nobody waited', async () => {
    const wake = createWake()
    wake.signal('sending')
    await wake.wait('sending', longMs)
  })

  it('ends a wait after its time and when aborted', async () => {
    const wake = createWake()
    await wake.wait('sending', 1)
    await wake.wait('sending', longMs, AbortSignal.abort())
  })
})
