import { Agent, request } from 'undici'
import { payload } from './payload.ts'

// The ceiling: the HTTP client alone. No queue, no signature, no record of what became of it.
const [, , port = '', total = '', endpoints = ''] = process.argv
const concurrency = 64
const agent = new Agent({ connections: 64, pipelining: 1 })
let next = 0

console.log('ready')
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    while (next < Number(total)) {
      const n = next++
      const { body } = await request(`http://127.0.0.1:${port}/${n % Number(endpoints)}`, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: payload,
      })
      await body.dump()
    }
  }),
)
await agent.close()
