import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../rig/api.ts'
import { type Look, openBrowser, openWindow, signIn } from '../../rig/browser.ts'
import { approvedTemplate, openLater, openShop, prepareList, type Shop, waitForList } from '../../rig/shop.ts'
import { sendIntoSilence } from '../../rig/silence.ts'
import { tellTrouble } from '../../rig/tell.ts'

const looks: Look[] = [
  { width: 1440, scheme: 'light' },
  { width: 1440, scheme: 'dark' },
  { width: 390, scheme: 'light' },
  { width: 390, scheme: 'dark' },
]

let shop: Shop
let browser: Browser
/** One window for each look. */
let signedIn: LookedAt[]
/** What the addresses below stand for. */
const ids: Record<string, string> = {}

beforeAll(async () => {
  shop = await openShop()
  browser = await openBrowser()
  await fillShop()
  signedIn = await openWindows()
  for (const { page } of signedIn) await signIn(page.context())
})
afterAll(async () => {
  await browser?.close()
  await shop?.close()
})

const outside = ['/sign-in', '/setup', '/invitation?token=none']
const inside = [
  '',
  '/inbox',
  '/inbox/:conversations',
  '/contacts',
  '/contacts?contact=:contacts',
  '/contacts?consent=no_marketing',
  '/contacts/opt-outs',
  '/contacts/opt-outs?contact=:contacts',
  '/contacts/import',
  '/contacts/import/:import',
  '/templates',
  '/templates?template=:template',
  '/numbers',
  '/numbers?connect=meta',
  '/numbers?history=:connector',
  '/numbers/:number',
  '/numbers/lanes',
  '/numbers/error-codes',
  '/numbers/error-codes?search=template&who=sender',
  '/hubs',
  '/hubs/new',
  '/hubs/:hub',
  '/hubs/:hub/basic',
  '/hubs/:hub/configuration',
  '/hubs/:hub/schedule',
  '/hubs/:hub/lists/new',
  '/hubs/:hub/lists/:draft/prepare?step=source',
  '/hubs/:hub/lists/:draft/prepare?step=match',
  '/hubs/:hub/lists/:draft/prepare?step=template',
  '/hubs/:hub/lists/:draft/prepare?step=when',
  '/hubs/:hub/lists/:draft/prepare?step=check',
  '/hubs/:hub/lists/:list',
  '/hubs/:hub/lists/:list?state=failed',
  '/hubs/:hub/lists/:paused',
  '/hubs/lists',
  '/hubs/lists?state=scheduled',
  '/hubs/unsettled',
  '/hubs/unsettled?state=held',
  '/hubs/campaigns',
  '/hubs/campaigns/new',
  '/hubs/campaigns/:campaigns',
  '/events/inbound',
  '/events/inbound?log=:inbound-logs',
  '/events/inbound?verdict=odd&since=never&connector=12',
  '/events/inbound?verdict=parked&type=message&since=2026-01-01',
  '/events/webhooks',
  '/events/deliveries',
  '/events/deliveries?delivery=:webhook-deliveries',
  '/events/types?type=message.delivered&format=gupshup',
  '/notices',
  '/notices?show=unread',
  '/settings/workspace',
  '/settings/members',
  '/settings/api-keys',
  '/settings/consent',
  '/settings/sessions',
  '/settings/audit-log',
  '/nowhere',
]

it.each(outside)('%s can be used by everybody', async (path) => {
  for (const { page, errors, look } of await openWindows()) {
    await judge(path, { page, errors, look })
    await page.context().close()
  }
})

it.each(inside)('/w/shop%s can be used by everybody', async (path) => {
  const address = `/w/shop${path.replaceAll(/:([\w-]+)/g, (_, name: string) => idOf(name))}`
  for (const window of signedIn) await judge(address, window)
})

function idOf(name: string): string {
  const id = ids[name]
  if (id === undefined) throw new Error(`Nothing of this shop is called ":${name}".`)
  return id
}

interface LookedAt {
  page: Page
  errors: string[]
  look: Look
}

function openWindows(): Promise<LookedAt[]> {
  return Promise.all(
    looks.map(async (look) => ({ ...(await openWindow(browser, shop.hub.url, look)), look })),
  )
}

/** No serious finding of axe, nothing that sticks out at the side, no error in the console. */
async function judge(path: string, { page, errors, look }: LookedAt): Promise<void> {
  errors.length = 0
  await page.goto(path)
  await settle(page)
  const found = {
    violations: await seriousViolations(page),
    overflows: await findOverflows(page),
    errors: errors.filter((error) => !isExpected(error)),
  }
  expect(found, `${path} at ${look.width} px, ${look.scheme}`).toEqual({
    violations: [],
    overflows: [],
    errors: [],
  })
}

async function settle(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy]') === null)
  // Drawers and dialogs fade in.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
}

async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}

/** The page and its scrollers: nobody should have to move them sideways. */
function findOverflows(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('html, main, main > *, main > * > *')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      .map(
        (element) =>
          `${element.tagName}.${element.className}: ${element.scrollWidth} > ${element.clientWidth}`,
      ),
  )
}

/** A refusal that the page is about is also written to the console by the browser itself. */
function isExpected(error: string): boolean {
  return /status of (401|404)/.test(error)
}

async function fillShop(): Promise<void> {
  await addEndpoints()
  await shop.control.send('POST', '/_control/customers/59891555001/messages', {
    to: shop.phoneNumberId,
    name: 'Marta Silva',
    type: 'text',
    text: 'Hi! Has my order left yet?',
  })
  await addLists()
  await addPeople()
  await shop.api.send('POST', '/api/v1/api-keys', { name: 'Web shop', scopes: ['read'] })
  await shop.api.send('POST', '/api/v1/invitations', { email: 'ana@example.com', role: 'agent' })
  const { id, name } = await approvedTemplate(shop.api, 'UTILITY')
  const { body: template } = await shop.api.get<{ external_id: string }>(`/api/v1/templates/${id}`)
  await tellTrouble(shop, { name, external_id: template.external_id })
  Object.assign(ids, { connector: shop.connector.id, number: shop.numberId, template: id })
  for (const path of ['conversations', 'contacts', 'campaigns', 'inbound-logs', 'webhook-deliveries'])
    ids[path] = await firstOf(path)
}

function firstOf(path: string): Promise<string> {
  return eventually(async () => {
    const { body } = await shop.api.get<{ data: { id: string }[] }>(`/api/v1/${path}?limit=1`)
    const [first] = body.data
    if (first === undefined) throw new Error(`There are no ${path} yet.`)
    return first.id
  })
}

async function addEndpoints(): Promise<void> {
  const add = (path: string, events: string[], more: object = {}) =>
    shop.api.send<{ id: string }>('POST', '/api/v1/webhook-endpoints', {
      destination_url: `http://127.0.0.1:9/${path}`,
      events,
      ...more,
    })
  await add('hooks', ['message.received', 'list.finished'])
  for (const name of ['Console', 'Newer console'])
    await add('gupshup', ['message.delivered'], { format: 'gupshup', name })
  const { body: off } = await add('off', ['message.read'])
  await shop.api.send('POST', `/api/v1/webhook-endpoints/${off.id}/rotate-secret`)
  await shop.api.send('PATCH', `/api/v1/webhook-endpoints/${off.id}`, { enabled: false })
}

async function addLists(): Promise<void> {
  const { api } = shop
  const list = await prepareList(shop, { rows: 60, category: 'UTILITY' })
  await api.send('POST', `/api/v1/lists/${list.id}/start`)
  await waitForList(api, list.id, 'finished')
  await sendIntoSilence(shop, 3)
  const draft = await api.upload<{ id: string }>(
    `/api/v1/hubs/${list.hub_id}/lists`,
    'late-orders.csv',
    'phone,value_1,value_2\n59891000001,Ana,Q-1\ncall me,Eva,Q-2\n59891000003,,Q-3\n',
  )
  const paused = await prepareList(shop, { rows: 20, category: 'UTILITY', schedule: openLater() })
  await api.send('POST', `/api/v1/lists/${paused.id}/start`)
  expect((await api.send('POST', `/api/v1/lists/${paused.id}/pause`)).body.state).toBe('paused')
  Object.assign(ids, { hub: list.hub_id, list: list.id, draft: draft.body.id, paused: paused.id })
}

async function addPeople(): Promise<void> {
  const people = await shop.api.upload<{ id: string }>(
    '/api/v1/contacts/imports',
    'people.csv',
    'phone,name,city,unsubscribed\n59891000011,Ana,Salto,\ncall me,Eva,Rocha,yes\n',
  )
  ids.import = people.body.id
  const asked = { scope: 'marketing', reason: 'Asked by phone' }
  await shop.api.send('POST', `/api/v1/contacts/${await firstOf('contacts')}/opt-out`, asked)
}
