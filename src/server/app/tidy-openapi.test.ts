import { describe, expect, it } from 'vitest'
import { tidyDocument } from './tidy-openapi.ts'

const to = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } })

describe('the API document', () => {
  const document = tidyDocument(
    {
      paths: {
        '/things': {
          post: {
            requestBody: { content: { 'application/json': to('CreateThingInput') } },
            responses: {
              200: { description: 'Default Response', content: { 'application/json': to('Thing') } },
            },
          },
          delete: { responses: { 200: { description: 'Default Response' } } },
        },
        '/api/v1/small-things/{id}/export': {
          get: { responses: { 200: { description: 'Default Response' } }, 'x-answers-with': ['text/csv'] },
        },
      },
      components: {
        schemas: {
          Thing: { properties: { part: to('Part').schema } },
          ThingInput: {},
          Part: {},
          PartInput: {},
          CreateThing: {},
          CreateThingInput: { properties: { part: to('PartInput').schema } },
          ErrorBody: {},
          Unused: {},
        },
      },
    },
    ['ErrorBody'],
  )

  it('keeps the schemas that a route leads to, however many steps away', () => {
    expect(Object.keys(document.components?.schemas ?? {})).toEqual([
      'CreateThing',
      'ErrorBody',
      'Part',
      'PartInput',
      'Thing',
    ])
  })

  it('calls what is only sent by its plain name, also where it is referred to', () => {
    expect(JSON.stringify(document)).toContain('"#/components/schemas/CreateThing"')
    expect(JSON.stringify(document)).not.toContain('CreateThingInput')
  })

  it('names each route, and says which kinds of file it answers with', () => {
    expect(document.paths?.['/api/v1/small-things/{id}/export']).toMatchObject({
      get: {
        operationId: 'getSmallThingsByIdExport',
        responses: { 200: { description: 'OK', content: { 'text/csv': {} } } },
      },
    })
    expect(JSON.stringify(document)).not.toContain('x-answers-with')
  })

  it('says what comes when something is wrong, and that an empty answer is empty', () => {
    expect(document.paths?.['/things']).toMatchObject({
      post: {
        responses: {
          200: { description: 'OK' },
          default: { content: { 'application/json': to('ErrorBody') } },
        },
      },
      delete: { responses: { 204: { description: 'Done' } } },
    })
  })
})
