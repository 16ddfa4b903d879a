import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { Pools } from './pools.ts'
import { type HttpRequest, request } from './request.ts'

const pools = new Pools({ connections: 2 })
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  return await listen(server, () => server.closeAllConnections())
}

async function listen(server: Server, drop: () => void): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  closing.push(() => {
    drop()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function post(origin: string, more: Partial<HttpRequest> = {}) {
  return request(pools.get(origin, 'send'), {
    method: 'POST',
    path: '/v25.0/1/messages',
    headers: ['content-type', 'application/json'],
    body: '{}',
    timeoutMs: 2000,
    bytesMax: 1000,
    ...more,
  })
}

describe('one request', () => {
  test('an answer comes with status, body and Retry-After', async () => {
    const origin = await serve((_, response) =>
      response.writeHead(429, { 'retry-after': '3' }).end('{"a":1}'),
    )
    const answer = await post(origin)
    expect(answer).toMatchObject({ kind: 'answered', status: 429, retryAfter: '3', isCut: false })
    expect(answer.kind === 'answered' && answer.body.toString()).toBe('{"a":1}')
  })

  test('a port where nobody listens is unsent', async () => {
    const server = createServer()
    const origin = await listen(server, () => server.closeAllConnections())
    closing.splice(0).at(0)?.()
    expect(await post(origin)).toMatchObject({ kind: 'failed', isWritten: false, reason: 'ECONNREFUSED' })
  })

  test('a name that does not exist is unsent', async () => {
    expect(await post('http://nobody.invalid')).toMatchObject({ kind: 'failed', isWritten: false })
  })

  test('a connection that dies after the request was written may have been sent', async () => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const origin = await listen(server, () => undefined)
    expect(await post(origin)).toMatchObject({ kind: 'failed', isWritten: true })
  })

  test('an answer that stops in the middle may have been sent', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"messages"')
      setTimeout(() => response.destroy(), 20)
    })
    expect(await post(origin)).toMatchObject({ kind: 'failed', isWritten: true })
  })

  test('no answer in time may have been sent', async () => {
    const origin = await serve(() => undefined)
    expect(await post(origin, { timeoutMs: 500 })).toEqual({
      kind: 'failed',
      isWritten: true,
      reason: 'timeout',
    })
  })

  test('what waits for a socket until its time is over is unsent, and is not written afterwards', async () => {
    const seen: (string | undefined)[] = []
    const origin = await serve((incoming, response) => {
      seen.push(incoming.url)
      setTimeout(() => response.end('{}'), 200)
    })
    const busy = [post(origin), post(origin)]
    expect(await post(origin, { path: '/late', timeoutMs: 50 })).toEqual({
      kind: 'failed',
      isWritten: false,
      reason: 'timeout',
    })
    await Promise.all(busy)
    await post(origin, { path: '/next' })
    expect(seen).toEqual(['/v25.0/1/messages', '/v25.0/1/messages', '/next'])
  })

  test('not allowed any more when its socket is free, it is unsent and not written', async () => {
    const seen: (string | undefined)[] = []
    const origin = await serve((incoming, response) => {
      seen.push(incoming.url)
      setTimeout(() => response.end('{}'), 50)
    })
    let isAllowed = true
    const busy = [post(origin), post(origin)]
    const late = post(origin, { path: '/late', mayBegin: () => isAllowed })
    isAllowed = false
    expect(await late).toEqual({ kind: 'failed', isWritten: false, reason: 'not allowed any more' })
    await Promise.all(busy)
    expect(await post(origin, { path: '/next' })).toMatchObject({ kind: 'answered' })
    expect(seen).toEqual(['/v25.0/1/messages', '/v25.0/1/messages', '/next'])
  })

  test('given up before it began, nothing is written', async () => {
    const origin = await serve((_, response) => response.end('{}'))
    const answer = await post(origin, { signal: AbortSignal.abort() })
    expect(answer).toEqual({ kind: 'failed', isWritten: false, reason: 'aborted' })
  })

  test('given up while in flight, it may have been sent', async () => {
    const giveUp = new AbortController()
    const origin = await serve(() => giveUp.abort())
    expect(await post(origin, { signal: giveUp.signal })).toMatchObject({
      isWritten: true,
      reason: 'aborted',
    })
  })

  test('an answer longer than allowed is cut', async () => {
    const origin = await serve((_, response) => response.end('x'.repeat(5000)))
    expect(await post(origin)).toMatchObject({ kind: 'answered', status: 200, isCut: true })
  })

  test('a thousand requests share one signal without complaint', async () => {
    const warnings: string[] = []
    const onWarning = (warning: Error) => warnings.push(warning.name)
    process.on('warning', onWarning)
    const origin = await serve((_, response) => response.end('{}'))
    const { signal } = new AbortController()
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () => post(origin, { signal, timeoutMs: 10_000 })),
    )
    process.off('warning', onWarning)
    expect(answers.filter(({ kind }) => kind === 'answered')).toHaveLength(1000)
    expect(warnings).toEqual([])
  })
})
