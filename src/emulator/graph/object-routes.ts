import type { FastifyInstance } from 'fastify'
import type { Emulator } from '../emulator.ts'
import { missingObject } from '../faults/faults.ts'
import type { Json } from '../json.ts'
import { describeApp } from './app-routes.ts'
import { describeNumber, NUMBER_DEFAULT_FIELDS } from './describe-number.ts'
import { describeTemplate, TEMPLATE_DEFAULT_FIELDS } from './describe-template.ts'
import { pickFields } from './fields.ts'
import { appOf, type GraphAnswer, type GraphCall, graphRoute, numberOf, wabaOf } from './graph-route.ts'
import { deleteMedia, describeMedia, mediaOf } from './media-routes.ts'
import { changeNumber } from './number-routes.ts'
import { editTemplate, templateOf } from './template-routes.ts'
import { describeWaba, WABA_DEFAULT_FIELDS } from './waba-routes.ts'

/** `/{id}` alone: the id decides whether it is a number, an account, a template, an app or a file. */
export function registerObjectRoutes(http: FastifyInstance, emulator: Emulator): void {
  graphRoute(http, emulator, 'GET', '/:id', showObject)
  graphRoute(http, emulator, 'POST', '/:id', changeObject)
  graphRoute(http, emulator, 'DELETE', '/:id', deleteMedia)
}

function showObject(call: GraphCall): GraphAnswer {
  const { world } = call.emulator
  const { objectId: id } = call
  if (world.numbers.has(id)) {
    const number = numberOf(call)
    return 'code' in number
      ? { fault: number }
      : picked(call, describeNumber(world, number), NUMBER_DEFAULT_FIELDS)
  }
  if (world.wabas.has(id)) {
    const waba = wabaOf(call)
    return 'code' in waba ? { fault: waba } : picked(call, describeWaba(world, waba), WABA_DEFAULT_FIELDS)
  }
  if (world.templates.get(id) !== undefined) {
    const template = templateOf(call)
    return 'code' in template
      ? { fault: template }
      : picked(call, describeTemplate(template), TEMPLATE_DEFAULT_FIELDS)
  }
  if (world.apps.has(id)) {
    const app = appOf(call)
    return 'code' in app ? { fault: app } : picked(call, describeApp(app), ['id', 'name', 'link'])
  }
  const media = mediaOf(call)
  return media === undefined ? { fault: missingObject(id, 'GET') } : describeMedia(call, media)
}

function picked(call: GraphCall, known: Json, defaults: readonly string[]): GraphAnswer {
  const described = pickFields(known, call.params.fields, defaults)
  return 'fault' in described ? described : described.picked
}

async function changeObject(call: GraphCall): Promise<GraphAnswer> {
  if (call.emulator.world.templates.get(call.objectId) !== undefined) {
    const template = templateOf(call)
    return 'code' in template ? { fault: template } : editTemplate(call, template)
  }
  const number = numberOf(call)
  return 'code' in number ? { fault: number } : changeNumber(call, number)
}
