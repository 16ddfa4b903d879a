import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createEgress } from './create-egress.ts'

const egress = createEgress({ isPrivateAllowed: true })
const servers: (Server | TcpServer)[] = []
const sockets = new Set<Socket>()

afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers.splice(0)) server.close()
})

async function listen(server: Server | TcpServer): Promise<string> {
  servers.push(server)
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`
}

const receiver = (listener: RequestListener) => listen(createServer(listener))
const rawReceiver = (onData: (socket: Socket) => void) =>
  listen(createTcpServer((socket) => socket.on('error', () => undefined).once('data', () => onData(socket))))

describe('an answer', () => {
  it('comes back with status, headers and body', async () => {
    let seen = ''
    const url = await receiver((request, response) => {
      request.on('data', (chunk) => {
        seen += chunk
      })
      request.on('end', () =>
        response.writeHead(201, { 'x-a': 'b' }).end(`got ${request.headers['webhook-id']}`),
      )
    })
    const outcome = await egress.post(url, { headers: { 'webhook-id': 'evt_1' }, body: '{"a":1}' })
    expect(outcome).toMatchObject({
      kind: 'answered',
      status: 201,
      isBodyCut: false,
      headers: { 'x-a': 'b' },
    })
    expect(outcome.kind === 'answered' && outcome.body.toString()).toBe('got evt_1')
    expect(seen).toBe('{"a":1}')
  })

  it('T14 that redirects is not followed', async () => {
    let asked = 0
    const inside = await receiver((_, response) => {
      asked += 1
      response.end()
    })
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await receiver((_, response) => response.writeHead(status, { location: inside }).end())
      expect(await egress.post(url, { body: '' })).toMatchObject({ kind: 'answered', status })
    }
    expect(asked).toBe(0)
  })

  it('T16 of endless length is cut at 64 KiB and the connection closed', async () => {
    let hasClosed = false
    const url = await receiver((request, response) => {
      request.resume()
      const more = () => {
        while (!hasClosed && response.write(Buffer.alloc(16_384)));
      }
      response.on('drain', more).on('close', () => {
        hasClosed = true
      })
      more()
    })
    const outcome = await egress.post(url, { body: '' })
    expect(outcome).toMatchObject({ kind: 'answered', isBodyCut: true })
    expect(outcome.kind === 'answered' && outcome.body.length).toBe(64 * 1024)
    await expect.poll(() => hasClosed).toBe(true)
  })

  it('T16 that is a gzip bomb is kept as it came', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000))
    const url = await receiver((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )
    const outcome = await egress.post(url, { body: '' })
    expect(outcome.kind === 'answered' && outcome.body.equals(bomb)).toBe(true)
  })

  it.each([
    ['never comes', () => undefined],
    ['drips one byte at a time', drip],
    [
      'stops after its headers',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc')
      },
    ],
  ])('T16 that %s ends at the deadline', async (_, behave) => {
    const url = await rawReceiver(behave)
    const outcome = await egress.post(url, { body: '', timeoutMs: 400 })
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout' })
  })

  it('T16 with 100,000 headers is refused', async () => {
    const url = await rawReceiver((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      socket.write(Array.from({ length: 100_000 }, (_, index) => `x-${index}: y\r\n`).join(''))
    })
    expect(await egress.post(url, { body: '' })).toMatchObject({ kind: 'failed', reason: 'protocol' })
  })

  it.each([
    ['is not HTTP', 'hello\r\n\r\n', 'protocol'],
    ['breaks off', '', 'reset'],
    ['breaks off in the body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', 'reset'],
  ])('that %s is a failure with a name', async (_, bytes, reason) => {
    const url = await rawReceiver((socket) => socket.end(bytes))
    expect(await egress.post(url, { body: '' })).toMatchObject({ kind: 'failed', reason })
  })

  it('T16 of a host without valid TLS is a failure that says so', async () => {
    const plain = await receiver((_, response) => response.end())
    const outcome = await egress.post(plain.replace('http:', 'https:'), { body: '' })
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'tls' })
  })

  it('of a host that accepts no connection, or whose TLS never begins, is a failed connection', async () => {
    const url = await listen(createTcpServer(() => undefined))
    expect(await egress.post(url.replace('http:', 'https:'), { body: '' })).toMatchObject({
      kind: 'failed',
      reason: 'connect',
    })
  })

  it('of a closed port is a failed connection', async () => {
    expect(await egress.post('http://127.0.0.1:41198/', { body: '' })).toMatchObject({
      kind: 'failed',
      reason: 'connect',
    })
  })
})

function drip(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n')
  const timer = setInterval(() => socket.write('a'), 20)
  socket.on('close', () => clearInterval(timer))
}
