import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'

export interface Arrivals {
  count: number
  /** Deliveries a second from the first to the last. */
  rate: number
}

/** Fast endpoints at `/n`, and a port where everything hangs: connections are accepted and never answered. */
export async function startReceiver(ports: { fast: number; hanging: number }) {
  let count = 0
  let firstMs = 0
  let lastMs = 0
  const sockets = new Set<Socket>()
  const fast = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      lastMs = performance.now()
      if (count === 0) firstMs = lastMs
      count += 1
      response.writeHead(200, { 'content-length': 0 }).end()
    })
  })
  const hanging = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    socket.resume()
  })
  fast.keepAliveTimeout = 60_000
  fast.listen(ports.fast, '127.0.0.1')
  hanging.listen(ports.hanging, '127.0.0.1')
  await Promise.all([once(fast, 'listening'), once(hanging, 'listening')])

  return {
    reset: () => {
      count = 0
    },
    /** Resolves when so many have come. */
    arrivals: async (wanted: number, timeoutMs = 180_000): Promise<Arrivals> => {
      const untilMs = performance.now() + timeoutMs
      while (count < wanted) {
        if (performance.now() > untilMs) throw new Error(`${count} of ${wanted} deliveries came.`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      return { count, rate: (wanted - 1) / ((lastMs - firstMs) / 1000) }
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      fast.closeAllConnections()
      fast.close()
      hanging.close()
    },
  }
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>
