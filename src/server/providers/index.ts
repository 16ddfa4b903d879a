export type { Channel, OutgoingMessage } from './channel.ts'
export type { Connection, GupshupConnection, MetaConnection } from './connection.ts'
export { describeError } from './describe-error.ts'
export { parseExactly, writeExactly } from './exact-json.ts'
export type {
  AccountFact,
  AddressBookFact,
  BillingFact,
  CallFact,
  ClickFact,
  ContactChangeFact,
  ConversionFact,
  EchoFact,
  ErrorFact,
  Fact,
  FactOrigin,
  GroupFact,
  HistoryFact,
  Json,
  JsonObject,
  MessageFact,
  NumberFact,
  PastMessage,
  PreferenceFact,
  Pricing,
  ReactionFact,
  StatusFact,
  StatusKind,
  TemplateFact,
  UnknownFact,
} from './fact.ts'
export type { GupshupClient, RatingsReading, WalletReading } from './gupshup/gupshup-client.ts'
export { type ParsedGupshupWebhook, parseGupshupWebhook } from './gupshup/parse/parse-gupshup-webhook.ts'
export { isPairLimit, isTooFast, pairLimits } from './limit-codes.ts'
export { codesWith, listErrors } from './list-errors.ts'
export type { ErrorDescription, ErrorPolicy } from './meta/describe-error.ts'
export type {
  AppSubscription,
  MediaReading,
  MessagePayload,
  MetaClient,
  NumberReading,
  SendOptions,
  SubscribedApp,
  TemplateReading,
  TokenReading,
  WabaReading,
} from './meta/meta-client.ts'
export { type ParsedWebhook, parseMetaWebhook } from './meta/parse/parse-webhook.ts'
export { verifyMetaSignature } from './meta/verify-signature.ts'
export type { ProviderAnswer, ProviderError } from './provider-error.ts'
export { createProviders, type Providers, type ProvidersOptions, type ServerCtx } from './providers.ts'
export type { NewSandboxAccount, SandboxAccount, SandboxClient } from './sandbox/sandbox-client.ts'
export type { SendOutcome } from './send-outcome.ts'
