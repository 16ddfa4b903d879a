import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Role, role, roles, type Scope, scope, scopes } from '../../contract/index.ts'
import { createApiKey } from '../workspaces/index.ts'
import { password, seedMember } from '../workspaces/testing/index.ts'
import { type Browser, codeOf, openBrowser } from './testing/browser.ts'
import { sampleBodies } from './testing/sample-bodies.ts'
import { seedEverything } from './testing/seed-everything.ts'
import { startTestServer } from './testing/start-test-server.ts'

/** Everybody may ask for these; all other routes need a credential. A new public route must be added here on purpose. */
const publicRoutes = [
  'DELETE /api/v1/session',
  'GET /api/v1/setup',
  'POST /api/v1/invitations/accept',
  'POST /api/v1/session',
  'POST /api/v1/setup',
]

const operation = z.object({
  'x-access': z.object({ role, scope }).optional(),
  parameters: z
    .array(
      z.object({ name: z.string(), in: z.string(), schema: z.object({ pattern: z.string().optional() }) }),
    )
    .default([]),
  requestBody: z.unknown().optional(),
})
type Operation = z.infer<typeof operation>

interface Route extends Operation {
  name: string
  method: string
  path: string
}

const { ctx, url, describe: describeApi } = await startTestServer()
const mine = await seedEverything(ctx, 'mine')
const canary = `canary${randomBytes(6).toString('hex')}`
const foreign = await seedEverything(ctx, canary)
const routes = listRoutes()
const guarded = routes.filter(({ name }) => !publicRoutes.includes(name))
const browsers = new Map<Role, Browser>()
const programs = new Map<Scope, Browser>()
for (const each of roles) browsers.set(each, await signInAs(each))
for (const each of scopes) {
  const { secret } = await createApiKey(ctx, mine.owner, { name: each, scopes: [each] })
  programs.set(each, openBrowser(url, secret))
}

function listRoutes(): Route[] {
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), operation)) })
    .parse(describeApi())
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, each]) => {
      const upper = method.toUpperCase()
      return { ...each, method: upper, path, name: `${upper} ${path}` }
    }),
  )
}

async function signInAs(each: Role): Promise<Browser> {
  const { email } = await seedMember(ctx, mine.workspaceId, each)
  const browser = openBrowser(url)
  const { status } = await browser.send('POST', '/api/v1/session', { email, password })
  expect(status).toBe(200)
  return browser
}

function browserOf(each: Role): Browser {
  return browsers.get(each) ?? openBrowser(url)
}

/** The route's address with ids of the other workspace in it. */
function foreignPath({ path, parameters }: Route): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const pattern = parameters.find((each) => each.in === 'path' && each.name === name)?.schema.pattern
    const prefix = /^\^(\w+)_/.exec(pattern ?? '')?.[1] ?? 'ses'
    return foreign.ids[prefix] ?? `${prefix}_${'0'.repeat(32)}`
  })
}

function bodyOf(route: Route): unknown {
  return sampleBodies(foreign.ids)[route.name]
}

describe('every route of the API', () => {
  it('is listed in the API document, with who may use it', () => {
    expect(routes.length).toBeGreaterThan(50)
    expect(
      routes
        .filter((route) => !route['x-access'])
        .map(({ name }) => name)
        .sort(),
    ).toEqual(publicRoutes)
  })

  it.each(guarded)('T22 $name wants a credential', async (route) => {
    const answer = await openBrowser(url).send(route.method, foreignPath(route), bodyOf(route))
    expect(answer.status).toBe(401)
    expect(codeOf(answer)).toBe('unauthorized')
  })

  it.each(guarded)('T22 $name refuses roles and scopes below its own', async (route) => {
    const access = route['x-access'] ?? { role: 'owner', scope: 'manage' }
    const tooLow = roles.slice(0, roles.indexOf(access.role)).map(browserOf)
    const tooNarrow = scopes
      .filter((each) => each !== access.scope)
      .flatMap((each) => programs.get(each) ?? [])
    for (const caller of [...tooLow, ...tooNarrow]) {
      const answer = await caller.send(route.method, foreignPath(route), bodyOf(route))
      expect(answer.status).toBe(403)
      expect(codeOf(answer)).toBe('forbidden')
    }
  })

  it.each(guarded.filter(({ path }) => path.includes('{')))(
    "T20 $name knows nothing of another workspace's ids",
    async (route) => {
      if (route.requestBody !== undefined) {
        expect(bodyOf(route), `sample-bodies.ts has no body for ${route.name}`).toBeDefined()
      }
      const answer = await browserOf('owner').send(route.method, foreignPath(route), bodyOf(route))
      expect(answer.text).not.toContain(canary)
      expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 404, code: 'not_found' })
    },
  )

  it.each(
    guarded.filter(({ method, path }) => method === 'GET' && !path.includes('{') && !path.endsWith('/live')),
  )('T20 $name shows nothing of another workspace', async (route) => {
    const answer = await browserOf('owner').send('GET', `${route.path}?limit=200`)
    expect([200, 422]).toContain(answer.status)
    if (answer.status === 422) expect((await browserOf('owner').send('GET', route.path)).status).toBe(200)
    expect(answer.text).not.toContain(canary)
  })

  it.each(
    guarded.filter(
      ({ method, path, requestBody }) =>
        requestBody !== undefined && method === 'POST' && !path.includes('{'),
    ),
  )('T21 $name takes no ids of another workspace in its body', async (route) => {
    const body = sampleBodies(foreign.ids)[route.name]
    expect(body, `sample-bodies.ts has no body for ${route.name}`).toBeDefined()
    if (!JSON.stringify(body).match(/_[0-9a-f]{32}/)) return
    const answer = await browserOf('owner').send('POST', route.path, body)
    expect([404, 422]).toContain(answer.status)
    expect(answer.text).not.toContain(canary)
  })
})

describe('an id of another workspace', () => {
  const { con, num, tpl, whe, per } = foreign.ids
  it.each([
    ['PATCH', `/campaigns/${mine.ids.cmp}`, { template_ids: [tpl] }],
    ['PATCH', `/hubs/${mine.ids.hub}`, { template_id: tpl }],
    ['PUT', `/lists/${mine.ids.lst}/match`, { phone: 'phone', variables: {}, template_id: tpl }],
    ['PATCH', `/webhook-endpoints/${mine.ids.whe}`, { number_id: num }],
    ['PATCH', `/conversations/${mine.ids.cnv}`, { assignee_id: per }],
    ['POST', `/messages`, { number_id: num, to: '598091234567', type: 'text', text: { body: 'Hello' } }],
  ])('T21 is refused inside an object of ours: %s %s', async (method, path, body) => {
    const answer = await browserOf('owner').send(method, `/api/v1${path}`, body)
    expect([404, 422, 409]).toContain(answer.status)
    expect(['not_found', 'validation_failed', 'template_not_enabled']).toContain(codeOf(answer))
    expect(answer.text).not.toContain(canary)
  })

  it.each([
    `/conversations?number_id=${num}`,
    `/templates?connector_id=${con}`,
    `/webhook-deliveries?endpoint_id=${whe}`,
    `/contacts?search=${canary}`,
    `/conversations?search=${canary}`,
    `/templates?search=${canary}`,
    `/inbound-logs?search=${canary}`,
  ])('T20 filters to nothing: %s', async (path) => {
    const answer = await browserOf('owner').send('GET', `/api/v1${path}`)
    expect(answer.body).toEqual({ data: [], next_cursor: null })
  })
})

describe('a listing', () => {
  it.each(['limit=1000000000', 'limit=0', 'limit=-1', 'limit=x', 'offset=-1', 'cursor=tampered'])(
    'T24 refuses ?%s naming the field',
    async (query) => {
      const answer = await browserOf('owner').send('GET', `/api/v1/contacts?${query}`)
      expect(answer.status).toBe(422)
      expect(answer.text).toContain(query.split('=')[0])
    },
  )
})
