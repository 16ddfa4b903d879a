import { type ErrorMeaning, meaning } from './error-meaning.ts'
import { TEMPLATE_AND_ACCOUNT_CODES } from './template-error-codes.ts'

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
  ...TEMPLATE_AND_ACCOUNT_CODES,
])
