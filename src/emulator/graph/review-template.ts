import type { Emulator } from '../emulator.ts'
import { epochSeconds } from '../world/clock.ts'
import type { Template, TemplateCategory, TemplateStatus } from '../world/templates.ts'

interface Verdict {
  status: TemplateStatus
  reason?: string | undefined
  /** `FIRST_PAUSE`, `SECOND_PAUSE`, `DISABLED` …: Meta's `other_info.title`. */
  title?: string | undefined
}

/**
 * Reviews a new or edited template after a while. Names choose: "reject" is rejected, "hold" stays pending,
 * a utility template with "promo" is approved as marketing; all others are approved.
 */
export function scheduleReview(emulator: Emulator, template: Template): void {
  emulator.timetable.after(emulator.world.settings.template_review_ms, () => {
    emulator.journal?.touch()
    if (emulator.world.templates.get(template.id) !== template || template.status !== 'PENDING') return
    if (template.name.includes('hold')) return
    if (template.name.includes('reject')) {
      giveVerdict(emulator, template, { status: 'REJECTED', reason: 'TAG_CONTENT_MISMATCH' })
      return
    }
    if (template.category === 'UTILITY' && template.name.includes('promo')) {
      template.previousCategory = 'UTILITY'
      template.category = 'MARKETING'
    }
    giveVerdict(emulator, template, { status: 'APPROVED' })
  })
}

/** Changes the status of a template and tells it. */
export function giveVerdict(emulator: Emulator, template: Template, verdict: Verdict): void {
  template.status = verdict.status
  template.rejectedReason = verdict.status === 'REJECTED' ? (verdict.reason ?? 'INVALID_FORMAT') : 'NONE'
  if (verdict.status === 'APPROVED' && template.quality === 'UNKNOWN') template.quality = 'GREEN'
  template.updatedMs = Date.now()
  const isPause = verdict.status === 'PAUSED' || verdict.status === 'DISABLED'
  const title = verdict.title ?? (verdict.status === 'PAUSED' ? 'FIRST_PAUSE' : 'DISABLED')
  const description = 'Recipients gave negative feedback on this template.'
  tellTemplateField(emulator, template, 'message_template_status_update', {
    event: verdict.status,
    reason: verdict.status === 'REJECTED' ? template.rejectedReason : 'NONE',
    message_template_category: template.category,
    ...(isPause ? { other_info: { title, description } } : {}),
  })
}

export function changeQuality(emulator: Emulator, template: Template, quality: Template['quality']): void {
  const previous = template.quality
  template.quality = quality
  template.updatedMs = Date.now()
  tellTemplateField(emulator, template, 'message_template_quality_update', {
    previous_quality_score: previous,
    new_quality_score: quality,
  })
}

/** The notice a day ahead: `new_category` is the one it still has. */
export function announceCategory(emulator: Emulator, template: Template, correct: TemplateCategory): void {
  template.correctCategory = correct
  tellTemplateField(emulator, template, 'template_category_update', {
    new_category: template.category,
    correct_category: correct,
    category_update_timestamp: epochSeconds(Date.now()) + 24 * 3600,
  })
}

export function changeCategory(emulator: Emulator, template: Template, category: TemplateCategory): void {
  template.previousCategory = template.category
  template.category = category
  template.correctCategory = undefined
  template.updatedMs = Date.now()
  tellTemplateField(emulator, template, 'template_category_update', {
    previous_category: template.previousCategory,
    new_category: category,
  })
}

function tellTemplateField(
  emulator: Emulator,
  template: Template,
  field: string,
  rest: Record<string, unknown>,
): void {
  const value = {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    // Webhooks write the language with a hyphen where the template API writes an underscore.
    message_template_language: template.language.replace('_', '-'),
    ...rest,
  }
  const entrySeconds = epochSeconds(Date.now())
  emulator.callbacks.tell({ wabaId: template.wabaId, field, entrySeconds, content: { kind: 'value', value } })
}
