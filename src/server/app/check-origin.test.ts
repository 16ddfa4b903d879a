import { describe, expect, it } from 'vitest'
import { isFromHere, isSameOrigin } from './check-origin.ts'

const request = {
  method: 'POST',
  fetchSite: undefined,
  origin: undefined,
  host: '127.0.0.1:3000',
  publicUrl: 'https://hub.example.com',
}

describe('T28 a request that changes something', () => {
  it.each([
    ['of the same origin, as the browser says', { fetchSite: 'same-origin' }],
    ['typed or bookmarked by the person', { fetchSite: 'none' }],
    ['with the public address as origin', { origin: 'https://hub.example.com' }],
    ['with the address it was sent to as origin', { origin: 'http://127.0.0.1:3000' }],
    ['of a program, which sends neither header', {}],
  ])('is taken when it is %s', (_, headers) => {
    expect(isFromHere({ ...request, ...headers })).toBe(true)
  })

  it.each([
    ['from another site', { fetchSite: 'cross-site' }],
    ['from another host of the same site', { fetchSite: 'same-site' }],
    [
      'from another site whose origin looks right',
      { fetchSite: 'cross-site', origin: 'https://hub.example.com' },
    ],
    ['with a foreign origin', { origin: 'https://evil.example' }],
    ['with an origin that begins like ours', { origin: 'https://hub.example.com.evil.example' }],
    ['from a sandboxed frame or a file', { origin: 'null' }],
    ['with another port', { origin: 'http://127.0.0.1:3001' }],
  ])('is refused when it comes %s', (_, headers) => {
    expect(isFromHere({ ...request, ...headers })).toBe(false)
  })

  it('may be asked for from anywhere when it only reads, unless it streams', () => {
    expect(isFromHere({ ...request, method: 'GET', fetchSite: 'cross-site' })).toBe(true)
    expect(isSameOrigin({ ...request, fetchSite: 'cross-site' })).toBe(false)
  })
})
