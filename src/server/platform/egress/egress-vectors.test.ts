import { readdir, readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join } from 'node:path'
import type { buildConnector } from 'undici'
import { describe, expect, it } from 'vitest'
import { createEgress } from './create-egress.ts'

// Ways to write an address inside the network, or to talk to something that isn't a web server. Nothing here connects
// anywhere: a connection that would be opened is written down instead.

const addresses = 'address_not_allowed'
const vectors: [group: string, reason: string, urls: string[]][] = [
  [
    'loopback, in every spelling',
    addresses,
    [
      'https://127.0.0.1/',
      'https://127.0.0.1:443/',
      'https://127.1/',
      'https://127.0.1/',
      'https://127.255.255.254/',
      'https://2130706433/',
      'https://017700000001/',
      'https://0177.0.0.1/',
      'https://0x7f000001/',
      'https://0x7f.1/',
      'https://0x7F.0x0.0x0.0x1/',
      'https://127.0.0.1./',
      'https://①②⑦.⓪.⓪.①/',
      'https://１２７.０.０.１/',
      'https://127。0。0。1/',
      'https://%31%32%37.0.0.1/',
      'https://[::1]/',
      'https://[0:0:0:0:0:0:0:1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[::ffff:7f00:1]/',
      'https://[0:0:0:0:0:ffff:7f00:0001]/',
      'https://[::127.0.0.1]/',
    ],
  ],
  [
    '"this host"',
    addresses,
    ['https://0/', 'https://0.0.0.0/', 'https://0.1.2.3/', 'https://[::]/', 'https://[::ffff:0.0.0.0]/'],
  ],
  [
    'metadata services and link-local',
    addresses,
    [
      'https://169.254.169.254/latest/meta-data/',
      'https://169.254.170.2/v2/credentials',
      'https://2852039166/',
      'https://0xa9fea9fe/',
      'https://0251.0376.0251.0376/',
      'https://169.254.43518/',
      'https://[::ffff:169.254.169.254]/',
      'https://[::ffff:a9fe:a9fe]/',
      'https://[fd00:ec2::254]/',
      'https://[fe80::1]/',
      'https://[fe80::a9fe:a9fe]/',
      'https://[febf::1]/',
      'https://100.100.100.200/',
      'https://192.0.0.192/',
    ],
  ],
  [
    'private networks',
    addresses,
    [
      'https://10.0.0.1/',
      'https://10.255.255.255/',
      'https://167772161/',
      'https://172.16.0.1/',
      'https://172.31.255.255/',
      'https://192.168.0.1/',
      'https://192.168.255.255/',
      'https://3232235521/',
      'https://100.64.0.1/',
      'https://100.127.255.255/',
      'https://[fc00::1]/',
      'https://[fdff:ffff::1]/',
      'https://[fec0::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://[::ffff:c0a8:1]/',
    ],
  ],
  [
    'IPv4 carried in IPv6',
    addresses,
    [
      'https://[64:ff9b::7f00:1]/',
      'https://[64:ff9b::a9fe:a9fe]/',
      'https://[64:ff9b::8.8.8.8]/',
      'https://[64:ff9b:1::a00:1]/',
      'https://[2002:7f00:1::]/',
      'https://[2002:a9fe:a9fe::1]/',
      'https://[2001:0:7f00:1::]/',
      'https://[2001:0:4136:e378:8000:63bf:5601:5601]/',
      'https://[::a00:1]/',
    ],
  ],
  [
    'reserved, documentation, multicast',
    addresses,
    [
      'https://192.0.2.1/',
      'https://198.51.100.1/',
      'https://203.0.113.1/',
      'https://192.88.99.1/',
      'https://198.18.0.1/',
      'https://198.19.255.255/',
      'https://224.0.0.1/',
      'https://239.255.255.250/',
      'https://240.0.0.1/',
      'https://255.255.255.255/',
      'https://[ff02::1]/',
      'https://[ff0e::1]/',
      'https://[100::1]/',
      'https://[2001:db8::1]/',
      'https://[2001:10::1]/',
      'https://[3fff::1]/',
      'https://[5f00::1]/',
      'https://[4000::1]/',
    ],
  ],
  [
    'names of the inside',
    'host_not_allowed',
    [
      'https://localhost/',
      'https://LOCALHOST/',
      'https://localhost./',
      'https://app.localhost/',
      'https://localhost.localdomain/',
      'https://printer/',
      'https://printer.local/',
      'https://router.home.arpa/',
      'https://metadata.google.internal/',
      'https://metadata/',
      'https://db.internal./',
      'https://a..example.com/',
    ],
  ],
  [
    'other ports',
    'port_not_allowed',
    [22, 23, 25, 111, 2375, 3306, 5432, 6379, 9200, 11211, 27017].map(
      (port) => `https://example.com:${port}/`,
    ),
  ],
  [
    'other schemes',
    'scheme_not_allowed',
    [
      'http://example.com/',
      'file:///etc/passwd',
      'ftp://example.com/',
      'gopher://example.com:70/_x',
      'dict://example.com/',
      'ldap://example.com/',
      'data:text/plain,x',
      'javascript:alert(1)',
      'ws://example.com/',
      'unix:/var/run/docker.sock',
      'blob:https://example.com/x',
    ],
  ],
  [
    'names and passwords before the host',
    'credentials_in_url',
    [
      'https://user:pw@example.com/',
      'https://user@example.com/',
      'https://:pw@example.com/',
      'https://example.com@127.0.0.1/',
    ],
  ],
  [
    'what a parser might swallow',
    'url_malformed',
    [
      'https://exa\tmple.com/',
      'https://example.com/a\r\nhost: inside',
      'https://example.com/\u0000',
      ' https://example.com/',
      'https://example.com /',
      'https://[::1/',
      'https://[fe80::1%25eth0]/',
      'https://256.256.256.256/',
      'https://1.2.3.4.5/',
      'https://0x100000000/',
      'https://exa%00mple.com/',
      'https://',
      '//example.com/',
      'example.com',
    ],
  ],
]
const table = vectors.flatMap(([group, reason, urls]) => urls.map((url) => [group, url, reason] as const))

function playedEgress() {
  const connectedTo: string[] = []
  const connector: buildConnector.connector = (target, callback) => {
    connectedTo.push(target.hostname)
    callback(Object.assign(new Error('played'), { code: 'ECONNREFUSED' }), null)
  }
  const resolve = async () => ['93.184.216.34']
  return { egress: createEgress({ isPrivateAllowed: false, resolve, connector }), connectedTo }
}

describe('T12, T15: addresses that are refused', () => {
  it('are eighty at least', () => {
    expect(new Set(table.map(([, url]) => url)).size).toBeGreaterThanOrEqual(80)
  })

  it.each(table)('%s: %j when saved and when sent, without a connection (%s)', async (_, url, reason) => {
    const { egress, connectedTo } = playedEgress()
    expect(await egress.inspect(url)).toMatchObject({ allowed: false, reason })
    expect(await egress.post(url, { body: '{}' })).toMatchObject({ kind: 'refused', reason })
    expect(connectedTo).toEqual([])
  })

  it.each([
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    'fe80::1%eth0',
    'fd00:ec2::254',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::',
    '0.0.0.0',
    'not an address',
    '',
  ])('a name that resolves to %j leads nowhere', async (answer) => {
    const connectedTo: string[] = []
    const connector: buildConnector.connector = (target, callback) => {
      connectedTo.push(target.hostname)
      callback(null, new Socket())
    }
    const egress = createEgress({ isPrivateAllowed: false, resolve: async () => [answer], connector })
    expect(await egress.inspect('https://example.com/')).toMatchObject({ allowed: false })
    expect(await egress.post('https://example.com/', { body: '' })).toMatchObject({ kind: 'refused' })
    expect(connectedTo).toEqual([])
  })
})

describe('the ways out of the hub', () => {
  /** Speaks to providers at their own hosts only, and to the hub itself from its command line. */
  const known = [/^platform\/egress\//, /^providers\//, /^app\/cli\//]

  it('are the guarded client, and the clients of providers: nothing else opens a connection by HTTP', async () => {
    const server = join(import.meta.dirname, '../..')
    const files = (await readdir(server, { recursive: true })).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing/'),
    )
    const speaking: string[] = []
    for (const file of files) {
      const source = await readFile(join(server, file), 'utf8')
      const isSpeaking = /^import (?!type ).* from '(undici|node:https?)'|[^.\w]fetch\(/m.test(source)
      if (isSpeaking && !known.some((way) => way.test(file))) speaking.push(file)
    }
    expect(speaking).toEqual([])
  })
})
