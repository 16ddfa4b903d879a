import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A file that may take minutes on a slow line; only for routes that ask who it is before they read. */
    longBody?: true
  }
}

/**
 * Ends a request whose body is not here in time. Node's own limit is one for the whole server, and would cut uploads
 * of files off as well.
 */
export function limitBodyTime(bodyTimeoutMs: number) {
  return async ({ raw, routeOptions, server }: FastifyRequest): Promise<void> => {
    if (raw.complete || routeOptions.config?.longBody) return
    const timer = setTimeout(() => {
      if (raw.complete) return
      // The same event by which Node tells of its own limits: the client gets a 408.
      const error = Object.assign(new Error('The body came too slowly.'), {
        code: 'ERR_HTTP_REQUEST_TIMEOUT',
      })
      server.server.emit('clientError', error, raw.socket)
    }, bodyTimeoutMs)
    timer.unref()
    raw.once('end', () => clearTimeout(timer))
    raw.once('close', () => clearTimeout(timer))
  }
}
