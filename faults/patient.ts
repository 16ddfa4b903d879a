import type { Api } from '../rig/api.ts'

const patienceMs = 120_000

/** A caller who does not give up while those asked die under its hands: cut connections and 5xx are tried again. */
export function patient(api: Api): Api {
  async function answered<Answer extends { status: number; body: unknown }>(ask: () => Promise<Answer>) {
    const giveUpAt = Date.now() + patienceMs
    for (;;) {
      const answer = await ask().catch(() => null)
      if (answer !== null && answer.status < 500 && answer.status !== 429) return answer
      if (Date.now() > giveUpAt)
        throw new Error(`There is no answer: ${JSON.stringify(answer?.body ?? null)}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return {
    get: (path) => answered(() => api.get(path)),
    send: (method, path, body, headers) => answered(() => api.send(method, path, body, headers)),
    upload: (path, fileName, content) => answered(() => api.upload(path, fileName, content)),
  }
}
