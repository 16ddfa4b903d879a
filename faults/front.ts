import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream'

export interface Front {
  url: string
  /** Ports of the hubs that are up; connections go to them in turn. */
  setTargets(ports: readonly number[]): void
  close(): Promise<void>
}

/**
 * What stands before several hubs: passes connections on to one that listens. It knows nothing of HTTP, so a hub that
 * dies cuts its callers off in the middle, as behind a real balancer.
 */
export async function openFront(): Promise<Front> {
  let targets: readonly number[] = []
  let turn = 0
  const sockets = new Set<Socket>()

  function pass(socket: Socket, triesLeft: number): void {
    const port = targets[turn++ % Math.max(1, targets.length)]
    if (port === undefined || triesLeft === 0) {
      socket.destroy()
      return
    }
    const onward = connect(port, '127.0.0.1')
    onward.once('error', () => (onward.connecting ? undefined : socket.destroy()))
    const onRefused = () => pass(socket, triesLeft - 1)
    onward.once('error', onRefused)
    onward.once('connect', () => {
      onward.off('error', onRefused)
      join(socket, onward)
    })
  }

  function join(one: Socket, other: Socket): void {
    pipeline(one, other, () => other.destroy())
    pipeline(other, one, () => one.destroy())
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    pass(socket, targets.length)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    setTargets: (ports) => {
      targets = ports
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
