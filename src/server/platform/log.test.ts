import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createLog, openLogFile } from './log.ts'
import { Secret } from './secret.ts'

function linesOf(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  write(
    createLog({
      level: 'info',
      destination: {
        write: (line) => {
          text += line
        },
      },
    }),
  )
  return text
}

describe('T46 secrets in logs', () => {
  it('shows a Secret as [redacted] whichever way it is turned into text', () => {
    const secret = new Secret('canary')
    const shown = [
      String(secret),
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }),
      linesOf((log) => log.info({ secret }, `${secret}`)),
    ]
    for (const text of shown) {
      expect(text).toContain('[redacted]')
      expect(text).not.toContain('canary')
    }
  })

  it.each([
    'Authorization: Bearer abcdefghijklmnop',
    'EAAGm0PX4ZCpsBAKZBcanarycanary',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLjSw',
    'pk_live_ZIrMLDZwi4Mg0zF2rqsd1arUtVluNqgf89Izl21-YRE',
    'postgres://parley:hunter22@db:5432/parley',
  ])('masks %s inside a message', (text) => {
    const line = linesOf((log) => log.info({ error: new Error(`it failed with ${text}`) }, text))
    expect(line).toContain('[redacted]')
    expect(line).not.toMatch(/abcdefghijklmnop|canary|MfKQ9r8|hunter22/)
  })

  it('masks fields that carry secrets by their name', () => {
    expect(linesOf((log) => log.info({ headers: { authorization: 'x1' }, access_token: 'x2' }))).not.toMatch(
      /x1|x2/,
    )
  })

  it('masks whole phone numbers and leaves ids, times and numbers alone', () => {
    const id = 'msg_0123456789abcdef0123456789abcdef'
    const line = linesOf((log) =>
      log.info({ to: '598091234567', id, count: 123456789012 }, 'sent to +598091234567'),
    )
    expect(line).not.toContain('598091234567')
    expect(JSON.parse(line)).toMatchObject({
      to: '598…67',
      id,
      count: 123456789012,
      message: 'sent to +59…67',
    })
  })
})

describe('T48 log injection', () => {
  it('shows of an error what helps to find the fault, and nothing that a driver hung on it', () => {
    const error = Object.assign(new Error('connection lost', { cause: new Error('read ECONNRESET') }), {
      code: '57P01',
      client: { password: 'canary', socket: {} },
    })
    const line = linesOf((log) => log.warn({ error }, 'statement failed'))
    expect(JSON.parse(line).error).toMatchObject({
      type: 'Error',
      message: 'connection lost',
      code: '57P01',
      cause: { message: 'read ECONNRESET' },
    })
    expect(line).not.toContain('canary')
    expect(line).not.toContain('client')
  })

  it('keeps a message with line breaks and escapes on one line', () => {
    const line = linesOf((log) => log.info({ name: 'a\n{"level":"error"}\u001b[31m' }, 'x\ny'))
    expect(line.trimEnd().split('\n')).toHaveLength(1)
    expect(line).not.toContain('\u001b')
  })
})

describe('a log that nobody can write', () => {
  it('does not end the hub', () => {
    const log = createLog({ level: 'info', destination: openLogFile('/dev/full') })
    for (let n = 0; n < 100; n++) log.info({ n }, 'line')
    expect(() => log.info('another line')).not.toThrow()
  })
})
