import { describe, expect, it } from 'vitest'
import { seedWorkspace } from '../platform/testing/index.ts'
import { createApiKey } from '../workspaces/index.ts'
import { password, seedMember } from '../workspaces/testing/index.ts'
import { codeOf, openBrowser } from './testing/browser.ts'
import { startTestServer } from './testing/start-test-server.ts'

const { ctx, url } = await startTestServer()

async function signedIn() {
  const workspace = await seedWorkspace(ctx)
  const member = await seedMember(ctx, workspace.workspaceId, 'admin')
  const browser = openBrowser(url)
  const answer = await browser.send('POST', '/api/v1/session', { email: member.email, password })
  return { ...workspace, email: member.email, browser, answer }
}

describe('signing in over HTTP', () => {
  it('T27 sets a cookie that scripts and other sites can not use, and a new one each time', async () => {
    const { answer, browser, email, slug } = await signedIn()
    expect(answer.status).toBe(200)
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^parley=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(answer.body).toMatchObject({ person: { email }, workspace: { slug, role: 'admin' } })
    const again = await browser.send('POST', '/api/v1/session', { email, password })
    expect(again.headers.get('set-cookie')).not.toBe(cookie)
    const old = await openBrowser(url).send('GET', '/api/v1/me', undefined, {
      cookie: cookie.split(';', 1)[0] ?? '',
    })
    expect(old.status).toBe(401)
  })

  it('is over after signing out', async () => {
    const { browser } = await signedIn()
    expect((await browser.send('DELETE', '/api/v1/session')).status).toBe(204)
    expect((await browser.send('GET', '/api/v1/me')).status).toBe(401)
    expect((await browser.send('DELETE', '/api/v1/session')).status).toBe(204)
  })

  it('shows the sessions of the person, and can end another one', async () => {
    const { browser, email } = await signedIn()
    const other = openBrowser(url)
    await other.send('POST', '/api/v1/session', { email, password })
    const { body } = await browser.send('GET', '/api/v1/sessions')
    const sessions = Array.isArray(body.data) ? body.data : []
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true])
    const elsewhere = sessions.find(({ current }) => !current)
    expect((await browser.send('DELETE', `/api/v1/sessions/${elsewhere.id}`)).status).toBe(204)
    expect((await other.send('GET', '/api/v1/me')).status).toBe(401)
    expect((await browser.send('GET', '/api/v1/me')).status).toBe(200)
  })

  it('remembers the workspace a person switched to', async () => {
    const { browser, answer } = await signedIn()
    const made = await browser.send('POST', '/api/v1/workspaces', { name: 'Second', slug: 'second' })
    expect(made.status).toBe(403)
    const { workspaceId, slug } = await seedWorkspace(ctx)
    const { email } = await seedMember(ctx, workspaceId, 'owner')
    const owner = openBrowser(url)
    await owner.send('POST', '/api/v1/session', { email, password })
    await owner.send('POST', '/api/v1/workspaces', { name: 'Second', slug: 'second' })
    expect((await owner.send('GET', '/api/v1/me')).body).toMatchObject({ workspace: { slug } })
    await owner.send('POST', '/api/v1/session/workspace', { slug: 'second' })
    expect((await owner.send('GET', '/api/v1/me')).body).toMatchObject({
      workspace: { slug: 'second' },
      workspaces: [{ slug }, { slug: 'second' }],
    })
    const foreign = await owner.send('POST', '/api/v1/session/workspace', {
      slug: String(Object(answer.body.workspace).slug),
    })
    expect(foreign.status).toBe(404)
  })
})

describe('a workspace in the path', () => {
  it('T20 is answered 404 when it is not one of the person, like one that does not exist', async () => {
    const { browser, slug } = await signedIn()
    const other = await seedWorkspace(ctx)
    expect((await browser.send('GET', `/api/v1/workspaces/${slug}/members`)).status).toBe(200)
    const foreign = await browser.send('GET', `/api/v1/workspaces/${other.slug}/members`)
    const missing = await browser.send('GET', '/api/v1/workspaces/nowhere/members')
    expect([foreign.status, missing.status]).toEqual([404, 404])
    expect(Object(foreign.body.error).message).toBe(Object(missing.body.error).message)
  })
})

describe('T28 a page of another site', () => {
  const evil = { origin: 'https://evil.example' }

  it('can not act with the cookie of the person, nor sign them in or out', async () => {
    const { browser, email } = await signedIn()
    const attempts = [
      browser.send('POST', '/api/v1/api-keys', { name: 'x' }, evil),
      browser.send('POST', '/api/v1/session', { email, password }, evil),
      browser.send('DELETE', '/api/v1/session', undefined, { 'sec-fetch-site': 'cross-site' }),
      browser.send('GET', '/api/v1/live', undefined, { 'sec-fetch-site': 'cross-site' }),
    ]
    for (const answer of await Promise.all(attempts)) {
      expect([answer.status, codeOf(answer)]).toEqual([403, 'origin_refused'])
    }
    expect((await browser.send('GET', '/api/v1/me')).status).toBe(200)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded'])('can not send JSON as %s', async (type) => {
    const { browser } = await signedIn()
    const answer = await browser.send('POST', '/api/v1/api-keys', '{"name":"x"}', { 'content-type': type })
    expect([answer.status, codeOf(answer)]).toEqual([415, 'unsupported_media_type'])
  })

  it('does not matter to a program with an API key', async () => {
    const { owner } = await signedIn()
    const { secret } = await createApiKey(ctx, owner, { name: 'shop', scopes: ['manage'] })
    const answer = await openBrowser(url, secret).send(
      'POST',
      '/api/v1/api-keys',
      { name: 'x', scopes: ['manage'] },
      evil,
    )
    expect(answer.status).toBe(201)
  })
})

describe('a body', () => {
  it.each(['workspace_id', 'created_by', 'secret_hash'])(
    'T23 with the unknown field %s is refused naming it',
    async (field) => {
      const { browser } = await signedIn()
      const answer = await browser.send('POST', '/api/v1/api-keys', { name: 'x', [field]: 'y' })
      expect([answer.status, codeOf(answer)]).toEqual([422, 'validation_failed'])
      expect(answer.body).toMatchObject({ error: { details: { fields: [{ path: field }] } } })
    },
  )

  it('that is no JSON is refused with a sentence', async () => {
    const { browser } = await signedIn()
    const answer = await browser.send('POST', '/api/v1/api-keys', '{"name":')
    expect([answer.status, codeOf(answer)]).toEqual([422, 'validation_failed'])
  })
})

describe('a wrong API key', () => {
  it.each(['Bearer nonsense', 'Bearer ', 'Basic YTpi', 'nonsense'])(
    '"%s" is 401 also with a good cookie',
    async (authorization) => {
      const { browser } = await signedIn()
      expect((await browser.send('GET', '/api/v1/members', undefined, { authorization })).status).toBe(401)
    },
  )
})
