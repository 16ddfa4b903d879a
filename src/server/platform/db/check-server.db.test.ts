import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { checkServer } from './check-server.ts'

const { target, superuserTarget } = await testDatabase()

describe('the hub refuses to serve', () => {
  it('as a superuser, who sees every workspace', async () => {
    await expect(checkServer(superuserTarget)).rejects.toThrow('superuser')
  })

  it('on a server that may lose what it has confirmed', async () => {
    await expect(checkServer(target)).rejects.toThrow('fsync')
  })

  it('without a server, in a plain sentence', async () => {
    await expect(
      checkServer({ connectionString: 'postgres://parley@127.0.0.1:41199/parley' }),
    ).rejects.toThrow(/^The database can not be reached: .*41199.*DATABASE_URL/)
  })
})
