import { readFile } from 'node:fs/promises'
import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectPage, openBrowser, openWindow, signIn } from '../../rig/browser.ts'
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

const file = [
  'Mobile,First name,Last name,Town,Notes',
  '+598 91 000 001,Marta,Silva,Salto,old',
  '59891000002,Idris,Okafor,Rocha,',
  'call me,Ana,Rocha,,',
].join('\n')

async function upload(content: string): Promise<void> {
  const buffer = Buffer.from(content)
  await page
    .getByLabel(/Drop a file here/)
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer })
}

it('says why a file is not taken, and takes another one', async () => {
  await page.goto('/w/shop/contacts')
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await upload('phone,name\n59891000001,"Ana\n')
  await expectPage(page.getByText(/A quotation mark is opened and never closed/)).toBeVisible()
  await upload(file)
  await expectPage(page.getByText('contacts can be imported: 2 new, 0 known already.')).toBeVisible()
})

it('finds what the columns are, shows the rows that are left out, and takes corrections', async () => {
  await expectPage(page.getByText('The phone has letters in it.')).toBeVisible()
  await expectPage(page.getByRole('combobox', { name: 'What “Mobile” becomes' })).toHaveValue('Phone')
  await expectPage(page.getByRole('combobox', { name: 'What “Last name” becomes' })).toHaveValue('Name')
  await page.getByRole('combobox', { name: 'What “Notes” becomes' }).click()
  await page.getByRole('option', { name: 'Leave out' }).click()
  const attribute = page.getByRole('textbox', { name: 'Name of the attribute from “Town”' })
  await attribute.fill('city')
  await attribute.press('Enter')
  await page.getByRole('combobox', { name: 'What “Mobile” becomes' }).click()
  await page.getByRole('option', { name: 'Leave out' }).click()
  await expectPage(page.getByText('Say which column has the phones')).toBeVisible()
  await page.getByRole('combobox', { name: 'What “Mobile” becomes' }).click()
  await page.getByRole('option', { name: 'Phone', exact: true }).click()
  await expectPage(page.getByText('contacts can be imported: 2 new, 0 known already.')).toBeVisible()
})

it('imports the good rows, and downloads the others with their reasons', async () => {
  await page.getByRole('button', { name: 'Import 2 contacts' }).click()
  await expectPage(page.getByText('contacts were imported: 2 new, 0 changed, 0 as they were.')).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ])
  expect(await readFile(await download.path(), 'utf8')).toContain(
    'call me,Ana,Rocha,,,3,The phone has letters in it.',
  )
  await page.getByRole('link', { name: 'Show contacts' }).click()
  await page.getByRole('button', { name: 'Marta Silva' }).click()
  const details = page.getByRole('dialog')
  await expectPage(details.getByText('city')).toBeVisible()
  await expectPage(details.getByText('Salto')).toBeVisible()
  await expectPage(details.getByText('Notes')).toBeHidden()
  await page.keyboard.press('Escape')
})

it('exports whom the page shows', async () => {
  await page.getByRole('textbox', { name: 'Search name or phone' }).fill('Okafor')
  await expectPage(page.getByRole('button', { name: 'Marta Silva' })).toBeHidden()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export' }).click(),
  ])
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain('59891000002,,,Idris Okafor')
})

it('records an opt-out with its reason, lists it, and takes it back', async () => {
  await page.goto('/w/shop/contacts')
  await page.getByRole('button', { name: 'Idris Okafor' }).click()
  const details = page.getByRole('dialog', { name: 'Contact' })
  await details.getByRole('button', { name: 'Opt out' }).click()
  const asked = page.getByRole('dialog', { name: 'Opt this person out' })
  await asked.getByRole('textbox', { name: 'How do you know?' }).fill('Called the shop')
  await asked.getByRole('button', { name: 'Opt out' }).click()
  await expectPage(details.getByText(/Opted out of everything on/)).toBeVisible()
  await expectPage(details.getByText('Called the shop')).toBeVisible()
  await page.goto('/w/shop/contacts/opt-outs')
  const row = page.getByRole('row', { name: /Idris Okafor/ })
  await expectPage(row).toContainText('Recorded by olivia')
  await expectPage(row).toContainText('Called the shop')
  await row.getByRole('button').click()
  await page.getByRole('button', { name: 'Opt in again' }).click()
  const back = page.getByRole('dialog', { name: 'Opt this person in again' })
  await back.getByRole('button', { name: 'Opt in' }).click()
  await expectPage(back.getByText('Say how they agreed.')).toBeVisible()
  await back.getByRole('button', { name: 'Agreed by phone' }).click()
  await back.getByRole('button', { name: 'Opt in' }).click()
  await expectPage(page.getByText('Nobody opted out')).toBeVisible()
})
