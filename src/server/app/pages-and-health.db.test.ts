import { describe, expect, it } from 'vitest'
import { codeOf, openBrowser } from './testing/browser.ts'
import { startTestServer } from './testing/start-test-server.ts'

const { url } = await startTestServer()
const browser = openBrowser(url)

describe('pages', () => {
  it('T29 T30 run no script but their own and stand in no frame', async () => {
    const { headers } = await browser.send('GET', '/w/acme/inbox')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src|unsafe-eval/)
    expect(headers.get('x-frame-options')).toBe('DENY')
  })

  it('T32 tell no other site the link they were opened with', async () => {
    const { headers } = await browser.send('GET', '/setup?token=secret')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('are not what the API answers: there an unknown address is 404 in JSON', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nothing'],
      ['POST', '/api/v1/nothing'],
      ['GET', '/api/nothing'],
      ['GET', '/webhooks/nothing/else'],
      ['GET', '/assets/missing.js'],
      ['GET', '/../../etc/passwd.txt'],
      ['GET', '/%2e%2e/package.json'],
    ] as const) {
      const answer = await browser.send(method, path)
      expect([path, answer.status, codeOf(answer)]).toEqual([path, 404, 'not_found'])
    }
  })
})

describe('health', () => {
  it('is told to whoever watches', async () => {
    expect((await browser.send('GET', '/healthz')).body).toEqual({ status: 'alive' })
    expect((await browser.send('GET', '/readyz')).body).toEqual({ status: 'ready', roles: ['web'] })
    const metrics = await browser.send('GET', '/metrics')
    expect(metrics.headers.get('content-type')).toContain('text/plain')
    expect(metrics.text).toContain('parley_http_request_seconds_count{route="GET /healthz",status="200"} 1')
  })

  it.each([
    ['9.9.9.9', 403],
    ['10.1.2.3, 9.9.9.9', 403],
    ['10.1.2.3', 200],
  ])('T55 metrics asked for by %s through a proxy are answered %i', async (forwardedFor, status) => {
    const answer = await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': forwardedFor } })
    expect(answer.status).toBe(status)
  })
})

describe('the API document', () => {
  it('is OpenAPI 3.1 and has a page to read it', async () => {
    const { body } = await browser.send('GET', '/api/openapi.json')
    expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Parley' } })
    const docs = await browser.send('GET', '/api/docs')
    expect(docs.status).toBe(200)
    expect(docs.text).toContain('swagger-ui')
  })
})
