import pg from 'pg'
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

  it('for a role whose commits are answered before they are on disk', async () => {
    await expect(checkServer(target)).rejects.toThrow('fsync and synchronous_commit off')
    const superuser = new pg.Client(superuserTarget)
    await superuser.connect()
    await superuser.query(`alter database ${superuserTarget.database} set synchronous_commit = on`)
    await superuser.end()
    await expect(checkServer(target)).rejects.not.toThrow('synchronous_commit')
  })

  it('without a server, in a plain sentence', async () => {
    await expect(
      checkServer({ connectionString: 'postgres://parley@127.0.0.1:41199/parley' }),
    ).rejects.toThrow(/^The database can not be reached: .*41199.*DATABASE_URL/)
  })
})
