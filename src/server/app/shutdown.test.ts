import { describe, expect, it } from 'vitest'
import { Shutdown } from './shutdown.ts'

describe('shutting down', () => {
  it('ends what was started last first, and once only', async () => {
    const ended: string[] = []
    const shutdown = new Shutdown()
    for (const name of ['database', 'context', 'web']) {
      shutdown.add(name, async () => {
        ended.push(name)
      })
    }
    await Promise.all([shutdown.run(), shutdown.run()])
    expect(ended).toEqual(['web', 'context', 'database'])
  })

  it('ends the rest when a step fails, and then says which failed', async () => {
    const ended: string[] = []
    const shutdown = new Shutdown()
    shutdown.add('database', async () => void ended.push('database'))
    shutdown.add('web', () => Promise.reject(new Error('stuck')))
    await expect(shutdown.run()).rejects.toMatchObject({ errors: [{ message: 'Stopping web failed.' }] })
    expect(ended).toEqual(['database'])
  })
})
