import { describe, expect, it } from 'vitest'
import { everything } from '../platform/index.ts'
import { seedWorkspace } from '../platform/testing/index.ts'
import { createApiKey, revokeApiKey } from '../workspaces/index.ts'
import { startTestServer } from './testing/start-test-server.ts'

const { ctx, url } = await startTestServer()

async function listen(secret: string) {
  const aborter = new AbortController()
  const response = await fetch(`${url}/api/v1/live`, {
    headers: { authorization: `Bearer ${secret}` },
    signal: aborter.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('The stream has no body.')
  let seen = ''
  return {
    response,
    /** Everything heard up to and with the text. */
    async until(text: string): Promise<string> {
      while (!seen.includes(text)) {
        const { value, done } = await reader.read()
        if (done) throw new Error(`The stream ended before "${text}": ${seen}`)
        seen += value
      }
      return seen
    },
    async untilEnd(): Promise<void> {
      while (!(await reader.read()).done);
    },
    close: () => aborter.abort(),
  }
}

describe('the live stream', () => {
  it('T33 tells what changed in its own workspace and nothing of another', async () => {
    const mine = await seedWorkspace(ctx)
    const other = await seedWorkspace(ctx)
    const { secret } = await createApiKey(ctx, mine.owner, { name: 'x', scopes: ['read'] })
    const stream = await listen(secret)
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream')
    await stream.until('retry: 1000')
    ctx.live.changed(other.workspaceId, { topic: 'message', id: 'msg_other' })
    ctx.live.changed(mine.workspaceId, { topic: 'list', id: 'lst_1' })
    ctx.live.changed(mine.workspaceId, { topic: 'list', id: 'lst_2' })
    ctx.live.changed(mine.workspaceId, { topic: 'message', id: 'msg_last' })
    const seen = await stream.until('msg_last')
    expect(seen).not.toContain('msg_other')
    expect(seen).toContain('lst_1')
    expect(seen).toContain('lst_2')
    for (const line of seen.split('\n').filter((each) => each.startsWith('data: '))) {
      expect(JSON.parse(line.slice(6))).toEqual({ topic: expect.any(String), ids: expect.any(Array) })
    }
    stream.close()
  })

  it('ends when changes may have been missed, so that the browser connects again and reads everything anew', async () => {
    const { owner, workspaceId } = await seedWorkspace(ctx)
    const { secret } = await createApiKey(ctx, owner, { name: 'x', scopes: ['read'] })
    const stream = await listen(secret)
    await stream.until('retry: 1000')
    ctx.live.changed(workspaceId, { topic: everything, id: everything })
    await stream.untilEnd()
  })

  it('is refused without a credential', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { id, secret } = await createApiKey(ctx, owner, { name: 'x', scopes: ['read'] })
    await revokeApiKey(ctx, owner, id)
    const { response } = await listen(secret)
    expect(response.status).toBe(401)
  })
})
