import { describe, expect, it } from 'vitest'
import { GroupCommit, type GroupCommitOptions } from './group-commit.ts'

/** Commits are finished by hand, so a test can look at what waits meanwhile. */
function heldCommits(options: Partial<GroupCommitOptions<string>> = {}) {
  const batches: { items: readonly string[]; finish: (error?: Error) => void }[] = []
  const group = new GroupCommit<string>({
    commit: (items) =>
      new Promise((resolve, reject) => {
        batches.push({ items, finish: (error) => (error ? reject(error) : resolve()) })
      }),
    isOneItemsFault: (error) => error instanceof Error && error.message === 'bad item',
    batchSizeMax: 3,
    batchBytesMax: 100,
    batchesInFlightMax: 1,
    waitingMax: 5,
    waitingBytesMax: 1000,
    ...options,
  })
  return { group, batches }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('group commit', () => {
  it('commits the first alone and at once, and what came meanwhile together', async () => {
    const { group, batches } = heldCommits()
    const added = ['a', 'b', 'c', 'd', 'e'].map((item) => group.add(item, 1))
    expect(batches.map(({ items }) => items)).toEqual([['a']])
    for (const done of [0, 1, 2]) {
      batches[done]?.finish()
      await turn()
    }
    expect(batches.map(({ items }) => items)).toEqual([['a'], ['b', 'c', 'd'], ['e']])
    await Promise.all(added)
  })

  it('keeps at most so many batches in flight', () => {
    const { group, batches } = heldCommits({ batchesInFlightMax: 2 })
    for (const item of 'abcd') void group.add(item, 1)
    expect(batches.map(({ items }) => items)).toEqual([['a'], ['b']])
    expect(group.waitingCount).toBe(2)
  })

  it('ends a batch where its bytes would be too many, but takes one that is larger by itself', async () => {
    const { group, batches } = heldCommits()
    for (const bytes of [1, 60, 60, 500, 10]) void group.add(String(bytes), bytes)
    for (let done = 0; done < 4; done += 1) {
      batches[done]?.finish()
      await turn()
    }
    expect(batches.map(({ items }) => items)).toEqual([['1'], ['60'], ['60'], ['500'], ['10']])
  })

  it('is full by count and by bytes', () => {
    const { group } = heldCommits()
    for (let n = 0; n < 5; n += 1) void group.add('x', 1)
    expect(group.isFull).toBe(false)
    void group.add('x', 1)
    expect(group.isFull).toBe(true)
    const { group: heavy } = heldCommits()
    void heavy.add('x', 1)
    void heavy.add('x', 1000)
    expect(heavy.isFull).toBe(true)
  })

  it('rejects everybody in a batch that was not committed, and goes on', async () => {
    const { group, batches } = heldCommits()
    const first = group.add('a', 1)
    const others = [group.add('b', 1), group.add('c', 1)]
    batches[0]?.finish(new Error('no database'))
    await expect(first).rejects.toThrow('no database')
    batches[1]?.finish()
    await Promise.all(others)
  })

  it('lets one bad item fail alone', async () => {
    const { group, batches } = heldCommits({ batchesInFlightMax: 1 })
    void group.add('first', 1)
    const [good, bad] = [group.add('good', 1), group.add('bad', 1)]
    batches[0]?.finish()
    await turn()
    batches[1]?.finish(new Error('bad item'))
    await turn()
    batches[2]?.finish()
    await turn()
    batches[3]?.finish(new Error('bad item'))
    await good
    await expect(bad).rejects.toThrow('bad item')
  })
})
