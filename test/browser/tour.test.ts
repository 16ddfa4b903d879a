import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, apiOf } from '../../rig/api.ts'
import { expectPage, openBrowser, openWindow } from '../../rig/browser.ts'
import { freePort, type Process, startHub, temporaryDirectory } from '../../rig/processes.ts'

/** What a person does on the first day, from the link in the terminal to a list that has arrived. Each step goes on where the one before ended. */
let directory: Awaited<ReturnType<typeof temporaryDirectory>>
let hub: Process
let sandbox: Api
let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  directory = await temporaryDirectory()
  const [port, sandboxPort] = [await freePort(), await freePort()]
  hub = await startHub({
    dataDir: directory.path,
    port,
    isWithoutOwner: true,
    env: { PARLEY_SANDBOX_PORT: String(sandboxPort) },
  })
  sandbox = apiOf(`http://127.0.0.1:${sandboxPort}`)
  browser = await openBrowser()
  const window = await openWindow(browser, hub.url)
  page = window.page
  errors = window.errors
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await directory?.remove()
})

const file = [
  'phone,first_name,order',
  '+598 91 000 001,Marta,Q-1042',
  '59891000002,Idris,Q-1043',
  'call me,Ana,Q-1044',
  '+598 (91) 000-004,Bruno,Q-1045',
].join('\n')

describe('the tour', () => {
  it('begins with the link that the hub printed', async () => {
    const [link = ''] = /http\S+\/setup\?token=\S+/.exec(hub.output()) ?? []
    await page.goto(link)
    await page.getByLabel('Your name').fill('Olivia Ramos')
    await page.getByLabel('E-mail').fill('olivia@example.com')
    await page.getByLabel('Password', { exact: true }).fill('a-long-enough-password')
    await page.getByLabel('Workspace name').fill('Quiet Harbor')
    await page.getByRole('button', { name: 'Create the workspace' }).click()
    await expectPage(page.getByRole('heading', { name: /Welcome, Olivia/ })).toBeVisible()
  })

  it('connects the sandbox with one click', async () => {
    await page.getByRole('button', { name: 'Start with the sandbox' }).click()
    await expectPage(page.getByText('1 of 5 done')).toBeVisible()
  })

  it('shows a message as soon as a customer has written, without a reload', async () => {
    await page.getByRole('link', { name: 'Inbox', exact: true }).click()
    await expectPage(page.getByText('Nobody waits')).toBeVisible()
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))
    await writeAsCustomer({ name: 'Marta Silva', text: 'Hi! Has my order left yet?' })
    await expectPage(page.getByText('Hi! Has my order left yet?').first()).toBeVisible()
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
  })

  it('sends the reply, and its ticks go to read', async () => {
    await page.getByText('Marta Silva').first().click()
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Yes, it left this morning.')
    await page.keyboard.press('Enter')
    const reply = page.getByText('Yes, it left this morning.').last()
    await expectPage(reply).toBeVisible()
    await expectPage(page.getByTitle('Read', { exact: true }).first()).toBeVisible()
  })

  it('makes a campaign', async () => {
    await page.getByRole('link', { name: 'Hubs', exact: true }).first().click()
    await page.getByRole('link', { name: 'Create a campaign' }).click()
    await page.getByRole('button', { name: 'Create campaign' }).click()
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await expectPage(name).toBeFocused()
    await expectPage(page.getByText('Give the campaign a name.')).toBeInViewport()
    await name.fill('Orders')
    await page.getByRole('button', { name: 'Around the clock' }).click()
    await page.getByRole('button', { name: 'Enable all' }).click()
    await page.getByRole('button', { name: 'Create campaign' }).click()
    await expectPage(page.getByRole('heading', { name: 'New hub' })).toBeVisible()
  })

  it('makes a hub with a default template', async () => {
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Order updates')
    await page.getByRole('radio', { name: /order_confirmation.*English/ }).click()
    await page.getByRole('button', { name: 'Create hub' }).click()
    await expectPage(page.getByRole('heading', { name: 'Order updates' })).toBeVisible()
  })

  it('takes a CSV, finds its columns and says which row is wrong', async () => {
    await page.getByRole('link', { name: 'Upload a list' }).click()
    await page
      .getByLabel(/Drop a file here/)
      .setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    await expectPage(page.getByText("1 row can't be sent to")).toBeVisible()
    await expectPage(page.getByText('The phone has letters in it.')).toBeVisible()
    await expectPage(page.getByText(/Thank you, Marta! Your order Q-1042/)).toBeVisible()
  })

  it('has the wrong row corrected on the spot', async () => {
    const row = page.getByRole('row', { name: /letters in it/ })
    await row.getByRole('textbox', { name: 'phone' }).fill('+598 91 000 003')
    await page.getByRole('button', { name: 'Correct' }).click()
    await expectPage(page.getByText("1 row can't be sent to")).toBeHidden()
  })

  it('goes through the steps, and the address carries them', async () => {
    for (const step of ['template', 'when', 'check']) {
      await page.getByRole('button', { name: 'Continue' }).click()
      await expectPage(page).toHaveURL(new RegExp(`step=${step}`))
    }
    await page.reload()
    await expectPage(page.getByText('of 4 rows get this message.')).toBeVisible()
  })

  it('starts the list and shows it to the end', async () => {
    await page.getByRole('button', { name: 'Send to 4 people' }).click()
    await expectPage(page.getByText('4 of 4 rows are done')).toBeVisible()
    await expectPage(page.getByRole('button', { name: /^Read 4/ })).toBeVisible()
    await page.getByRole('button', { name: /^Read 4/ }).click()
    await expectPage(page.getByRole('cell', { name: 'Bruno' })).toBeVisible()
    await expectPage(page).toHaveURL(/state=read/)
  })

  it('has made no error in the browser', () => {
    expect(errors).toEqual([])
  })
})

async function writeAsCustomer({ name, text }: { name: string; text: string }): Promise<void> {
  const answer = await page.request.get('/api/v1/connectors')
  const { data }: { data: { numbers: { phone_number_id: string }[] }[] } = await answer.json()
  const to = data[0]?.numbers[0]?.phone_number_id
  const sent = await sandbox.send('POST', '/_control/customers/59891555001/messages', {
    to,
    name,
    type: 'text',
    text,
  })
  expect(sent.status).toBe(201)
}
