import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../rig/api.ts'
import { openShop, prepareList, type Shop, waitForList } from '../../rig/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

/** More than a listening socket keeps for its process: from then on nobody gets a connection. */
const backlog = 600

/** Stops the emulator and takes all connections that it will find when it goes on. */
async function blockConnections(): Promise<Socket[]> {
  const { hostname, port } = new URL(shop.emulator.url)
  shop.emulator.child.kill('SIGSTOP')
  const sockets = Array.from({ length: backlog }, () => connect(Number(port), hostname))
  for (const socket of sockets) socket.on('error', () => undefined)
  await Promise.all(sockets.slice(0, 500).map((socket) => once(socket, 'connect')))
  return sockets
}

it('what waits for a connection when its list is paused stays here, and goes out once when it is resumed', async () => {
  const rows = 40
  const list = await prepareList(shop, { rows, category: 'UTILITY' })
  const accepted = async () =>
    (await shop.control.get<{ accepted: number }>('/_control/ledger?limit=1')).body.accepted
  const counts = async () =>
    (await shop.api.get<{ counts: Record<string, number> }>(`/api/v1/lists/${list.id}`)).body.counts
  const sockets = await blockConnections()
  await shop.api.send('POST', `/api/v1/lists/${list.id}/start`)
  await eventually(async () => expect((await counts()).sending).toBeGreaterThan(0))
  const { body } = await shop.api.send<{ state: string }>('POST', `/api/v1/lists/${list.id}/pause`)
  expect(body.state).toBe('paused')

  await delay(1_500)
  for (const socket of sockets) socket.destroy()
  shop.emulator.child.kill('SIGCONT')
  // The system asks for a connection again one second after the first time, and two seconds after that.
  await delay(4_000)
  expect(await accepted()).toBe(0)

  await shop.api.send('POST', `/api/v1/lists/${list.id}/resume`)
  await waitForList(shop.api, list.id, 'finished')
  expect(await accepted()).toBe(rows)
})
