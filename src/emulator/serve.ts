import { parseArgs } from 'node:util'
import { startEmulator } from './start-emulator.ts'

// The emulator as a process of its own: `npx tsx src/emulator/serve.ts --port 3001`.
// Prints one line of JSON once it listens, and stops at SIGTERM or SIGINT.
const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    seed: { type: 'string' },
    /** A directory: what is in it outlives the process. */
    state: { type: 'string' },
  },
})

const emulator = await startEmulator({
  host: values.host,
  port: Number(values.port),
  ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
  journal: values.state === undefined ? undefined : { directory: values.state, onFailure: end },
}).catch(end)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void emulator.stop().then(() => process.exit(0)))
}
console.log(JSON.stringify({ url: emulator.url, port: emulator.port }))

function end(error: unknown): never {
  console.error(`The emulator cannot go on: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
