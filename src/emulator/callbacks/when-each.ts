/** Calls `act` after so many calls of what is answered; at once for none. */
export function whenEach(count: number, act: (() => void) | undefined): (() => void) | undefined {
  if (count === 0) act?.()
  if (act === undefined || count <= 1) return act
  let left = count
  return () => {
    left -= 1
    if (left === 0) act()
  }
}
