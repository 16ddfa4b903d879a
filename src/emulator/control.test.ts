import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { summarizeLedger } from './control/summarize-ledger.ts'
import { type Dict, dicts, Stage, until, wamidOf } from './testing/stage.ts'
import { Ledger } from './world/ledger.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
})

afterAll(() => stage.close())

const act = (phone: string, message: Dict) =>
  stage.control('POST', `/customers/${phone}/messages`, { to: stage.account.numberId, ...message })

describe('the ledger', () => {
  it('lists what was accepted, by number, by recipient and in pages', async () => {
    await stage.settings({ statuses: 'none' })
    const account = await stage.newAccount({})
    for (let row = 0; row < 7; row += 1) {
      const message = {
        to: String(34600333000 + (row % 6)),
        type: 'template',
        template: { name: 'welcome', language: { code: 'en_US' } },
      }
      await stage.send({ ...message, biz_opaque_callback_data: `row-${row % 6}` }, account)
    }
    const path = `/ledger?phone_number_id=${account.numberId}`
    const first = await stage.control('GET', `${path}&limit=5`)
    expect(dicts(first.body.data)).toHaveLength(5)
    const second = await stage.control('GET', `${path}&limit=5&cursor=${first.body.next_cursor}`)
    expect(dicts(second.body.data)).toHaveLength(2)
    expect(second.body.next_cursor).toBeNull()
    const one = await stage.control('GET', `${path}&to=34600333000`)
    expect(dicts(one.body.data)).toMatchObject([
      { template: 'welcome', to: '34600333000' },
      { to: '34600333000' },
    ])
    const { body } = await stage.control('GET', '/ledger?summary=1')
    expect(body.repeated_recipients).toEqual([
      { phone_number_id: account.numberId, to: '34600333000', count: 2 },
    ])
    expect(body.repeated_opaque).toEqual([{ biz_opaque_callback_data: 'row-0', count: 2 }])
  })

  it('sums up a million messages in memory', () => {
    const ledger = new Ledger()
    ledger.addNumber('100')
    const kindIndex = ledger.kindIndex({
      type: 'text',
      templateName: undefined,
      templateLanguage: undefined,
      category: 'service',
    })
    for (let at = 0; at < 1_000_000; at += 1) {
      const recipient = 34600000000 + (at % 999_999)
      ledger.accept(
        {
          numberIndex: 0,
          recipient,
          kindIndex,
          opaque: `m${at % 999_998}`,
          hadOpenWindow: false,
          body: {},
        },
        1e12 + at / 10,
        1000,
      )
    }
    const summary = summarizeLedger(ledger)
    expect(summary).toMatchObject({
      accepted: 1_000_000,
      recipients: 999_999,
      repeated_recipient_count: 1,
      repeated_opaque_count: 2,
    })
    expect(summary.by_number[0]?.worst_second).toBe(10_000)
  })

  it('finds an entry again from its wamid alone', () => {
    const ledger = new Ledger()
    ledger.addNumber('100')
    const kindIndex = ledger.kindIndex({
      type: 'text',
      templateName: undefined,
      templateLanguage: undefined,
      category: 'service',
    })
    const message = { numberIndex: 0, recipient: 34600111222, kindIndex, opaque: 'a' }
    const accept = () => ledger.accept({ ...message, hadOpenWindow: false, body: {} }, 1, 1)
    const wamid = ledger.wamids.outbound('34600111222', accept())
    expect(ledger.entryOf(wamid)?.to).toBe('34600111222')
    ledger.clear()
    expect(ledger.entryOf(wamid)).toBeUndefined()
    expect(ledger.wamids.outbound('34600111222', accept())).not.toBe(wamid)
  })
})

describe('the emulator', () => {
  it('sends any status by hand', async () => {
    const wamid = wamidOf(await stage.sendTemplate('34600444000'))
    await stage.control('POST', `/messages/${encodeURIComponent(wamid)}/statuses`, {
      status: 'failed',
      error_code: 131026,
    })
    await until('the status', () => stage.hub.statusesOf(wamid).includes('failed:131026'))
  })

  it('tells watchers what happens', async () => {
    const response = await fetch(`${stage.emulator.url}/_control/live`)
    const reader = response.body?.getReader()
    await reader?.read()
    await act('34600444001', { type: 'text', text: 'Watch me' })
    const heard = new TextDecoder().decode((await reader?.read())?.value)
    expect(heard).toContain('"phone":"34600444001"')
    await reader?.cancel()
  })

  it('serves the phone simulator without inline script', async () => {
    const response = await fetch(`${stage.emulator.url}/`)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
    const page = await response.text()
    expect(page).not.toMatch(/<script(?![^>]*src=)|style="|onclick=/)
    for (const [, file] of page.matchAll(/(?:href|src)="([^"]+\.(?:css|js|svg))"/g)) {
      expect((await fetch(`${stage.emulator.url}/${file}`)).status).toBe(200)
    }
  })

  it('forgets everything on reset', async () => {
    const own = await Stage.open()
    await own.sendTemplate('34600444002')
    await own.control('POST', '/reset')
    expect((await own.control('GET', '/ledger?summary=1')).body).toMatchObject({ accepted: 0 })
    expect((await own.control('GET', '/accounts')).body.data).toEqual([])
    await own.close()
  })

  it('takes back an account that a hub remembers from an earlier run, once', async () => {
    const { wabaId, token, appSecret, numberId, numberPhone } = stage.account
    const later = await Stage.open()
    const webhook = { callback_url: later.hub.url, verify_token: later.hub.verifyToken }
    const known = {
      access_token: token,
      app_secret: appSecret,
      phone_number_id: numberId,
      phone: numberPhone,
      webhook,
    }
    const restore = (now: Dict = {}) => later.control('PUT', `/accounts/${wabaId}`, { ...known, ...now })
    expect((await restore()).body).toEqual({ waba_id: wabaId, restored: true })
    expect((await restore()).body).toEqual({ waba_id: wabaId, restored: false })
    later.account = stage.account
    const wamid = wamidOf(await later.sendTemplate('34600444003'))
    await until('its statuses', () => later.hub.statusesOf(wamid).includes('read'))
    expect(later.hub.isSignedBy(appSecret)).toBe(true)

    // Known already, it hears at least where the hub listens now.
    await restore({ webhook: { ...webhook, callback_url: `${later.hub.url}/moved` } })
    await later.sendTemplate('34600444004')
    await until('a callback there', () => later.hub.received.at(-1)?.path.endsWith('/moved') === true)
    await later.close()
  })

  it('runs as a process of its own and stops when asked', async () => {
    const script = fileURLToPath(new URL('./serve.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script, '--port', '0'])
    const [line] = await once(createInterface(child.stdout), 'line')
    const { url } = JSON.parse(String(line))
    expect((await fetch(`${url}/_control/outcomes`)).status).toBe(200)
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
  })
})
