import { describe, expect, it } from 'vitest'
import { PendingChanges } from './live-changes.ts'

describe('pending changes', () => {
  it('say the same change once', () => {
    const pending = new PendingChanges()
    for (let index = 0; index < 100; index += 1) pending.add('wsp_1', { topic: 'list', id: 'lst_1' })
    expect(pending.takePayloads()).toEqual(['[["wsp_1","list",["lst_1"]]]'])
    expect(pending.isEmpty).toBe(true)
  })

  it('fall back to the whole topic when there are many', () => {
    const pending = new PendingChanges()
    for (let index = 0; index < 1_000; index += 1)
      pending.add('wsp_1', { topic: 'message', id: `msg_${index}` })
    expect(pending.takePayloads()).toEqual(['[["wsp_1","message",["*"]]]'])
  })

  it('stay under what PostgreSQL takes in one notification', () => {
    const pending = new PendingChanges()
    for (let index = 0; index < 2_000; index += 1) {
      pending.add(`wsp_${index % 200}`, { topic: 'message', id: `msg_${String(index).padStart(32, '0')}` })
    }
    const payloads = pending.takePayloads()
    expect(payloads.length).toBeGreaterThan(1)
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000)
    expect(payloads.flatMap((payload) => JSON.parse(payload))).toHaveLength(200)
  })
})
