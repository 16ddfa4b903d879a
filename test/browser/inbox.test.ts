import type { Browser, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { expectPage, networkName, openBrowser, openWindow, signIn } from '../../rig/browser.ts'
import { approvedTemplate, openShop, type Shop } from '../../rig/shop.ts'

let shop: Shop
let browser: Browser
let page: Page
let closeWindow: () => Promise<void>

beforeAll(async () => {
  shop = await openShop()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await shop?.close()
})
beforeEach(async () => {
  const window = await openWindow(browser, shop.hub.url)
  await signIn(window.context)
  page = window.page
  closeWindow = () => window.context.close()
})
afterEach(() => closeWindow())

const day = 86_400

// The first, so that these two are all there is to choose from.
it('is worked with the keyboard: j and k choose, r replies, e closes', async () => {
  await write('59891000106', { name: 'Keyboard Kim', text: 'First', secondsAgo: 20 })
  await write('59891000107', { name: 'Keyboard Kai', text: 'Second', secondsAgo: 10 })
  await page.goto('/w/shop/inbox')
  await expectPage(row('Keyboard Kim')).toBeVisible()
  await expectPage(row('Keyboard Kai')).toBeVisible()
  await page.keyboard.press('j')
  await expectPage(heading('Keyboard Kai')).toBeVisible()
  await page.keyboard.press('j')
  await expectPage(heading('Keyboard Kim')).toBeVisible()
  await page.keyboard.press('k')
  await expectPage(heading('Keyboard Kai')).toBeVisible()
  await page.keyboard.press('r')
  await expectPage(replyField()).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await expectPage(page.getByText('The conversation with Keyboard Kai is closed.')).toBeVisible()
  await expectPage(row('Keyboard Kai')).toBeHidden()
})

it('locks at the second in which the 24 hours end, and offers templates instead', async () => {
  await write('59891000101', { name: 'Late Larissa', text: 'Hello?', secondsAgo: day - 600 })
  await page.clock.install()
  await open('Late Larissa')
  await expectPage(page.getByText(/^\d min \d+ s left to reply freely$/)).toBeVisible()
  await expectPage(replyField()).toBeEnabled()
  await page.clock.fastForward(600_000)
  await expectPage(page.getByText('The 24 hours to reply freely are over')).toBeVisible()
  await expectPage(replyField()).toBeHidden()
  await expectPage(page.getByRole('button', { name: 'Send template' })).toBeVisible()
})

it('takes a template after that, once all of its values are there', async () => {
  await approvedTemplate(shop.api, 'UTILITY')
  await write('59891000102', { name: 'Tomas Silent', text: 'Thanks!', secondsAgo: 2 * day })
  await open('Tomas Silent')
  await page.getByRole('button', { name: 'Send template' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /order_confirmation.*English/ }).click()
  await dialog.getByRole('button', { name: 'Send template' }).click()
  await expectPage(dialog.getByText('Fill this in').first()).toBeVisible()
  await dialog.getByLabel('Text {{1}}').fill('Tomas')
  await dialog.getByLabel('Text {{2}}').fill('Q-2001')
  await expectPage(dialog.getByText(/Thank you, Tomas! Your order Q-2001/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Send template' }).click()
  await expectPage(thread().getByText(/Thank you, Tomas! Your order Q-2001/)).toBeVisible()
  await expectPage(thread().getByTitle('Delivered').or(thread().getByTitle('Read'))).toBeVisible()
})

it('says in words why a reply failed, with the code behind details', async () => {
  await write('59891009900', { name: 'Gone Gabriel', text: 'Call me' })
  await open('Gone Gabriel')
  await reply('Right away.')
  await expectPage(thread().getByText('The number is not on WhatsApp')).toBeVisible()
  await expectPage(thread().getByText('Code 131026')).toBeHidden()
  await thread().getByRole('button', { name: 'Details' }).click()
  await expectPage(thread().getByText('Code 131026')).toBeVisible()
})

it('shows a reply before the hub has it, and keeps a refused one with its reason', async () => {
  await write('59891000104', { name: 'Quick Quentin', text: 'Are you there?' })
  await open('Quick Quentin')
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/conversations/*/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await isReleased
    await route.fulfill({
      status: 409,
      json: { error: { code: 'window_closed', message: 'The 24 hours are over.', request_id: 'r1' } },
    })
  })
  await reply('Yes, here I am.')
  await expectPage(thread().getByText('Yes, here I am.')).toBeVisible()
  await expectPage(thread().getByTitle('Queued')).toBeVisible()
  release()
  await expectPage(thread().getByText('The 24 hours are over.')).toBeVisible()
  await thread().getByRole('button', { name: 'Discard' }).click()
  await expectPage(thread().getByText('Yes, here I am.')).toBeHidden()
})

it('is worked from another machine of the network too, on plain http', async () => {
  await write('59891000121', { name: 'Network Nadia', text: 'Are you open?' })
  const cookies = await page.context().cookies()
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, domain: networkName })))
  await page.goto(`http://${networkName}:${new URL(shop.hub.url).port}/w/shop/inbox`)
  expect(await page.evaluate(() => isSecureContext)).toBe(false)
  await row('Network Nadia').click()
  await reply('Until six.')
  await expectPage(thread().getByText('Until six.')).toBeVisible()
  await expectPage(thread().getByTitle('Read')).toBeVisible()
})

it('quotes a message, and reacts to it', async () => {
  await write('59891000105', { name: 'Quoted Quinn', text: 'Blue or green?' })
  await open('Quoted Quinn')
  await thread().getByText('Blue or green?').hover()
  await thread().getByRole('button', { name: 'Reply to this message' }).click()
  await reply('The green one.')
  await expectPage(thread().getByRole('button', { name: 'Quoted message: Blue or green?' })).toBeVisible()
  await thread().getByText('Blue or green?').last().hover()
  await thread().getByRole('button', { name: 'React', exact: true }).first().click()
  await page.getByRole('button', { name: 'React with 👍' }).click()
  await expectPage(thread().getByText('👍')).toBeVisible()
})

it('sends files with a caption, says what can not be sent, and lets it be taken away', async () => {
  await write('59891000120', { name: 'Photo Fiona', text: 'How does it look?' })
  await open('Photo Fiona')
  const picture = await page.screenshot()
  await page.locator('input[type=file]').setInputFiles([
    { name: 'shop.png', mimeType: 'image/png', buffer: picture },
    { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<p>') },
  ])
  const files = page.getByRole('list', { name: 'Attached files' })
  await expectPage(files.getByText('Ready to be sent')).toBeVisible()
  await expectPage(files.getByText('WhatsApp does not take this kind of file.')).toBeVisible()
  await expectPage(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled()
  await page.getByRole('button', { name: 'Remove page.html' }).click()
  await expectPage(page.getByRole('button', { name: 'Send', exact: true })).toBeEnabled()
  await reply('Like this.')
  await expectPage(thread().getByRole('img', { name: 'Like this.' })).toBeVisible()
  await expectPage(files).toBeHidden()
  await expectPage(thread().getByTitle('Read')).toBeVisible()
})

it('keeps the place in a long thread when older messages come', async () => {
  for (let n = 1; n <= 80; n++) {
    await write('59891000108', { name: 'Long Lena', text: `Line ${n}.`, secondsAgo: 5_000 - n })
  }
  await open('Long Lena')
  await expectPage(thread().getByText('Line 80.')).toBeInViewport()
  await thread().evaluate((box) => box.scrollTo(0, 100))
  await expectPage(thread().getByText('Line 30.')).toBeAttached()
  await expectPage(thread().getByText('Line 34.')).toBeInViewport()
  expect(await thread().evaluate((box) => box.scrollTop)).toBeGreaterThan(500)
})

it('shows older messages although new ones keep arriving while they are read', async () => {
  for (let n = 1; n <= 60; n++) {
    await write('59891000109', { name: 'Busy Bruna', text: `Row ${n}.`, secondsAgo: 5_000 - n })
  }
  await open('Busy Bruna')
  await expectPage(thread().getByText('Row 60.')).toBeInViewport()
  await page.route('**/messages?*cursor=*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    await route.continue()
  })
  await thread().evaluate((box) => box.scrollTo(0, 100))
  for (let n = 1; n <= 4; n++) {
    await write('59891000109', { name: 'Busy Bruna', text: `New ${n}.` })
    await page.waitForTimeout(350)
  }
  await expectPage(thread().getByText('Row 5.', { exact: true })).toBeAttached()
  await expectPage(thread().getByText('New 4.')).toBeAttached()
})

it('names the field that Meta refuses when a number is connected', async () => {
  await page.goto('/w/shop/numbers?connect=meta')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Second line')
  await dialog.getByLabel('Phone number id').fill(shop.phoneNumberId)
  await dialog.getByLabel('Access token', { exact: true }).fill('made-up')
  await dialog.getByLabel('App secret', { exact: true }).fill(shop.account.app_secret)
  await dialog.getByRole('button', { name: 'Check and connect' }).click()
  const field = dialog.getByLabel('Access token', { exact: true })
  await expectPage(field).toHaveAttribute('aria-invalid', 'true')
  await expectPage(dialog.getByLabel('App secret', { exact: true })).not.toHaveAttribute(
    'aria-invalid',
    'true',
  )
})

const thread = () => page.getByRole('log')
const replyField = () => page.getByRole('textbox', { name: 'Message', exact: true })
const row = (name: string) => page.getByRole('region', { name: 'Conversations' }).getByText(name)
const heading = (name: string) =>
  page.getByRole('region', { name: `Conversation with ${name}` }).getByRole('heading', { name })

async function open(name: string): Promise<void> {
  await page.goto('/w/shop/inbox')
  await row(name).click()
  await expectPage(heading(name)).toBeVisible()
}

async function reply(text: string): Promise<void> {
  await replyField().fill(text)
  await page.keyboard.press('Enter')
}

interface Written {
  name: string
  text: string
  secondsAgo?: number
}

async function write(phone: string, { name, text, secondsAgo = 0 }: Written): Promise<void> {
  const { status } = await shop.control.send('POST', `/_control/customers/${phone}/messages`, {
    to: shop.phoneNumberId,
    name,
    type: 'text',
    text,
    timestamp: Math.floor(Date.now() / 1000) - secondsAgo,
  })
  expect(status).toBe(201)
}
