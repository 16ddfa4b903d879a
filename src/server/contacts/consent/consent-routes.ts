import { consentSettings, updateConsentSettings } from '../../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../../platform/index.ts'
import { changeConsentSettings } from './change-consent-settings.ts'
import { presentConsentSettings } from './present-consent-settings.ts'
import { selectConsentSettings } from './queries-consent-settings.ts'

const tags = ['Contacts']

export function registerConsentRoutes(app: HttpApp, ctx: Ctx): void {
  app.route({
    method: 'GET',
    url: '/consent-settings',
    config: { access: { role: 'agent', scope: 'read' } },
    schema: {
      tags,
      summary: 'The words that opt people out and in, and what they are answered',
      response: { 200: consentSettings },
    },
    handler: async (request) => {
      const { workspaceId } = actorOf(request)
      const row = await ctx.db.inWorkspace(workspaceId, (tx) => selectConsentSettings(tx, workspaceId))
      return presentConsentSettings(row)
    },
  })
  app.route({
    method: 'PUT',
    url: '/consent-settings',
    config: { access: { role: 'admin', scope: 'manage' } },
    schema: {
      tags,
      summary: 'Change the words that opt people out and in, and what they are answered',
      body: updateConsentSettings,
      response: { 200: consentSettings },
    },
    handler: (request) => changeConsentSettings(ctx, actorOf(request), request.body),
  })
}
