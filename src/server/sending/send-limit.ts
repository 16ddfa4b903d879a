/** What is left for sending however much comes in, so that a flood can't keep its own answers back. */
const leftShareMin = 0.1

/**
 * How many messages a number may send in a second: the provider's limit counts what customers write as well. `wanted` is
 * the lower pace that somebody asked for, which is of what goes out alone.
 */
export function sendLimit(number: {
  allowedPerSecond: number
  wantedPerSecond: number | null
  inboundPerSecond: number
}): number {
  const { allowedPerSecond, wantedPerSecond, inboundPerSecond } = number
  const left = Math.max(Math.ceil(allowedPerSecond * leftShareMin), allowedPerSecond - inboundPerSecond)
  return wantedPerSecond === null ? left : Math.min(left, wantedPerSecond)
}
