import { describe, expect, it } from 'vitest'
import { sessionCookie } from './session-cookie.ts'

describe('the session cookie', () => {
  it('is bound to its host where the hub is served over https', () => {
    const { name, attributes } = sessionCookie('https://hub.example.com')
    expect(name).toBe('__Host-parley')
    expect(attributes).toMatchObject({ secure: true, httpOnly: true, sameSite: 'lax', path: '/' })
  })

  it('goes without the prefix on plain http, where browsers would refuse it', () => {
    const { name, attributes } = sessionCookie('http://127.0.0.1:3000')
    expect(name).toBe('parley')
    expect(attributes).toMatchObject({ secure: false, httpOnly: true, sameSite: 'lax' })
  })
})
