import { existsSync } from 'node:fs'
import helmet from '@fastify/helmet'
import staticFiles from '@fastify/static'
import type { FastifyReply } from 'fastify'
import { type HttpApp, ParleyError } from '../platform/index.ts'
import { webDir } from './project-files.ts'

const yearSeconds = 31_536_000

/** The web: its files, and the one page for every address that the browser's router knows. */
export async function registerPages(app: HttpApp): Promise<void> {
  await app.register(async (pages) => {
    // Only here: on JSON answers its headers say nothing and cost a third of the speed.
    await pages.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          // Mantine writes its colour scheme into style attributes.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          mediaSrc: ["'self'", 'blob:'],
          objectSrc: ["'none'"],
          baseUri: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      xFrameOptions: { action: 'deny' },
      // Set-up and invitation links carry a token in their address.
      referrerPolicy: { policy: 'no-referrer' },
      // Who serves over https says so in front of the hub; on a laptop it would lock the browser out.
      strictTransportSecurity: false,
    })
    const isBuilt = existsSync(`${webDir}/index.html`)
    if (isBuilt) {
      await pages.register(staticFiles, {
        root: webDir,
        index: false,
        serve: false,
        preCompressed: true,
      })
    }
    pages.get('/assets/*', { schema: { hide: true } }, async (request, reply) =>
      sendAsset(reply, request.url, isBuilt),
    )
    pages.get('/*', { schema: { hide: true } }, async (request, reply) => {
      const path = pathOf(request.url)
      if (path.startsWith('/api/') || path.startsWith('/webhooks/')) throw nothingHere()
      if (/\.[a-z0-9]{2,5}$/i.test(path)) return sendFile(reply, path, isBuilt)
      return sendPage(reply, isBuilt)
    })
  })
}

/** Names of built files carry a hash of their content, so they never change. */
function sendAsset(reply: FastifyReply, url: string, isBuilt: boolean): FastifyReply {
  if (!isBuilt) throw nothingHere()
  return reply.sendFile(pathOf(url), { immutable: true, maxAge: yearSeconds * 1_000 })
}

function sendFile(reply: FastifyReply, path: string, isBuilt: boolean): FastifyReply {
  if (!isBuilt) throw nothingHere()
  return reply.sendFile(path, { maxAge: 3_600_000 })
}

function sendPage(reply: FastifyReply, isBuilt: boolean): FastifyReply {
  if (isBuilt) {
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
  }
  return reply
    .code(503)
    .type('text/html; charset=utf-8')
    .serializer(String)
    .send(
      '<!doctype html><title>Parley</title><p>The pages are not built yet. Run <code>npm run build</code>.</p>',
    )
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '/'
}

function nothingHere(): ParleyError {
  return new ParleyError('not_found', 'There is nothing at this address.')
}
