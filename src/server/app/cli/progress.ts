const barLength = 30

/** A bar on stderr; nothing at all where nobody looks, such as in a log file. */
export function showProgress(label: string, total: number) {
  const isShown = process.stderr.isTTY === true
  let done = 0
  let percentShown = -1

  function draw(): void {
    const share = total === 0 ? 1 : done / total
    const percent = Math.floor(share * 100)
    if (!isShown || percent === percentShown) return
    percentShown = percent
    const bar = '█'.repeat(Math.round(share * barLength)).padEnd(barLength, '░')
    process.stderr.write(`\r${label} ${bar} ${percent} %`)
  }

  return {
    add(amount: number): void {
      done += amount
      draw()
    },
    end(): void {
      if (isShown) process.stderr.write('\n')
    },
  }
}
