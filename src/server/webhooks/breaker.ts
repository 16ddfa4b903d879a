/** When an endpoint rests, and when it is given up. The database counts and judges, by its own clock. */
export const breaker = {
  /** Attempts are counted in spans of this length. */
  windowSeconds: 300,
  attemptsMin: 10,
  failureShare: 0.8,
  /** While it rests, one delivery tries whether the receiver is back. */
  probeEverySeconds: 30,
  /** Failures only, for this long and at least this many: then it is disabled. */
  disableAfterDays: 5,
  disableAttemptsMin: 20,
} as const
