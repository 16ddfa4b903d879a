import type { buildConnector } from 'undici'
import { afterAll, describe, expect, test } from 'vitest'
import { guardConnections } from '../platform/index.ts'
import { downloadFile } from './download-file.ts'
import { Pools } from './meta/pools.ts'

/** Nothing here connects anywhere: the name server is played, and a connection that would be opened is written down. */
function playedPools(answers: string[]) {
  const connectedTo: string[] = []
  const connector: buildConnector.connector = (target, callback) => {
    connectedTo.push(target.hostname)
    callback(Object.assign(new Error('played'), { code: 'ECONNREFUSED' }), null)
  }
  const connectOutside = guardConnections({
    isPrivateAllowed: false,
    resolve: async () => answers,
    connector,
  })
  const pools = new Pools({ connections: 1, connectOutside })
  opened.push(pools)
  return { pools, connectedTo }
}

const opened: Pools[] = []
afterAll(async () => {
  for (const pools of opened) await pools.close()
})

const file = {
  url: 'https://lookaside.fbsbx.com/file',
  servers: { apiUrl: 'https://graph.facebook.com', hostEndings: ['.fbsbx.com'] },
  headers: ['authorization', 'Bearer token'],
}

describe('T39 a file at an address that a provider told us', () => {
  test.each(['169.254.169.254', '127.0.0.1', '10.0.0.5', '::1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1'])(
    'is not fetched when its name leads to %s',
    async (address) => {
      const { pools, connectedTo } = playedPools([address])
      expect(await downloadFile(pools, file, { bytesMax: 10 })).toMatchObject({
        ok: false,
        error: { detail: expect.stringContaining('private or reserved network') },
      })
      expect(connectedTo).toEqual([])
    },
  )

  test('is asked for at the address outside that was vetted', async () => {
    const { pools, connectedTo } = playedPools(['10.0.0.5', '93.184.216.34'])
    expect(await downloadFile(pools, file, { bytesMax: 10 })).toMatchObject({ ok: false })
    expect(connectedTo).toEqual(['93.184.216.34'])
  })
})
