export type { Connection } from './connection.ts'
export type {
  AccountFact,
  ContactChangeFact,
  Fact,
  FactOrigin,
  Json,
  JsonObject,
  MessageFact,
  NumberFact,
  PreferenceFact,
  Pricing,
  ReactionFact,
  StatusFact,
  StatusKind,
  TemplateFact,
  UnknownFact,
} from './fact.ts'
export type {
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
export type { ProviderAnswer, ProviderError } from './provider-error.ts'
export type { Providers, ServerCtx } from './providers.ts'
export type { SendOutcome } from './send-outcome.ts'
