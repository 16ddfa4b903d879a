import { connect, type Socket } from 'node:net'
import type { SignedRequest } from './bodies.ts'

export interface Load {
  rate: number
  p50Ms: number
  p99Ms: number
  answers: number
}

/**
 * Sends each request once over keep-alive sockets, on each socket the next one after the answer to the last; with
 * `perSecond` no faster than that, and late answers are counted from when the request was due. A client of its own,
 * because a whole HTTP client would take more of the machine than the server does.
 */
export async function generateLoad(
  port: number,
  requests: readonly SignedRequest[],
  { connections, perSecond }: { connections: number; perSecond?: number },
): Promise<Load> {
  const latencies = new Float64Array(requests.length)
  let next = 0
  const startedMs = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = await open(port)
      await useSocket(socket, () => {
        const index = next++
        const request = requests[index]
        const done = (ms: number) => {
          latencies[index] = ms
        }
        const dueMs = perSecond === undefined ? 0 : startedMs + (index / perSecond) * 1_000
        return request && { request, done, dueMs }
      })
    }),
  )
  const seconds = (performance.now() - startedMs) / 1_000
  latencies.sort()
  return {
    rate: requests.length / seconds,
    p50Ms: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    answers: requests.length,
  }
}

interface Taken {
  request: SignedRequest
  done: (ms: number) => void
  /** On the clock of `performance.now()`; 0: at once. */
  dueMs: number
}
type Take = () => Taken | undefined

const endOfHead = '\r\n\r\n'
const ok = 'HTTP/1.1 200 '

function useSocket(socket: Socket, take: Take): Promise<void> {
  return new Promise((resolve, reject) => {
    let current = take()
    let sentMs = 0
    let answer = ''
    const send = () => {
      if (!current) {
        socket.destroy()
        return resolve()
      }
      const now = performance.now()
      if (current.dueMs > now) return setTimeout(send, current.dueMs - now)
      sentMs = current.dueMs || now
      socket.write(current.request.bytes)
    }
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      // Answers have no body, so the end of the head is the end of the answer.
      if (!answer.endsWith(endOfHead)) return
      if (!answer.startsWith(ok)) return reject(new Error(`Not taken: ${answer.slice(0, 200)}`))
      answer = ''
      current?.done(performance.now() - sentMs)
      current = take()
      send()
    })
    socket.on('error', reject)
    send()
  })
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}
