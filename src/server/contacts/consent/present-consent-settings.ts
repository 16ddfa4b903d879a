import type { ConsentSettings } from '../../../contract/index.ts'
import { defaultConsentWords } from './consent-word.ts'
import type { ConsentSettingsRow } from './queries-consent-settings.ts'

/** Those the hub comes with where nobody has chosen. */
export function presentConsentSettings(row: ConsentSettingsRow | null): ConsentSettings {
  const { stop_words, start_words } = row ?? defaultConsentWords
  return {
    stop_words: [...stop_words],
    start_words: [...start_words],
    stop_confirmation: row?.stop_confirmation ?? null,
    start_confirmation: row?.start_confirmation ?? null,
    defaults: {
      stop_words: [...defaultConsentWords.stop_words],
      start_words: [...defaultConsentWords.start_words],
    },
    updated_at: row?.updated_at.toISOString() ?? null,
  }
}
