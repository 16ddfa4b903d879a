import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectPage, openBrowser, openWindow, signIn } from '../../rig/browser.ts'
import { type List, openLater, openShop, prepareList, type Shop } from '../../rig/shop.ts'

let shop: Shop
let browser: Browser
let page: Page
let errors: string[]
let list: List & { hub_id: string }

beforeAll(async () => {
  shop = await openShop()
  list = await prepareList(shop, { rows: 5, category: 'UTILITY', schedule: openLater() })
  await shop.api.send('POST', `/api/v1/lists/${list.id}/start`)
  await shop.api.send('POST', `/api/v1/lists/${list.id}/pause`)
  browser = await openBrowser()
  const window = await openWindow(browser, shop.hub.url)
  page = window.page
  errors = window.errors
  await signIn(window.context)
})
afterAll(async () => {
  await browser?.close()
  await shop?.close()
})

const address = () => new RegExp(`/hubs/${list.hub_id}/lists/${list.id}`)

describe('lists', () => {
  it('of all hubs are found while somebody types, and the field keeps what was typed', async () => {
    await page.goto('/w/shop/hubs/lists')
    await expectPage(page.getByRole('row', { name: /recipients/ })).toHaveCount(1)
    const search = page.getByRole('textbox', { name: 'Search names' })
    await search.pressSequentially('recip', { delay: 120 })
    await expectPage(page).toHaveURL(/search=recip/)
    await expectPage(search).toBeFocused()
    await search.pressSequentially(' nobody', { delay: 20 })
    await expectPage(page.getByText('No such list')).toBeVisible()
    await page.getByRole('button', { name: 'Show all lists' }).click()
    await expectPage(search).toHaveValue('')
    await expectPage(page.getByRole('row', { name: /recipients/ })).toHaveCount(1)
  })

  it('are found from anywhere, by Ctrl K', async () => {
    await page.keyboard.press('Control+K')
    await page.getByRole('textbox', { name: 'Search', exact: true }).fill('recipients')
    await page.getByRole('button', { name: /recipients/ }).click()
    await expectPage(page).toHaveURL(address())
  })

  it('show how long they take, and keep the weight that was typed', async () => {
    const forecast = page.getByRole('region', { name: 'Forecast' })
    await expectPage(forecast.getByText(/Takes up to \d+ of [\d,]+ free places/)).toBeVisible()
    await page.getByRole('textbox', { name: 'Weight' }).fill('101')
    await expectPage(page.getByText('A whole number from 1 to 100.')).toBeVisible()
    await page.getByRole('textbox', { name: 'Weight' }).fill('7')
    await page.getByRole('button', { name: 'Save' }).click()
    await expectPage(page.getByRole('button', { name: 'Save' })).toBeHidden()
    await page.getByRole('switch', { name: 'Goes on by itself' }).check()
    await expectPage(page.getByText('Saved.').first()).toBeVisible()
    await expect
      .poll(async () => (await shop.api.get(`/api/v1/lists/${list.id}`)).body)
      .toMatchObject({ weight: 7, auto_resume: true })
  })

  it('lead to the number, whose pace has a range', async () => {
    await page.getByRole('link', { name: 'Daily limit of the number' }).click()
    await expectPage(page.getByText(/new people can be written to just now/)).toBeVisible()
    await page.getByRole('radio', { name: 'Slower' }).check()
    const pace = page.getByRole('textbox', { name: 'Messages per second' })
    await pace.fill('1001')
    await expectPage(page.getByRole('button', { name: 'Save' })).toBeDisabled()
    await pace.fill('25')
    await page.getByRole('button', { name: 'Save' }).click()
    await expectPage(page.getByText(/The pace is changed/)).toBeVisible()
    const { body } = await shop.api.get(`/api/v1/numbers/${shop.numberId}`)
    expect(body).toMatchObject({ pace_limit_per_second: 1000, pace_override_per_second: 25 })
  })

  it('have made no error in the browser', () => {
    expect(errors).toEqual([])
  })
})
