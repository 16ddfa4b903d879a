import type { buildConnector } from 'undici'
import { describe, expect, it } from 'vitest'
import { createEgress } from './create-egress.ts'
import { readNetworks } from './networks.ts'
import { findOwnAddresses } from './own-addresses.ts'

/** Nothing here connects anywhere: names and connections are played, and every address asked for is written down. */
function playedEgress({ networks = '', own = [] as string[], names = {} as Record<string, string[][]> }) {
  const connectedTo: string[] = []
  const connector: buildConnector.connector = (target, callback) => {
    connectedTo.push(target.hostname)
    callback(Object.assign(new Error('played'), { code: 'ECONNREFUSED' }), null)
  }
  const answers = new Map(Object.entries(names).map(([name, turns]) => [name, [...turns]]))
  const egress = createEgress({
    isPrivateAllowed: false,
    networks: readNetworks(networks) ?? [],
    ownAddresses: new Set(own),
    resolve: async (host) => answers.get(host)?.shift() ?? [],
    connector,
  })
  return { egress, connectedTo }
}

const networks = '10.1.0.0/16:8080, [fd00::/8]:9000, 192.168.7.5'

describe('a network that the operator opened', () => {
  it.each([
    ['http://10.1.2.3:8080/hook', '10.1.0.0/16:8080', '10.1.2.3'],
    ['https://10.1.2.3:8080/', '10.1.0.0/16:8080', '10.1.2.3'],
    ['http://[fd00::5]:9000/', '[fd00::/8]:9000', 'fd00::5'],
    ['http://192.168.7.5:1234/', '192.168.7.5', '192.168.7.5'],
    ['http://192.168.7.5/', '192.168.7.5', '192.168.7.5'],
  ])('%s is allowed by %s', async (url, network, address) => {
    const { egress, connectedTo } = playedEgress({ networks })
    expect(await egress.inspect(url)).toEqual({ allowed: true, network })
    expect(await egress.post(url, { body: '' })).toMatchObject({ kind: 'failed', reason: 'connect' })
    expect(connectedTo).toEqual([address])
  })

  it.each([
    ['http://10.1.2.3:8081/', 'scheme_not_allowed'],
    ['https://10.1.2.3/', 'address_not_allowed'],
    ['https://10.2.0.1:8080/', 'port_not_allowed'],
    ['http://[fd00::5]:9001/', 'scheme_not_allowed'],
    ['https://192.168.7.6/', 'address_not_allowed'],
    ['http://127.0.0.1:8080/', 'scheme_not_allowed'],
  ])('%s beside it is refused as %s, without a connection', async (url, reason) => {
    const { egress, connectedTo } = playedEgress({ networks })
    expect(await egress.inspect(url)).toMatchObject({ allowed: false, reason })
    expect(await egress.post(url, { body: '' })).toMatchObject({ kind: 'refused', reason })
    expect(connectedTo).toEqual([])
  })

  it('takes names that lead into it, and each time anew', async () => {
    const names = {
      'n8n.internal': [['10.1.2.3'], ['10.1.2.3'], ['10.9.9.9']],
      'shop.example.com': [['93.184.216.34']],
    }
    const { egress, connectedTo } = playedEgress({ networks, names })
    const url = 'http://n8n.internal:8080/'
    expect(await egress.inspect(url)).toEqual({ allowed: true, network: '10.1.0.0/16:8080' })
    expect(await egress.post(url, { body: '' })).toMatchObject({ kind: 'failed' })
    expect(await egress.post(url, { body: '' })).toMatchObject({ kind: 'refused' })
    expect(connectedTo).toEqual(['10.1.2.3'])
    expect(await egress.inspect('http://shop.example.com/')).toMatchObject({ reason: 'scheme_not_allowed' })
  })

  it('never opens the way to metadata services', async () => {
    const { egress } = playedEgress({ networks: '0.0.0.0/0, ::/0' })
    for (const url of ['http://169.254.169.254/', 'http://[fe80::1]/', 'http://[::ffff:169.254.169.254]/']) {
      expect(await egress.inspect(url), url).toMatchObject({ allowed: false })
    }
  })
})

describe("the hub's own addresses and its database's", () => {
  it.each(['https://93.184.216.34/', 'https://[::ffff:93.184.216.34]/', 'https://[2606:2800:220:1:0::1]/'])(
    '%s is refused though it is public, unless the operator opened it',
    async (url) => {
      const own = ['93.184.216.34', '2606:2800:220:1:0:0:0:1']
      const closed = playedEgress({ own })
      expect(await closed.egress.inspect(url)).toMatchObject({ reason: 'address_not_allowed' })
      expect(await closed.egress.post(url, { body: '' })).toMatchObject({ kind: 'refused' })
      expect(closed.connectedTo).toEqual([])
      const opened = playedEgress({ own, networks: '93.184.216.34:443, 2606:2800:220:1::1' })
      expect(await opened.egress.inspect(url)).toMatchObject({ allowed: true })
    },
  )

  it('are those of all interfaces, and where the database is', async () => {
    const own = await findOwnAddresses('postgres://parley@192.0.2.1:5432/parley')
    expect(own).toContain('127.0.0.1')
    expect(own).toContain('192.0.2.1')
    expect(await findOwnAddresses('postgres://parley@[2001:db8::7]/parley')).toContain('2001:db8:0:0:0:0:0:7')
    expect(await findOwnAddresses(null)).not.toContain('192.0.2.1')
  })
})

it.each([
  '10.1.0.0/33',
  '10.1.0.0/16:0',
  '10.1.0.0/16:70000',
  'receiver',
  'fd00::5:x',
  '[fd00::5',
  '10.1/16',
  '10.1.2.3,,x',
])('%j is no list of networks', (text) => {
  expect(readNetworks(text)).toBeNull()
})
