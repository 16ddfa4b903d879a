import { type ErrorMeaning, meaning } from './error-meaning.ts'

/** Codes of templates, flows, registration, marketing messages and blocked users. */
export const TEMPLATE_AND_ACCOUNT_CODES: ReadonlyArray<readonly [code: number, meaning: ErrorMeaning]> = [
  [
    132000,
    meaning(
      400,
      'Number of parameters does not match the expected number of params',
      'The number of variable values does not match the template.',
    ),
  ],
  [
    132001,
    meaning(
      404,
      'Template name does not exist in the translation',
      'The template does not exist in this language or is not approved.',
    ),
  ],
  [132005, meaning(400, 'Translated text too long', 'The hydrated text of the template is too long.')],
  [
    132007,
    meaning(
      400,
      'Template format character policy violated',
      'The content of the template violates a policy.',
    ),
  ],
  [
    132012,
    meaning(
      400,
      'Parameter format does not match format in the created template',
      'A variable value is in the wrong format.',
    ),
  ],
  [132015, meaning(400, 'Template is paused', 'The template is paused due to low quality.')],
  [
    132016,
    meaning(
      400,
      'Template is disabled',
      'The template was paused too many times due to low quality and is now disabled.',
    ),
  ],
  [
    132018,
    meaning(
      400,
      'There was an issue with the template parameters',
      'Param text cannot have new-line/tab characters or more than 4 consecutive spaces.',
    ),
  ],
  [132068, meaning(400, 'Flow is blocked', 'The flow is in blocked state.')],
  [
    132069,
    meaning(400, 'Flow is throttled', 'The flow is throttled; ten messages were sent within the last hour.'),
  ],
  [133000, meaning(500, 'Incomplete deregistration', 'A previous deregistration failed.')],
  [133004, meaning(503, 'Server temporarily unavailable', 'The server is temporarily unavailable.')],
  [133005, meaning(400, 'Two step verification PIN mismatch', 'The two-step verification PIN is incorrect.')],
  [
    133006,
    meaning(
      400,
      'Phone number re-verification needed',
      'The phone number needs to be verified before registering.',
    ),
  ],
  [
    133010,
    meaning(
      400,
      'Phone number not registered',
      'The phone number is not registered on the WhatsApp Business Platform.',
    ),
  ],
  [
    133015,
    meaning(
      400,
      'Please wait a few minutes before attempting to register this phone number',
      'The phone number was recently deleted.',
    ),
  ],
  [
    133016,
    meaning(
      400,
      'Account register deregister rate limit exceeded',
      'Registration or deregistration failed: too many attempts within 72 hours.',
    ),
  ],
  [134101, meaning(400, 'Template is still syncing', 'The template is syncing; try again in ten minutes.')],
  [
    135000,
    meaning(
      400,
      'Generic user error',
      'Message failed to send because of an unknown error with your request parameters.',
    ),
  ],
  [137000, meaning(400, 'Identity key hash mismatch', "The recipient's identity key has changed.")],
  [
    139100,
    meaning(400, 'Failed to block/unblock some users', 'Some users could not be blocked or unblocked.'),
  ],
]
