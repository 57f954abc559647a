/* What each kind of deposit means in law, in words, wherever its name is shown: the name decides the effect. */
import type { Tone } from '@/shared/meta/types';

interface DepositKind {
  label: { zh: string; en: string };
  tone: Tone;
  effect: { zh: string; en: string };
}

export const DEPOSIT_KINDS: Record<string, DepositKind> = {
  none: {
    label: { zh: '不收', en: 'None' },
    tone: 'gray',
    effect: { zh: '不收取任何款项。', en: 'No money is taken.' },
  },
  earnest: {
    label: { zh: '定金', en: 'Earnest money (定金)' },
    tone: 'amber',
    effect: {
      zh: '适用定金罚则：交付方违约不得要求返还，收受方违约应双倍返还；超过主合同标的额 20% 的部分没有定金效力（民法典第 586、587 条）。',
      en: 'Earnest money: forfeited if the payer defaults, returned twofold if the receiver does; the part above 20 % of the contract has no such effect (civil code, articles 586 and 587).',
    },
  },
  sincerity: {
    label: { zh: '诚意金', en: 'Sincerity money (诚意金)' },
    tone: 'blue',
    effect: {
      zh: '没有定金效力：签约后抵作约定款项，未签约按约定退还，任何一方不承担双倍返还。',
      en: 'No effect of earnest money: set off as agreed once the lease is signed, otherwise returned; never twofold.',
    },
  },
  intention: {
    label: { zh: '意向金', en: 'Intention money (意向金)' },
    tone: 'blue',
    effect: {
      zh: '没有定金效力：仅表示意向，按约定抵扣或退还，任何一方不承担双倍返还。',
      en: 'No effect of earnest money: shows intention only, set off or returned as agreed; never twofold.',
    },
  },
  performance: {
    label: { zh: '履约保证金', en: 'Performance deposit' },
    tone: 'violet',
    effect: {
      zh: '担保履行合同：可按约定抵扣欠费和违约金，余额在合同终止并结清后无息退还；不适用定金罚则。',
      en: 'Secures performance: arrears and penalties may be deducted as agreed, the rest is returned after settlement; no earnest rule.',
    },
  },
  rent: {
    label: { zh: '租赁押金', en: 'Rent deposit' },
    tone: 'violet',
    effect: {
      zh: '担保租金与房屋完好：退租验收并结清后无息退还，可抵扣欠租与损坏赔偿。',
      en: 'Secures rent and the premises: returned after hand-back and settlement; unpaid rent and damage may be deducted.',
    },
  },
  fitout: {
    label: { zh: '装修押金', en: 'Fit-out deposit' },
    tone: 'violet',
    effect: {
      zh: '担保装修期间守规与公共设施完好：装修验收合格后退还。',
      en: 'Secures orderly fit-out and common property: returned once the fit-out is accepted.',
    },
  },
  quality: {
    label: { zh: '质量保证金', en: 'Quality deposit' },
    tone: 'violet',
    effect: {
      zh: '担保商品与服务质量：用于先行赔付消费者，退租后约定期满无投诉退还。',
      en: 'Secures goods and service: pays consumers first, returned after the agreed time without complaints.',
    },
  },
};

export const LEASE_DEPOSITS = [
  'performance',
  'rent',
  'fitout',
  'quality',
  'earnest',
  'intention',
  'sincerity',
];
