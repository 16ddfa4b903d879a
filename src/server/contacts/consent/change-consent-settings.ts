import type { ConsentSettings, UpdateConsentSettings } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { checkConsentWords } from './consent-word.ts'
import { presentConsentSettings } from './present-consent-settings.ts'
import { selectConsentSettings, upsertConsentSettings } from './queries-consent-settings.ts'

/** Throws validation_failed for words without a letter, and for those that would mean both. */
export async function changeConsentSettings(
  ctx: Ctx,
  actor: Actor,
  input: UpdateConsentSettings,
): Promise<ConsentSettings> {
  const checked = checkConsentWords(input)
  if (!checked.ok) {
    const { fields } = checked
    throw new ParleyError('validation_failed', fields[0]?.message ?? 'These words can not be used.', {
      fields,
    })
  }
  const { stop_words, start_words } = checked
  const settings = { ...input, stop_words, start_words }
  const { workspaceId } = actor
  return await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectConsentSettings(tx, workspaceId)
    await upsertConsentSettings(tx, workspaceId, settings)
    await recordAudit(tx, actor, {
      action: 'consent_settings.changed',
      ...(before === null ? {} : { before }),
      after: settings,
    })
    return presentConsentSettings(await selectConsentSettings(tx, workspaceId))
  })
}
