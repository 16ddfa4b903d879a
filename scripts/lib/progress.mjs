// Progress goes to stderr: the standard output of a command belongs to its result.

export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** Ends the process with one sentence and no stack. */
export function giveUp(sentence) {
  say(sentence)
  process.exit(1)
}

/** "Installing … 12.3 s": a line for a step that takes a while. */
export async function step(title, work) {
  const startedAt = performance.now()
  process.stderr.write(`${title} … `)
  try {
    const result = await work()
    say(`${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
    return result
  } catch (error) {
    say('failed')
    throw error
  }
}
