import { ApiError, readError } from './api-error.ts'

type Query = Record<string, string | number | boolean | null | undefined>

/** A page of a list as every list route answers it. */
export interface Page<Item> {
  data: Item[]
  next_cursor: string | null
}

/** The hub's API under one base path. Every method throws ApiError and nothing else. */
export interface Api {
  /** Begins each query key: `api.key('list', id)` is read anew when the live topic `list` reports a change. */
  key(topic: string, ...parts: unknown[]): unknown[]
  /** Full path for `src`, `href` and EventSource. */
  url(path: string, query?: Query): string
  get<Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer>
  post<Answer>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  put<Answer>(path: string, body: unknown): Promise<Answer>
  patch<Answer>(path: string, body: unknown): Promise<Answer>
  remove(path: string): Promise<void>
  /** Multipart, with progress from 0 to 1 while the file goes up. */
  upload<Answer>(
    path: string,
    form: FormData,
    onProgress?: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<Answer>
}

/** `createApi('/api/v1')` for the person, `createApi('/api/v1/workspaces/acme')` for one workspace. */
export function createApi(base: string): Api {
  const url = (path: string, query: Query = {}) => `${base}${path}${queryText(query)}`
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    request(url(path), {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    })
  return {
    key: (topic, ...parts) => [base, topic, ...parts],
    url,
    get: async (path, query, signal) => (await request(url(path, query), { signal: signal ?? null })).json(),
    post: async (path, body, headers) => readBody(await send('POST', path, body, headers)),
    put: async (path, body) => readBody(await send('PUT', path, body)),
    patch: async (path, body) => readBody(await send('PATCH', path, body)),
    remove: async (path) => void (await send('DELETE', path)),
    upload: (path, form, onProgress, signal) => uploadForm(url(path), form, { onProgress, signal }),
  }
}

async function request(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { credentials: 'same-origin', ...init }).catch((error: Error) => {
    if (error.name === 'AbortError') throw error
    throw new ApiError('offline', error.message, 0)
  })
  if (!response.ok) throw await readError(response)
  return response
}

// A generic answer, because the hub checks what leaves it against the same contract.
async function readBody<Answer>(response: Response): Promise<Answer> {
  const text = await response.text()
  return JSON.parse(text === '' ? 'null' : text)
}

function queryText(query: Query): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

// XMLHttpRequest, because fetch tells nothing about how much of a body has gone up.
function uploadForm<Answer>(
  url: string,
  form: FormData,
  {
    onProgress,
    signal,
  }: { onProgress: ((share: number) => void) | undefined; signal: AbortSignal | undefined },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const upload = new XMLHttpRequest()
    upload.open('POST', url)
    upload.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    }
    upload.onerror = () => reject(new ApiError('offline', 'The upload broke off.', 0))
    upload.onload = () => {
      const response = new Response(upload.responseText, { status: upload.status })
      if (response.ok) readBody<Answer>(response).then(resolve, reject)
      else readError(response).then(reject)
    }
    signal?.addEventListener('abort', () => upload.abort())
    upload.onabort = () => reject(new ApiError('offline', 'The upload was stopped.', 0))
    upload.send(form)
  })
}
