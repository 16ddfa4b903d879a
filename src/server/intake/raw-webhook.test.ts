import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keptHeaders, partitionCount, partitionOf } from './raw-webhook.ts'

const about = (phoneNumberId: string, pad = '') =>
  Buffer.from(`{"pad":"${pad}","metadata":{"phone_number_id" : "${phoneNumberId}"}}`)

describe('the partition of a webhook', () => {
  it('is the same for all webhooks of a number, whatever else they say', () => {
    expect(partitionOf(about('106540352242922', 'x'), 'con_1')).toBe(
      partitionOf(about('106540352242922'), 'con_2'),
    )
  })

  it('spreads numbers over all partitions', () => {
    const numbers = Array.from({ length: 200 }, (_, n) =>
      partitionOf(about(String(106540352242922 + n)), null),
    )
    expect(new Set(numbers).size).toBe(partitionCount)
  })

  it('is the connector’s where no number is named', () => {
    expect(partitionOf(Buffer.from('{}'), 'con_1')).toBe(partitionOf(Buffer.from('not json'), 'con_1'))
  })

  it('is one of the sixteen for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const body = Buffer.concat([Buffer.from('"phone_number_id":"'), bytes])
        const partition = partitionOf(body, null)
        return Number.isInteger(partition) && partition >= 0 && partition < partitionCount
      }),
    )
  })
})

it('keeps of the headers only what helps to find a fault', () => {
  const headers = { 'user-agent': 'x'.repeat(1000), authorization: 'Bearer secret', cookie: 'a=b' }
  expect(JSON.parse(keptHeaders(headers))).toEqual({ 'user-agent': 'x'.repeat(300) })
})
