import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dicts, errorOf, Stage } from './testing/stage.ts'
import { MovingSecond, PairLimit } from './world/limits.ts'

describe('a moving second', () => {
  it('never holds more than its limit, whatever the rhythm', () => {
    const second = new MovingSecond(80)
    const taken: number[] = []
    for (let atMs = 0; atMs < 5000; atMs += 3) {
      if (!second.admits(10_000 + atMs)) continue
      second.take(10_000 + atMs)
      taken.push(atMs)
    }
    const worst = Math.max(
      ...taken.map((start) => taken.filter((at) => at >= start && at < start + 1000).length),
    )
    expect(worst).toBe(80)
    expect(taken.length).toBeGreaterThan(390)
  })
})

describe('the pair limit', () => {
  it('lets 45 pass at once and then one each six seconds', () => {
    const pair = new PairLimit()
    const sendAt = (atMs: number): boolean => {
      const isAdmitted = pair.admits(34600111222, atMs)
      if (isAdmitted) pair.take(34600111222, atMs)
      return isAdmitted
    }
    expect(Array.from({ length: 46 }, () => sendAt(1_000_000)).filter(Boolean)).toHaveLength(45)
    expect(sendAt(1_005_999)).toBe(false)
    expect(sendAt(1_006_000)).toBe(true)
    expect(sendAt(1_006_001)).toBe(false)
    expect(pair.admits(34600111223, 1_006_001)).toBe(true)
  })
})

describe('limits of a number', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await Stage.open()
    await stage.settings({ statuses: 'none', magic_recipients: false })
  })

  afterAll(() => stage.close())

  const burst = (account: Stage['account'], count: number): Promise<unknown[]> =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const answer = await stage.send(
          {
            to: String(14155560000 + index),
            type: 'template',
            template: { name: 'welcome', language: { code: 'en_US' } },
          },
          account,
        )
        return answer.status === 200 ? 200 : errorOf(answer).code
      }),
    )

  it('refuse with 130429 what is beyond the throughput', async () => {
    const account = await stage.newAccount({ throughput: 20 })
    const answers = await burst(account, 30)
    expect(answers.filter((answer) => answer === 200).length).toBeGreaterThanOrEqual(20)
    expect(answers).toContain(130429)
    const { body } = await stage.control('GET', '/ledger?summary=1')
    const mine = dicts(body.by_number).find((each) => each.phone_number_id === account.numberId)
    expect(mine?.worst_second).toBe(20)
  })

  it('refuse with 131056 the 46th message to the same person', async () => {
    const account = await stage.newAccount({})
    const answers: unknown[] = []
    for (let sent = 0; sent < 46; sent += 1) answers.push((await burst(account, 1))[0])
    expect(answers.slice(0, 45)).toEqual(Array(45).fill(200))
    expect(answers[45]).toBe(131056)
  })

  it('refuse with 131048 recipients beyond the limit of the portfolio, over all its numbers', async () => {
    const { body } = await stage.control('POST', '/accounts', {
      numbers: 2,
      throughput: null,
      messaging_limit: 'TIER_50',
    })
    const [first, second] = dicts(body.numbers).map((number) => ({
      ...stage.account,
      token: String(body.access_token),
      numberId: String(number.phone_number_id),
    }))
    if (first === undefined || second === undefined) throw new Error('two numbers expected')
    expect(await burst(first, 50)).toEqual(Array(50).fill(200))
    expect(await burst(second, 51)).toEqual([...Array(50).fill(200), 131048])
    await stage.control('PATCH', `/accounts/${body.waba_id}`, { messaging_limit: 'TIER_250' })
    expect((await burst(second, 51)).at(-1)).toBe(200)
  })

  it('can be lifted by a switch', async () => {
    await stage.settings({ enforce_pair_limit: false })
    const account = await stage.newAccount({})
    const answers: unknown[] = []
    for (let sent = 0; sent < 50; sent += 1) answers.push((await burst(account, 1))[0])
    expect(answers).toEqual(Array(50).fill(200))
  })
})
