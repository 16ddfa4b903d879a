import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dicts, errorOf, Stage } from './testing/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
})

beforeEach(async () => {
  await stage.control('DELETE', '/settings')
})

afterAll(() => stage.close())

const entries = async (to: string): Promise<unknown[]> =>
  dicts((await stage.control('GET', `/ledger?to=${to}`)).body.data)

describe('switches', () => {
  it('a lost answer is in the ledger although the connection was cut', async () => {
    await stage.settings({ lost_answer_probability: 1 })
    await expect(stage.sendTemplate('14155570001')).rejects.toThrow()
    expect(await entries('14155570001')).toMatchObject([{ answered: 'lost' }])
  })

  it('a reset connection leaves nothing in the ledger', async () => {
    await stage.settings({ reset_probability: 1 })
    await expect(stage.sendTemplate('14155570002')).rejects.toThrow()
    expect(await entries('14155570002')).toEqual([])
  })

  it('a refusal is HTTP 500 and nothing is accepted', async () => {
    await stage.settings({ refuse_probability: 1 })
    const answer = await stage.sendTemplate('14155570003')
    expect([answer.status, errorOf(answer).code]).toEqual([500, 131000])
    expect(await entries('14155570003')).toEqual([])
  })

  it('throttling is HTTP 429 and says when to come back', async () => {
    await stage.settings({ throttle_probability: 1, retry_after_seconds: 3 })
    const answer = await stage.sendTemplate('14155570004')
    expect([answer.status, errorOf(answer).code, answer.headers.get('retry-after')]).toEqual([
      429,
      130429,
      '3',
    ])
  })

  it('an answer takes the latency asked for', async () => {
    await stage.settings({ answer_latency_ms: 120 })
    const startMs = performance.now()
    await stage.sendTemplate('14155570005')
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(115)
  })

  it('a hanging answer comes late, and the message is accepted at once', async () => {
    await stage.settings({ hang_probability: 1, hang_ms: 150 })
    const sending = stage.sendTemplate('14155570006')
    await new Promise((done) => setTimeout(done, 50))
    expect(await entries('14155570006')).toMatchObject([{ answered: 'late' }])
    expect((await sending).status).toBe(200)
  })

  it('the same seed draws the same outcomes', async () => {
    const draws = async (): Promise<number[]> => {
      await stage.settings({ refuse_probability: 0.5, seed: 99 })
      const statuses: number[] = []
      for (let turn = 0; turn < 20; turn += 1)
        statuses.push((await stage.sendTemplate(`141555701${10 + turn}`)).status)
      return statuses
    }
    await stage.settings({ statuses: 'none' })
    const first = await draws()
    expect(await draws()).toEqual(first)
    expect(new Set(first)).toEqual(new Set([200, 500]))
  })

  it('an unknown switch or a wrong value is refused by name', async () => {
    const unknown = await stage.control('PATCH', '/settings', { latency: 5 })
    expect(unknown.status).toBe(422)
    expect(String(errorOf(unknown).message)).toContain('latency')
    const wrong = await stage.control('PATCH', '/settings', { batch_size: 1001 })
    expect(String(errorOf(wrong).message)).toContain('batch_size')
  })

  it('a number or account can be made to refuse with any code', async () => {
    await stage.control('PATCH', `/numbers/${stage.account.numberId}`, { refuses_with: 131042 })
    expect(errorOf(await stage.sendTemplate('14155570007')).code).toBe(131042)
    await stage.control('PATCH', `/numbers/${stage.account.numberId}`, {
      refuses_with: null,
      is_registered: false,
    })
    expect(errorOf(await stage.sendTemplate('14155570007')).code).toBe(133010)
    await stage.control('PATCH', `/numbers/${stage.account.numberId}`, { is_registered: true })
    await stage.control('PATCH', `/accounts/${stage.account.wabaId}`, { refuses_with: 131031 })
    const locked = await stage.sendTemplate('14155570007')
    expect([locked.status, errorOf(locked).code]).toEqual([403, 131031])
    await stage.control('PATCH', `/accounts/${stage.account.wabaId}`, { refuses_with: null })
    expect((await stage.sendTemplate('14155570007')).status).toBe(200)
  })
})
