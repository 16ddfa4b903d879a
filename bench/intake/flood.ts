import { connect, type Socket } from 'node:net'
import type { SignedRequest } from './bodies.ts'

export interface Flood {
  /** Answered 200: whoever sent it will not send it again. */
  taken: number
  /** Answered 503: it will be sent again. */
  busy: number
  seconds: number
}

const socketsOpenedAtOnce = 200

/** Sends without mercy: on each socket the next request as soon as the last one is answered, whatever the answer. */
export async function flood(
  port: number,
  requests: readonly SignedRequest[],
  { connections, forMs }: { connections: number; forMs: number },
): Promise<Flood> {
  const sockets: Socket[] = []
  while (sockets.length < connections) {
    const count = Math.min(socketsOpenedAtOnce, connections - sockets.length)
    sockets.push(...(await Promise.all(Array.from({ length: count }, () => open(port)))))
  }
  const seen: Flood = { taken: 0, busy: 0, seconds: 0 }
  const startedMs = performance.now()
  let next = 0
  const take = () => {
    if (performance.now() - startedMs > forMs) return undefined
    return requests[next++ % requests.length]
  }
  await Promise.all(sockets.map((socket) => useSocket(socket, take, seen)))
  return { ...seen, seconds: (performance.now() - startedMs) / 1_000 }
}

function useSocket(socket: Socket, take: () => SignedRequest | undefined, seen: Flood): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const send = () => {
      const request = take()
      if (request !== undefined) return socket.write(request.bytes)
      socket.destroy()
      resolve()
    }
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      if (!isWhole(answer)) return
      const status = answer.slice('HTTP/1.1 '.length, 'HTTP/1.1 '.length + 3)
      if (status === '200') seen.taken += 1
      else if (status === '503') seen.busy += 1
      else return reject(new Error(`Neither taken nor busy: ${answer.slice(0, 200)}`))
      answer = ''
      send()
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The hub cut a connection off.')))
    send()
  })
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n')
  if (head === -1) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1] ?? '0'
  return answer.length >= head + 4 + Number(length)
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}
