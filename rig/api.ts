export interface Answer<Body = Record<string, unknown>> {
  status: number
  body: Body
}

export interface Api {
  get<Body = Record<string, unknown>>(path: string): Promise<Answer<Body>>
  send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>
  upload<Body = Record<string, unknown>>(
    path: string,
    fileName: string,
    content: string,
  ): Promise<Answer<Body>>
}

/** Calls the API as an outsider would; answers that aren't JSON come as `{ text }`. */
export function apiOf(url: string, key?: string): Api {
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` }
  async function call<Body>(path: string, init: RequestInit): Promise<Answer<Body>> {
    const response = await fetch(`${url}${path}`, { ...init, headers: { ...authorization, ...init.headers } })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return { status: response.status, body: isJson ? JSON.parse(text) : { text } }
  }
  return {
    get: (path) => call(path, {}),
    send: (method, path, body, headers = {}) =>
      call(path, {
        method,
        headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    upload: (path, fileName, content) => {
      const form = new FormData()
      form.append('file', new Blob([content], { type: 'text/csv' }), fileName)
      return call(path, { method: 'POST', body: form })
    },
  }
}

/** Asks again and again until `check` passes, and fails with its last complaint. */
export async function eventually<Result>(check: () => Promise<Result>, timeoutMs = 60_000): Promise<Result> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
