import { IconShoppingCart } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../contract/index.ts'
import { listAt, numberAt, textAt } from './content.ts'
import classes from './message-content.module.css'
import { WhatsAppText } from './whatsapp-text.tsx'

/** A cart that somebody sent from the catalogue. */
export function OrderContent({ content }: Pick<Message, 'content'>) {
  const { t } = useTranslation('messages')
  const items = listAt(content.order, 'product_items')
  return (
    <div className={classes.card}>
      <IconShoppingCart size={22} aria-hidden />
      <div>
        <div>{t('ordered', { count: items.length })}</div>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the items of one order never move
          <div key={index} className={classes.quiet}>
            {itemWords(item)}
          </div>
        ))}
        {textAt(content.order, 'text') && <WhatsAppText text={textAt(content.order, 'text')} />}
      </div>
    </div>
  )
}

/** `2 × lamp-22 · 30 USD` */
function itemWords(item: unknown): string {
  const quantity = numberAt(item, 'quantity') ?? textAt(item, 'quantity')
  const price = numberAt(item, 'item_price') ?? textAt(item, 'item_price')
  const cost = [price, textAt(item, 'currency')].join(' ').trim()
  const product = textAt(item, 'product_retailer_id') || '?'
  return [quantity === '' ? product : `${quantity} × ${product}`, cost].filter(Boolean).join(' · ')
}
