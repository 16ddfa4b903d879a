import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'

it('the demo plays its day to the end, stays up with a sign-in, and leaves nothing running', async () => {
  const demo = spawn(process.execPath, ['--import', 'tsx', 'demo/demo.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = once(demo, 'exit')
  const isPlayed = new Promise<void>((resolve) => {
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Stop with Ctrl-C')) resolve()
    }
    demo.stdout.on('data', keep)
    demo.stderr.on('data', keep)
  })
  let url = ''
  try {
    await Promise.race([isPlayed, ended])
    expect(output).toContain('Still running. Open http://')
    expect(output).toMatch(/list of 1000 template messages to the end … 1000 sent, 1000 delivered, 0 failed/)
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? ''
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  } finally {
    demo.kill('SIGINT')
    await ended
  }
  await expect(fetch(`${url}/readyz`)).rejects.toThrow()
})
