export interface Answer {
  status: number
  headers: Headers
  text: string
  body: Record<string, unknown>
}

export interface Browser {
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

/** Calls the hub as a browser (keeps its cookie) or, with a key, as a program. */
export function openBrowser(url: string, key?: string): Browser {
  let cookie = ''
  return {
    async send(method, path, body, headers = {}) {
      const response = await fetch(`${url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(cookie ? { cookie } : {}),
          ...(key ? { authorization: `Bearer ${key}` } : {}),
          ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: readyToSend(body) }),
      })
      const set = response.headers.get('set-cookie')
      if (set) cookie = set.split(';', 1)[0] ?? ''
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') ?? false
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson ? JSON.parse(text) : {},
      }
    },
  }
}

function readyToSend(body: unknown): string | FormData {
  return typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body)
}

export function codeOf({ body }: Answer): unknown {
  const { error } = body
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
