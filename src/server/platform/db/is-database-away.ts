import pg from 'pg'

/** Connection exceptions, not enough resources (disk, memory, connections), being shut down, read-only, took too long. */
const awayStates = /^(08|53|57P0|25006|25P03|57014)/
const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN'])
/** The driver and its pool tell these without a code. */
const awayMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|PostgreSQL said nothing)/

/** True when the same statement may well succeed a little later: the fault is not in what was asked. */
export function isDatabaseAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (error instanceof pg.DatabaseError) return awayStates.test(code)
  const isMissingSocket = code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect'
  return awayCodes.has(code) || isMissingSocket || awayMessages.test(error.message)
}
