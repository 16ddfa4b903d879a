interface Waiting<Ask, Answer> {
  ask: Ask
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/**
 * Asks that come while a turn is under way are taken together in the next one: a thousand lanes ask the database once
 * and not a thousand times. `take` answers in the order of the asks. When a turn of several fails, each is tried alone,
 * so that one bad ask fails alone.
 */
export function gather<Ask, Answer>(
  take: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
  sizeMax: number,
): (ask: Ask) => Promise<Answer> {
  const waiting: Waiting<Ask, Answer>[] = []
  let isRunning = false

  async function run(): Promise<void> {
    isRunning = true
    // Lets everybody who is ready in this moment come along.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const turn = waiting.splice(0, sizeMax)
      if (!(await takeTogether(turn))) for (const one of turn) await takeTogether([one])
    }
    isRunning = false
  }

  async function takeTogether(turn: readonly Waiting<Ask, Answer>[]): Promise<boolean> {
    try {
      const answers = await take(turn.map(({ ask }) => ask))
      if (answers.length !== turn.length)
        throw new Error(`${turn.length} asked, ${answers.length} were answered.`)
      for (const [index, answer] of answers.entries()) turn[index]?.resolve(answer)
      return true
    } catch (error) {
      if (turn.length > 1) return false
      for (const { reject } of turn) reject(error)
      return true
    }
  }

  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject })
      if (!isRunning) void run()
    })
}
