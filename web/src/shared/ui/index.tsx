/* Small pieces that every page uses. Light on purpose: nothing here pulls in a large part of antd. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ApiError } from '@/shared/api/client';
import { EMPTY, formatDecimal, formatMoney } from '@/shared/format';
import { type Label, useLabel, useT } from '@/shared/i18n';
import type { Tone } from '@/shared/meta/types';

export function StatusTag(props: { tone?: Tone | null | undefined; children: ReactNode }) {
  return <span className={`pill tone-${props.tone ?? 'gray'}`}>{props.children}</span>;
}

export function Money(props: { value: string | null | undefined }) {
  return <span className="num">{props.value ? formatMoney(props.value) : EMPTY}</span>;
}

export function Area(props: { value: string | null | undefined }) {
  if (!props.value) return <span className="num">{EMPTY}</span>;
  return (
    <span className="num">
      {formatDecimal(props.value)}
      <span className="unit">㎡</span>
    </span>
  );
}

export function Kbd(props: { children: ReactNode }) {
  return (
    <span aria-hidden="true">
      <kbd>{props.children}</kbd>
    </span>
  );
}

export function PageHead(props: {
  title: ReactNode;
  count?: ReactNode;
  crumb?: { to: string; label: Label }[];
  here?: ReactNode;
  children?: ReactNode;
}) {
  const label = useLabel();
  return (
    <header className="page-head">
      {props.crumb && (
        <nav className="crumb no-print" aria-label="breadcrumb">
          {props.crumb.map((one) => (
            <span key={one.to}>
              <Link to={one.to}>{label(one.label)}</Link>
              {' / '}
            </span>
          ))}
          {props.here ?? props.title}
        </nav>
      )}
      <h1>{props.title}</h1>
      {props.count !== undefined && <span className="count">{props.count}</span>}
      {props.children}
    </header>
  );
}

/* A line drawing of an empty shop front: what belongs here is not here yet. */
function ShopDrawing() {
  return (
    <svg
      viewBox="0 0 132 96"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <g strokeLinecap="round" strokeLinejoin="round">
        <path d="M14 86h104" />
        <path d="M26 86V40M106 86V40" />
        <path d="M22 24h88l6 14H16z" fill="var(--card)" />
        <path d="M16 38c0 8 12 8 12.500 0 0 8 12.500 8 12.500 0 0 8 12.500 8 12.500 0 0 8 12.500 8 12.500 0 0 8 12.500 8 12.500 0 0 8 12.500 8 12.500 0 0 8 12.500 8 12.500 0 0 8 12.500 8 12.500 0" />
        <path d="M36 24v-8h60v8" opacity=".55" />
        <rect x="34" y="54" width="34" height="22" rx="2" />
        <path d="M78 86V54h18v32M92 70v3" />
        <path d="M40 70l8-10M46 72l10-13" opacity=".45" />
        <path d="M6 86h4M122 86h4M112 14l4-4M116 20h5M110 9V4" opacity=".5" />
      </g>
    </svg>
  );
}

export function EmptyState(props: {
  title: ReactNode;
  text?: ReactNode;
  children?: ReactNode;
  small?: boolean;
}) {
  return (
    <div className="state" style={props.small ? { padding: '28px 16px' } : undefined}>
      {!props.small && <ShopDrawing />}
      <strong>{props.title}</strong>
      {props.text && <p>{props.text}</p>}
      {props.children && <div className="row wrap">{props.children}</div>}
    </div>
  );
}

export function ForbiddenState() {
  const t = useT();
  return <EmptyState title={t('state.forbiddenTitle')} text={t('state.forbiddenText')} />;
}

export function errorText(error: unknown, network: string): string {
  if (error instanceof ApiError) return error.code === 'network' ? network : error.message;
  return error instanceof Error ? error.message : String(error);
}

/* What went wrong in words, with retry and the number the administrator can look up. 403 and 404 read differently. */
export function ErrorState(props: { error: unknown; onRetry?: (() => void) | undefined }) {
  const t = useT();
  const { error, onRetry } = props;
  if (error instanceof ApiError && error.status === 403) return <ForbiddenState />;
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <div role="alert">
      <EmptyState
        title={missing ? t('detail.notFound') : t('state.errorTitle')}
        text={missing ? t('detail.notFoundText') : errorText(error, t('state.errorNetwork'))}
      >
        {onRetry && !missing && (
          <Button type="primary" onClick={onRetry}>
            {t('state.retry')}
          </Button>
        )}
      </EmptyState>
      {error instanceof ApiError && error.requestId && !missing && (
        <p className="dim" style={{ textAlign: 'center', paddingBottom: 24, fontSize: 12 }}>
          {t('state.requestId', { id: error.requestId })}
        </p>
      )}
    </div>
  );
}

export function Skeleton(props: { rows?: number; height?: number; label?: string }) {
  const t = useT();
  return (
    <div role="status" style={{ display: 'grid', gap: 12, padding: 16 }}>
      <span className="sr">{props.label ?? t('state.loading')}</span>
      {Array.from({ length: props.rows ?? 6 }, (_, i) => (
        <div
          key={i}
          className="skel"
          style={{ height: props.height ?? 18, width: `${[92, 78, 85, 64][i % 4]}%` }}
        />
      ))}
    </div>
  );
}

export function PageSkeleton() {
  return (
    <div>
      <div className="skel" style={{ width: 180, height: 26, marginBottom: 18 }} />
      <div className="card">
        <Skeleton rows={10} />
      </div>
    </div>
  );
}

export function Avatar(props: { name: string; size?: number }) {
  const size = props.size ?? 28;
  return (
    <span
      className="avatar"
      aria-hidden="true"
      style={{ width: size, height: size, fontSize: size * 0.46 }}
    >
      {props.name.slice(0, 1)}
    </span>
  );
}
