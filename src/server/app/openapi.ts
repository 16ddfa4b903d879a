import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import * as contract from '../../contract/index.ts'
import type { Access, HttpApp } from '../platform/index.ts'
import { answersWithKey, tidyDocument } from './tidy-openapi.ts'

/** What endpoints of customers receive: no route leads to these. */
const webhookBodies = ['MessageReceivedEvent', 'MessageStatusEvent', 'ListEvent']

/** `/api/openapi.json` and the readable `/api/docs`, both from the contract. Register before the routes. */
export async function registerOpenApi(app: HttpApp, version: string): Promise<void> {
  const schemaRegistry = nameSchemas()
  const addSchemas = createJsonSchemaTransformObject({ schemaRegistry })
  const describeRoute = createJsonSchemaTransform({ schemaRegistry })
  await app.register(swagger, {
    openapi: describeProgram(version),
    transform: (route) => {
      const { schema, url } = describeRoute(route)
      const { access, answersWith } = route.route.config ?? {}
      if (!schema || !access) return { url, schema }
      const files = answersWith ? { [answersWithKey]: answersWith } : {}
      return { url, schema: { ...schema, ...describeAccess(access, schema), ...files } }
    },
    transformObject: (document) => tidyDocument(addSchemas(document), ['ErrorBody', ...webhookBodies]),
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true, theme: { title: 'Parley API' } })
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}

function describeProgram(version: string): NonNullable<FastifyDynamicSwaggerOptions['openapi']> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version,
      description: 'A self-hosted, multi-tenant WhatsApp Business hub.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        api_key: { type: 'http', scheme: 'bearer', description: 'An API key of the workspace.' },
        session: { type: 'apiKey', in: 'cookie', name: 'parley', description: 'Set by signing in.' },
      },
    },
    security: [{ api_key: [] }, { session: [] }],
  }
}

function describeAccess(access: Access, { description = '' }: { description?: string }) {
  if (access === 'public') return { security: [] }
  const { role, scope } = access
  const who = `API keys need the scope \`${scope}\`, people the role \`${role}\` or higher.`
  return { description: `${description} ${who}`.trim(), 'x-access': { role, scope } }
}

/** Every schema that the contract exports gets its name in the document: `contact` becomes `Contact`. */
function nameSchemas() {
  const registry = z.registry<{ id?: string }>()
  for (const [name, schema] of Object.entries(contract)) {
    // Queries become parameters one by one, which the generator can't read through a reference.
    if (!(schema instanceof z.ZodObject) || name.endsWith('Query')) continue
    registry.add(schema, { id: `${name.charAt(0).toUpperCase()}${name.slice(1)}` })
  }
  return registry
}
