import { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { describe, expect, it } from 'vitest'
import { isAllowedAddress } from './addresses.ts'
import { createEgress } from './create-egress.ts'

/** Nothing here connects anywhere: names and connections are played, and every address asked for is written down. */
function playedEgress(names: Record<string, string[][]>, isPrivateAllowed = false) {
  const connectedTo: string[] = []
  const connector: buildConnector.connector = (target, callback) => {
    connectedTo.push(target.hostname)
    const socket = new Socket()
    Object.defineProperty(socket, 'remoteAddress', { value: target.hostname })
    callback(Object.assign(new Error('played'), { code: 'ECONNREFUSED' }), null)
  }
  const answers = new Map(Object.entries(names).map(([name, turns]) => [name, [...turns]]))
  const resolve = async (host: string) => answers.get(host)?.shift() ?? []
  return { egress: createEgress({ isPrivateAllowed, resolve, connector }), connectedTo }
}

const internalUrls = [
  'https://169.254.169.254/',
  'https://127.0.0.1',
  'https://localhost.',
  'https://localhost',
  'https://0',
  'https://2130706433',
  'https://0x7f.1',
  'https://0x7f000001',
  'https://017700000001',
  'https://127.1',
  'https://[::]',
  'https://[::1]',
  'https://[::ffff:a9fe:a9fe]',
  'https://[::ffff:127.0.0.1]',
  'https://[::127.0.0.1]',
  'https://[64:ff9b::a9fe:a9fe]',
  'https://[64:ff9b:1::1]',
  'https://[2002:7f00:1::]',
  'https://[2001:0:a9fe:a9fe::1]',
  'https://[fe80::1]',
  'https://[fec0::1]',
  'https://[fd00:ec2::254]',
  'https://[ff02::1]',
  'https://[100::1]',
  'https://[2001:db8::1]',
  'https://[5f00::1]',
  'https://①②⑦.⓪.⓪.①',
  'https://10.0.0.1',
  'https://100.64.0.1',
  'https://172.16.0.1',
  'https://172.31.255.255',
  'https://192.168.1.1',
  'https://192.0.0.192',
  'https://192.0.2.1',
  'https://192.88.99.1',
  'https://198.18.0.1',
  'https://198.51.100.7',
  'https://203.0.113.7',
  'https://224.0.0.1',
  'https://255.255.255.255',
  'https://printer',
  'https://printer.local',
  'https://metadata.google.internal',
  'https://app.localhost',
  'https://a..example.com',
]

describe('T12 addresses inside', () => {
  it.each(internalUrls)('%s is refused when saved and when sent, without a connection', async (url) => {
    const { egress, connectedTo } = playedEgress({})
    expect(await egress.inspect(url)).toMatchObject({ allowed: false })
    expect(await egress.post(url, { body: '{}' })).toMatchObject({ kind: 'refused' })
    expect(connectedTo).toEqual([])
  })

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('%s is outside', (address) => {
    expect(isAllowedAddress(address, false)).toBe(true)
  })

  it('are open where the installation allows private networks, the metadata address never', async () => {
    const { egress } = playedEgress({ receiver: [['10.1.2.3']] }, true)
    expect(await egress.inspect('http://127.0.0.1:4000/hook')).toEqual({ allowed: true })
    expect(await egress.inspect('http://receiver:9000/')).toEqual({ allowed: true })
    expect(await egress.inspect('http://169.254.169.254/')).toMatchObject({ allowed: false })
    expect(await egress.inspect('http://[::ffff:a9fe:a9fe]/')).toMatchObject({ allowed: false })
  })
})

describe('T13 names', () => {
  it('that point outside at save and inside at send are refused at send', async () => {
    const { egress, connectedTo } = playedEgress({
      'rebind.example.com': [['93.184.216.34'], ['169.254.169.254']],
    })
    expect(await egress.inspect('https://rebind.example.com/')).toEqual({ allowed: true })
    expect(await egress.post('https://rebind.example.com/', { body: '' })).toMatchObject({
      kind: 'refused',
      reason: 'address_not_allowed',
    })
    expect(connectedTo).toEqual([])
  })

  it('with one address outside and one inside lead outside only', async () => {
    const { egress, connectedTo } = playedEgress({
      'mixed.example.com': [['10.0.0.5', '93.184.216.34', '::1']],
    })
    await egress.post('https://mixed.example.com/', { body: '' })
    expect(connectedTo).toEqual(['93.184.216.34'])
  })

  it('are asked for once per connection, which goes to the answer', async () => {
    const { egress, connectedTo } = playedEgress({ 'flip.example.com': [['93.184.216.34'], ['127.0.0.1']] })
    await egress.post('https://flip.example.com/', { body: '' })
    expect(connectedTo).toEqual(['93.184.216.34'])
  })

  it('without an address are refused as such', async () => {
    const { egress } = playedEgress({})
    expect(await egress.inspect('https://nowhere.example.com/')).toMatchObject({ reason: 'name_not_found' })
  })

  it('that no name server answers for are not found, and are not blamed for it', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('queryA'), { code: 'ETIMEOUT' }))
    const egress = createEgress({ isPrivateAllowed: false, resolve })
    expect(await egress.post('https://example.com/', { body: '' })).toMatchObject({
      kind: 'refused',
      reason: 'name_not_found',
      message: 'No name server answered for example.com.',
    })
  })
})

describe('T15 ports, credentials, characters', () => {
  it.each([
    ['https://example.com:22/', 'port_not_allowed'],
    ['https://example.com:25/', 'port_not_allowed'],
    ['https://example.com:6379/', 'port_not_allowed'],
    ['https://user:pw@example.com/', 'credentials_in_url'],
    ['https://user@example.com/', 'credentials_in_url'],
    ['http://example.com/', 'scheme_not_allowed'],
    ['file:///etc/passwd', 'scheme_not_allowed'],
    ['gopher://example.com/', 'scheme_not_allowed'],
    ['https://example.com/a\r\nhost: inside', 'url_malformed'],
    ['https://exa\tmple.com/', 'url_malformed'],
    ['example.com', 'url_malformed'],
    ['', 'url_malformed'],
  ])('%j is refused as %s', async (url, reason) => {
    const { egress } = playedEgress({ 'example.com': [['93.184.216.34']] })
    expect(await egress.inspect(url)).toMatchObject({ allowed: false, reason })
  })

  it.each(['https://example.com/', 'https://example.com:8443/hook?a=b', 'https://example.com./'])(
    '%s is allowed',
    async (url) => {
      const { egress } = playedEgress({ 'example.com': [['93.184.216.34']] })
      expect(await egress.inspect(url)).toEqual({ allowed: true })
    },
  )

  it.each([
    { host: 'inside' },
    { 'Content-Length': '3' },
    { 'transfer-encoding': 'chunked' },
    { 'x-a\r\nhost': 'b' },
    { 'x-a': 'b\r\nhost: inside' },
    { 'x-a': 'b\u0000' },
    { '': 'b' },
  ])('the header %j is refused', async (headers) => {
    const { egress, connectedTo } = playedEgress({ 'example.com': [['93.184.216.34']] })
    const outcome = await egress.post('https://example.com/', { headers: { ...headers }, body: '' })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'header_not_allowed' })
    expect(connectedTo).toEqual([])
  })
})
