import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** The line between a hub and its PostgreSQL, as it breaks between machines. */
export interface DatabaseLine {
  /** For `DATABASE_URL`: the database by way of the line. */
  url: string
  /** Cuts connections in the middle of what they do: before the server hears it, or before the client is answered. */
  cutOneIn(statements: number): void
  /** Nothing passes, and nobody is told: bytes are kept back until `restore`. */
  silence(): void
  /** Connections end, new ones are turned away. */
  refuse(): void
  /** As after the database moved: nothing more passes on the connections of now, new ones work. */
  forsake(): void
  restore(): void
  cuts(): number
  close(): Promise<void>
}

interface Pair {
  client: Socket
  server: Socket
}

/** `to`: the directory of PostgreSQL's socket. */
export async function openDatabaseLine(databaseUrl: string): Promise<DatabaseLine> {
  const to = new URL(databaseUrl)
  const path = `${decodeURIComponent(to.hostname)}/.s.PGSQL.5432`
  const pairs = new Set<Pair>()
  const forsaken = new Set<Pair>()
  let state: 'open' | 'silent' | 'refusing' = 'open'
  let oneIn = 0
  let statements = 0
  let cuts = 0

  const end = (pair: Pair) => {
    pairs.delete(pair)
    pair.client.destroy()
    pair.server.destroy()
  }
  const server = createServer((client) => {
    if (state === 'refusing') return client.resetAndDestroy()
    const pair = { client, server: connect(path) }
    pairs.add(pair)
    let isAnswerCut = false
    client.on('data', (bytes) => {
      statements += 1
      if (oneIn > 0 && statements % oneIn === 0) {
        cuts += 1
        if (cuts % 2 === 0) return end(pair)
        isAnswerCut = true
      }
      pair.server.write(bytes)
    })
    pair.server.on('data', (bytes) => (isAnswerCut ? end(pair) : client.write(bytes)))
    for (const socket of [client, pair.server]) {
      socket.on('error', () => end(pair))
      socket.on('close', () => end(pair))
    }
    if (state === 'silent') hold(pair)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  const hold = ({ client, server }: Pair) => {
    client.pause()
    server.pause()
  }
  return {
    url: `postgresql://${to.username}@127.0.0.1:${address.port}${to.pathname}`,
    cutOneIn: (count) => {
      oneIn = count
    },
    silence: () => {
      state = 'silent'
      for (const pair of pairs) hold(pair)
    },
    refuse: () => {
      state = 'refusing'
      for (const pair of pairs) end(pair)
    },
    forsake: () => {
      for (const pair of pairs) {
        hold(pair)
        forsaken.add(pair)
      }
      pairs.clear()
    },
    restore: () => {
      state = 'open'
      oneIn = 0
      for (const { client, server } of pairs) {
        client.resume()
        server.resume()
      }
    },
    cuts: () => cuts,
    close: async () => {
      for (const pair of [...pairs, ...forsaken]) end(pair)
      server.close()
      await once(server, 'close')
    },
  }
}
