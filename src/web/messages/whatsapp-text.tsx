import { Fragment, type ReactNode } from 'react'
import classes from './whatsapp-text.module.css'
import { type Block, parseWhatsAppText, type Token } from './whatsapp-text.ts'

interface WhatsAppTextProps {
  text: string
  /** Values of `{{1}}`; one without a value is shown as its name. */
  values?: Record<string, string> | undefined
}

/** A message's text as WhatsApp shows it: formatting, links, line ends. */
export function WhatsAppText({ text, values }: WhatsAppTextProps) {
  return (
    <div className={classes.text} dir="auto">
      {parseWhatsAppText(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one text never move
        <BlockView key={index} block={block} values={values ?? {}} />
      ))}
    </div>
  )
}

function BlockView({ block, values }: { block: Block; values: Record<string, string> }) {
  switch (block.kind) {
    case 'mono':
      return <code className={classes.block}>{block.text}</code>
    case 'quote':
      return <div className={classes.quote}>{tokens(block.tokens, values)}</div>
    case 'item':
      return (
        <div className={classes.item}>
          <span>{block.marker}</span>
          <span>{tokens(block.tokens, values)}</span>
        </div>
      )
    case 'line':
      return <div className={classes.line}>{tokens(block.tokens, values)}</div>
  }
}

function tokens(all: Token[], values: Record<string, string>): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one line never move
  return all.map((token, index) => <Fragment key={index}>{tokenNode(token, values)}</Fragment>)
}

function tokenNode(token: Token, values: Record<string, string>): ReactNode {
  switch (token.kind) {
    case 'text':
      return token.text
    case 'bold':
      return <strong>{tokens(token.inner, values)}</strong>
    case 'italic':
      return <em>{tokens(token.inner, values)}</em>
    case 'strike':
      return <s>{tokens(token.inner, values)}</s>
    case 'mono':
      return <code className={classes.mono}>{token.text}</code>
    case 'link':
      return (
        <a href={token.href} target="_blank" rel="noreferrer noopener nofollow">
          {token.text}
        </a>
      )
    case 'variable':
      return values[token.key] ? (
        values[token.key]
      ) : (
        <span className={classes.variable}>{`{{${token.key}}}`}</span>
      )
  }
}
