import type { ErrorTable } from './error-entry.ts'

const final = 'final' as const

/** Writing templates; mostly found as `error_subcode` under code 100. https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, read 2026-11-19. */
export const templateCreationErrors: ErrorTable = {
  2388019: {
    title: 'Template limit exceeded',
    reason: 'The account has as many templates as it may have.',
    advice: 'Delete templates you no longer use.',
    policy: final,
  },
  2388023: {
    title: 'Template is being deleted',
    reason: 'A template of this name and language is being deleted.',
    advice: 'Wait, or choose another name.',
    policy: final,
  },
  2388024: {
    title: 'Template exists already',
    reason: 'This template has content in this language already.',
    advice: 'Edit that template, or choose another name.',
    policy: final,
  },
  2388039: tooLong(),
  2388040: tooLong(),
  2388047: {
    title: 'Header format incorrect',
    reason: 'The header has a form that WhatsApp does not allow.',
    advice: 'Correct the header.',
    policy: final,
  },
  2388072: {
    title: 'Body format incorrect',
    reason: 'The body has a form that WhatsApp does not allow.',
    advice: 'Correct the body.',
    policy: final,
  },
  2388073: {
    title: 'Footer format incorrect',
    reason: 'The footer has a form that WhatsApp does not allow.',
    advice: 'Correct the footer.',
    policy: final,
  },
  2388293: {
    title: 'Too many parameters for the length',
    reason: 'There are too many variables for so short a text.',
    advice: 'Write more text, or use fewer variables.',
    policy: final,
  },
  2388299: {
    title: 'Leading or trailing parameters not allowed',
    reason: 'A variable stands at the very start or end of the text.',
    advice: 'Put words before the first and after the last variable.',
    policy: final,
  },
  200005: insights('Template insights are not available.'),
  200006: insights('Template insights cannot be turned off.'),
  200007: insights('Template insights are not turned on.'),
}

function tooLong() {
  return {
    title: 'Character limit exceeded',
    reason: 'A text of the template is too long.',
    advice: 'Shorten it.',
    policy: final,
  }
}

function insights(reason: string) {
  return {
    title: 'Template insights',
    reason,
    advice: 'Look at the settings in WhatsApp Manager.',
    policy: final,
  }
}
