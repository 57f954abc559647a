/* Beside the tabs: whom to talk to, what they want. */
import { PhoneOutlined } from '@ant-design/icons';
import { App } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { useOne } from '@/shared/api/hooks';
import { formatDecimal, formatPrice } from '@/shared/format';
import { useLang, useT } from '@/shared/i18n';
import { isRef, personName } from '@/shared/meta/cells';
import { fieldOf, type Ref, type Row } from '@/shared/meta/types';
import { recordPath } from '@/shared/paths';
import { useEntities, useEntity, useMe } from '@/shared/session';
import { Avatar, errorText } from '@/shared/ui';
import { nextStep } from './CardView';
import { useText } from './text';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function LeadAside({ row }: { row: Row }) {
  const t = useText();
  const me = useMe();
  const entities = useEntities();
  const link = (name: string, entity: string) => {
    const value = row[name];
    if (!isRef(value)) return <span className="dim">—</span>;
    return entities.has(entity) ? (
      <Link to={recordPath(entity, value.id)}>{value.label}</Link>
    ) : (
      value.label
    );
  };
  const next = nextStep(
    {
      next_follow_on: (row.next_follow_on as string | null) ?? null,
      is_overdue: row.is_overdue === true,
    },
    me.today,
    t,
  );
  return (
    <aside className="lead-aside">
      <section className="card card-body">
        <h2>{t('contact')}</h2>
        <Contact value={row.contact_id} merchant={row.merchant_id} />
      </section>
      <section className="card card-body">
        <h2>{t('needs')}</h2>
        <Needs row={row} />
      </section>
      <section className="card card-body">
        <dl className="aside-facts">
          <Fact label={t('owner')}>
            {isRef(row.owner_id) ? (
              <span className="row">
                <Avatar name={row.owner_id.label} size={20} />
                {row.owner_id.label}
              </span>
            ) : (
              <span className="dim">{t('nobody')}</span>
            )}
          </Fact>
          <Fact label={t('when')}>
            {next.ink ? (
              <span className={next.ink}>{next.text}</span>
            ) : (
              <span className="num">{String(row.next_follow_on)}</span>
            )}
          </Fact>
          <Fact label={t('merchant')}>{link('merchant_id', 'merchant')}</Fact>
          <Fact label={t('brand')}>{link('brand_id', 'brand')}</Fact>
          <Fact label={t('channel')}>
            {personName(row.channel_id) || <span className="dim">—</span>}
          </Fact>
        </dl>
      </section>
    </aside>
  );
}

function Contact({ value, merchant }: { value: unknown; merchant: unknown }) {
  const t = useText();
  const entities = useEntities();
  const person = useOne('contact', isRef(value) && entities.has('contact') ? value.id : undefined);
  if (!isRef(value)) {
    return (
      <p className="dim">
        {t('noContact')}{' '}
        {isRef(merchant) && (
          <Link to={`/e/merchant/${merchant.id}?tab=related`}>{t('addContact')}</Link>
        )}
      </p>
    );
  }
  return (
    <>
      <p className="row contact-name">
        <b>{value.label}</b>
        <span className="dim cut">{String(person.data?.role ?? '')}</span>
      </p>
      {person.data && <Numbers contact={value} row={person.data} />}
    </>
  );
}

const WAYS = ['mobile', 'phone', 'wechat'] as const;

function Numbers({ contact, row }: { contact: Ref; row: Row }) {
  const t = useText();
  const base = useT();
  const lang = useLang();
  const meta = useEntity('contact');
  const { message } = App.useApp();
  const [shown, setShown] = useState<Record<string, string>>({});
  const reveal = async (field: string) => {
    try {
      const answer = await api.post<{ value: string }>(`/api/contact/${contact.id}/reveal`, {
        field,
      });
      setShown((before) => ({ ...before, [field]: answer.value }));
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    }
  };
  return (
    <dl className="aside-facts">
      {WAYS.filter((name) => row[name]).map((name) => {
        const option = meta && fieldOf(meta, name)?.label;
        const label = typeof option === 'object' && option ? option[lang] : (option ?? name);
        const hidden = row.masked?.includes(name) && !(name in shown);
        const value = shown[name] ?? String(row[name]);
        return (
          <Fact key={name} label={label}>
            <span className="row">
              <span className="num">{value}</span>
              {hidden && row.can?.reveal !== false && (
                <button
                  type="button"
                  className="link-btn"
                  title={base('detail.revealTitle', { what: label })}
                  onClick={() => reveal(name)}
                >
                  {base('detail.reveal')}
                </button>
              )}
              {!hidden && name !== 'wechat' && (
                <a href={`tel:${value}`} aria-label={`${t('call')} ${value}`} title={t('call')}>
                  <PhoneOutlined />
                </a>
              )}
            </span>
          </Fact>
        );
      })}
    </dl>
  );
}

function Needs({ row }: { row: Row }) {
  const t = useText();
  const areas = [row.area_min, row.area_max].filter((one) => one && Number(one) > 0);
  const technical = (['needs_water', 'needs_gas', 'needs_exhaust'] as const).filter(
    (one) => row[one] === true,
  );
  const names = { needs_water: 'water', needs_gas: 'gas', needs_exhaust: 'exhaust' } as const;
  const none = <span className="dim">{t('noneSaid')}</span>;
  return (
    <>
      <dl className="aside-facts">
        <Fact label={t('category')}>{personName(row.category_id) || none}</Fact>
        <Fact label={t('area')}>
          {areas.length ? (
            <span className="num">
              {areas.map((one) => formatDecimal(String(one)).replace(/\.00$/, '')).join(' – ')}
              <span className="unit">㎡</span>
            </span>
          ) : (
            none
          )}
        </Fact>
        <Fact label={t('budget')}>
          {row.budget_price ? (
            <span className="num">
              {formatPrice(String(row.budget_price))}
              <span className="unit">{t('perM2Month')}</span>
            </span>
          ) : (
            none
          )}
        </Fact>
        {Boolean(row.floors_wish) && <Fact label={t('floors')}>{String(row.floors_wish)}</Fact>}
        {Boolean(row.opening_wish_on) && (
          <Fact label={t('opening')}>
            <span className="num">{String(row.opening_wish_on)}</span>
          </Fact>
        )}
        {(technical.length > 0 || Number(row.frontage_min) > 0) && (
          <Fact label={t('technical')}>
            {[
              ...technical.map((one) => t(names[one])),
              ...(Number(row.frontage_min) > 0
                ? [t('frontage', { n: Number(row.frontage_min) / 100 })]
                : []),
            ].join(t('and'))}
          </Fact>
        )}
      </dl>
      {Boolean(row.demand) && <p className="demand">{String(row.demand)}</p>}
    </>
  );
}
