import pg from 'pg'
import { expect, it } from 'vitest'
import { isDatabaseAway } from './is-database-away.ts'

function refusedByServer(code: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('refused', 7, 'error'), { code })
}

it.each([
  ['a connection that is turned away', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  ['a socket that is not there', Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'connect' })],
  ['a connection cut in the middle', new Error('Connection terminated unexpectedly')],
  ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
  ['a server that shuts down', refusedByServer('57P01')],
  ['a full disk', refusedByServer('53100')],
  ['a statement that took too long', refusedByServer('57014')],
])('F04 F05 after %s the same may succeed later', (_, error) => {
  expect(isDatabaseAway(error)).toBe(true)
})

it.each([
  ['a unique key', refusedByServer('23505')],
  ['a syntax error', refusedByServer('42601')],
  ['a file that is not there', Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open' })],
  ['a fault of ours', new TypeError('x is not a function')],
  ['no error', 'text'],
])('%s stays what it is', (_, error) => {
  expect(isDatabaseAway(error)).toBe(false)
})
