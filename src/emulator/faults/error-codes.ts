export interface ErrorMeaning {
  httpStatus: number
  title: string
  details: string
}

const meaning = (httpStatus: number, title: string, details: string): ErrorMeaning => ({
  httpStatus,
  title,
  details,
})

// Meta, "Error codes" page of the Cloud API, as of November 2025, and its later changelog entries.
// HTTP status is that of a synchronous refusal; in a `failed` status only title and details appear.
export const ERROR_CODES: ReadonlyMap<number, ErrorMeaning> = new Map([
  [0, meaning(401, 'AuthException', 'We were unable to authenticate the app user.')],
  [1, meaning(400, 'API Unknown', 'Invalid request or possible server error.')],
  [2, meaning(503, 'API Service', 'Temporary due to downtime or due to being overloaded.')],
  [3, meaning(500, 'API Method', 'Capability or permissions issue.')],
  [4, meaning(400, 'API Too Many Calls', 'The app has reached its API call rate limit.')],
  [10, meaning(403, 'Permission Denied', 'Permission is either not granted or has been removed.')],
  [33, meaning(400, 'Parameter value is not valid', 'The business phone number has been deleted.')],
  [100, meaning(400, 'Invalid parameter', 'The request included unsupported or misspelled parameters.')],
  [190, meaning(401, 'Access token has expired', 'Your access token has expired.')],
  [200, meaning(403, 'API Permission', 'The system user has no permission for this asset.')],
  [
    368,
    meaning(403, 'Temporarily blocked for policies violations', 'The account was restricted or disabled.'),
  ],
  [1026, meaning(400, 'Receiver incapable', "The recipient's client cannot show this message.")],
  [2200, meaning(400, 'Callback verification failed', 'The callback URL did not answer the challenge.')],
  [80007, meaning(400, 'Rate limit issues', 'The WhatsApp Business Account has reached its rate limit.')],
  [130403, meaning(400, 'Blocked by business', 'The recipient is on the block list of the business.')],
  [
    130429,
    meaning(
      400,
      'Rate limit hit',
      'Message failed to send because there were too many messages sent from this phone number in a short period of time.',
    ),
  ],
  [
    130472,
    meaning(
      400,
      "User's number is part of an experiment",
      "Failed to send message because this user's phone number is part of an experiment.",
    ),
  ],
  [
    130497,
    meaning(
      403,
      'Business account is restricted from messaging users in this country',
      'The account may not message users of this country.',
    ),
  ],
  [131000, meaning(500, 'Something went wrong', 'Message failed to send due to an unknown error.')],
  [131005, meaning(403, 'Access denied', 'Permission is either not granted or has been removed.')],
  [131008, meaning(400, 'Required parameter is missing', 'The request is missing a required parameter.')],
  [131009, meaning(400, 'Parameter value is not valid', 'One or more parameter values are invalid.')],
  [131016, meaning(500, 'Service unavailable', 'A service is temporarily unavailable.')],
  [131021, meaning(400, 'Recipient cannot be sender', 'Sender and recipient phone number is the same.')],
  [131026, meaning(400, 'Message undeliverable', 'Message Undeliverable.')],
  [
    131030,
    meaning(
      400,
      'Recipient phone number not in allowed list',
      'Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.',
    ),
  ],
  [
    131031,
    meaning(
      403,
      'Account has been locked',
      'The account has been restricted or disabled for a policy violation.',
    ),
  ],
  [
    131035,
    meaning(
      400,
      'Webhook not delivered within retention',
      'The webhook could not be delivered within the retention period.',
    ),
  ],
  [
    131037,
    meaning(
      400,
      'Display name approval needed',
      'The display name of this phone number needs approval before messages can be sent.',
    ),
  ],
  [
    131042,
    meaning(
      400,
      'Business eligibility payment issue',
      'Message failed to send because there were one or more errors related to your payment method.',
    ),
  ],
  [131043, meaning(400, 'Message expired', 'The message was not delivered within its time to live.')],
  [
    131045,
    meaning(500, 'Incorrect certificate', 'Message failed to send due to a phone number registration error.'),
  ],
  [
    131047,
    meaning(
      400,
      'Re-engagement message',
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    ),
  ],
  [
    131048,
    meaning(
      400,
      'Spam rate limit hit',
      'Message failed to send because there are restrictions on how many messages can be sent from this phone number.',
    ),
  ],
  [
    131049,
    meaning(
      400,
      'This message was not delivered to maintain healthy ecosystem engagement.',
      'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.',
    ),
  ],
  [
    131050,
    meaning(
      400,
      'User has stopped marketing messages',
      'The user has chosen to stop receiving marketing messages from this business.',
    ),
  ],
  [131051, meaning(400, 'Unsupported message type', 'Message type is currently not supported.')],
  [131052, meaning(400, 'Media download error', 'Unable to download the media sent by the user.')],
  [131053, meaning(400, 'Media upload error', 'Unable to upload the media used in the message.')],
  [131055, meaning(400, 'Method not allowed', 'Only marketing templates are supported on this API.')],
  [
    131056,
    meaning(
      400,
      '(Business Account, Consumer Account) pair rate limit hit',
      'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
    ),
  ],
  [131057, meaning(500, 'Account in maintenance mode', 'The business account is in maintenance mode.')],
  [131059, meaning(400, 'Invalid paging cursor', 'The paging cursor is not valid.')],
  [
    131062,
    meaning(
      400,
      'Recipient not supported',
      'Authentication templates cannot be sent to a business-scoped user id.',
    ),
  ],
  [131063, meaning(400, 'Marketing messages disabled on this API', 'Use the marketing messages endpoint.')],
  [
    131064,
    meaning(
      400,
      'Messaging limit exceeded due to template classification violations',
      'The account is limited for mis-categorised templates.',
    ),
  ],
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
])
