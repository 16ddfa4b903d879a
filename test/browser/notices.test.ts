import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectPage, openBrowser, openWindow, signIn } from '../../rig/browser.ts'
import { openShop, type Shop } from '../../rig/shop.ts'
import { tell } from '../../rig/tell.ts'

let shop: Shop
let browser: Browser

beforeAll(async () => {
  shop = await openShop()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await shop?.close()
})

describe('the bell', () => {
  it('rings while one looks, leads to what it is about, and is quiet when all was seen', async () => {
    const { page, context, errors } = await openWindow(browser, shop.hub.url)
    await signIn(context)
    await page.goto('/w/shop/inbox')
    const bell = page.getByRole('link', { name: /^Notices/ })
    await expectPage(bell).toHaveAccessibleName('Notices')
    const phone = shop.account.numbers[0]?.phone ?? ''
    await tell(shop, 'account_update', {
      event: 'DISABLED_UPDATE',
      ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'May 3, 2026' },
    })
    await tell(shop, 'security', { display_phone_number: phone, event: 'PIN_CHANGED', requester: '6' })
    await expectPage(bell).toHaveAccessibleName('Notices: 2 new')

    await bell.click()
    await expectPage(page.getByRole('heading', { name: /Main line is disabled/ })).toBeVisible()
    await page.getByRole('link', { name: 'Show: Main line is disabled' }).click()
    await expectPage(page.getByRole('dialog', { name: 'History of Main line' })).toBeVisible()
    await expectPage(bell).toHaveAccessibleName('Notices: 1 new')

    await page.goto('/w/shop/notices')
    await page.getByRole('button', { name: 'Mark all as seen' }).click()
    await expectPage(bell).toHaveAccessibleName('Notices')
    expect(errors).toEqual([])
  })

  it('says that a cause is gone, and the flag goes with it', async () => {
    const { page, context } = await openWindow(browser, shop.hub.url)
    await signIn(context)
    await page.goto('/w/shop/numbers')
    await expectPage(page.getByText('Main line is disabled')).toBeVisible()
    await tell(shop, 'account_update', {
      event: 'DISABLED_UPDATE',
      ban_info: { waba_ban_state: 'REINSTATE', waba_ban_date: 'May 4, 2026' },
    })
    await expectPage(page.getByText('Main line is disabled')).toBeHidden()
    await page.goto('/w/shop/notices')
    await expectPage(page.getByRole('heading', { name: /Main line works again/ })).toBeVisible()
    await expectPage(page.getByText(/Over since/)).toBeVisible()
  })
})
