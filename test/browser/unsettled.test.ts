import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectPage, openBrowser, openWindow, signIn } from '../../rig/browser.ts'
import { openShop, type Shop } from '../../rig/shop.ts'
import { sendIntoSilence } from '../../rig/silence.ts'

let shop: Shop
let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  shop = await openShop()
  await sendIntoSilence(shop, 6)
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

/** Messages whose answer was lost wait for a person. Each step goes on where the one before ended. */
describe('unsettled messages', () => {
  it('are counted in the menu, which leads to them', async () => {
    await page.goto('/w/shop/hubs')
    await page.getByRole('link', { name: /^Unsettled/ }).click()
    await expectPage(page.getByText('Nobody knows whether 6 messages were sent.')).toBeVisible()
    await expectPage(page.getByRole('row', { name: /Waits for WhatsApp/ })).toHaveCount(6)
  })

  it('one of them goes out again only after the risk was told', async () => {
    await page
      .getByRole('button', { name: /^Decide on/ })
      .first()
      .click()
    await page.getByRole('menuitem', { name: 'Send again' }).click()
    const question = page.getByRole('dialog', { name: 'Send this message again?' })
    await expectPage(question.getByText(/would get it twice/)).toBeVisible()
    await question.getByRole('button', { name: 'Send it again' }).click()
    await expectPage(question).toBeHidden()
    await expectPage(page.getByText('Nobody knows whether 5 messages were sent.')).toBeVisible()
  })

  it('that is written down, and by whom', async () => {
    const again = page.getByRole('region', { name: 'Sent again' })
    await expectPage(again.getByText('1 time')).toBeVisible()
    await expectPage(again.getByRole('row', { name: /olivia/i })).toHaveCount(1)
  })

  it('the others are marked as not sent, all at once', async () => {
    await page.getByRole('checkbox', { name: 'Select all shown' }).check()
    await page.getByRole('button', { name: 'Mark as not sent' }).click()
    await page.getByRole('button', { name: 'Mark 5 as not sent' }).click()
    await expectPage(page.getByRole('heading', { name: 'Every message is settled' })).toBeVisible()
  })

  it('what happens by itself is chosen by an admin', async () => {
    await page.getByRole('radio', { name: 'Send once more' }).check()
    await expectPage(page.getByText(/It holds for messages/)).toBeVisible()
    const { body } = await shop.api.get('/api/v1/sending-policy')
    expect(body).toEqual({ utility_unknown: 'resend' })
  })

  it('has made no error in the browser', () => {
    expect(errors).toEqual([])
  })
})
