import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectPage, openBrowser, openWindow, signIn } from '../../rig/browser.ts'
import type { GupshupApp } from '../../rig/gupshup.ts'
import { openShop, type Shop } from '../../rig/shop.ts'

let shop: Shop
let browser: Browser
let page: Page

beforeAll(async () => {
  shop = await openShop()
  browser = await openBrowser()
  const window = await openWindow(browser, shop.hub.url)
  await signIn(window.context)
  page = window.page
})
afterAll(async () => {
  await browser?.close()
  await shop?.close()
})

it('connects a Gupshup app by hand: the wrong field is named, the right ones give the callback URL', async () => {
  const { body: app } = await shop.control.send<GupshupApp>('POST', '/_control/gupshup/apps', {})
  await page.goto('/w/shop/numbers')
  await page.getByRole('button', { name: 'Connect a Gupshup app' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Support line')
  await dialog.getByLabel('App id').fill(app.app_id)
  await dialog.getByLabel('App name').fill(app.app_name)
  await dialog.getByRole('textbox', { name: 'API key' }).fill('mistyped')
  await dialog.getByLabel('Number').fill(app.source)
  await dialog.getByRole('button', { name: 'Check and connect' }).click()
  await expectPage(dialog.getByText('Gupshup does not accept this API key.')).toBeVisible()

  await dialog.getByRole('textbox', { name: 'API key' }).fill(app.api_key)
  await dialog.getByRole('button', { name: 'Check and connect' }).click()
  await expectPage(dialog).toBeHidden()
  await expectPage(page.getByText('Support line')).toBeVisible()
  await expectPage(page.getByText('Paste it into the app at Gupshup')).toBeVisible()
  const { body } = await shop.api.get<{ data: { provider: string; webhook_url: string }[] }>(
    '/api/v1/connectors',
  )
  const made = body.data.find(({ provider }) => provider === 'gupshup')
  expect(made?.webhook_url).toContain('/webhooks/gupshup/')
})
