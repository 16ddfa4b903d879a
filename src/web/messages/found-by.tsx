import { IconShoppingBag, IconSpeakerphone } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../contract/index.ts'
import { textAt } from './content.ts'
import classes from './message-content.module.css'

/** What brought somebody here: an ad or a post they came from, or a product they ask about. */
export function FoundBy({ content }: Pick<Message, 'content'>) {
  const { t } = useTranslation('messages')
  const { referral, referred_product } = content
  const product = textAt(referred_product, 'product_retailer_id')
  const ad = textAt(referral, 'headline') || textAt(referral, 'body') || textAt(referral, 'source_url')
  if (product !== '')
    return (
      <div className={classes.quiet}>
        <IconShoppingBag size={14} aria-hidden /> {t('aboutProduct', { product })}
      </div>
    )
  if (ad === '') return null
  return (
    <div className={classes.quiet}>
      <IconSpeakerphone size={14} aria-hidden />{' '}
      {textAt(referral, 'source_type') === 'post' ? t('fromPost', { ad }) : t('fromAd', { ad })}
    </div>
  )
}
