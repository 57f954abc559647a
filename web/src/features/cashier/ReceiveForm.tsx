/* Taking in money: the whole open amount unless somebody types another. The server judges amounts. */
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form } from 'antd';
import { useMemo, useState } from 'react';
import { ApiError, api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { formatMoney } from '@/shared/format';
import { useHotkeys } from '@/shared/hotkeys';
import { FieldsForm, useServerErrors } from '@/shared/meta/FieldsForm';
import { createBody, type FormValues, initialValues } from '@/shared/meta/formState';
import type { ActionMeta } from '@/shared/meta/types';
import { useMay, useMe } from '@/shared/session';
import { isNothing, less, waitingOf } from './money';
import { useText } from './text';
import type { Order } from './types';

export interface Done {
  kind: 'received' | 'registered';
  order: string;
  amount: string;
}

const FORM = 'receive';

export function ReceiveForm(props: {
  order: Order;
  action: ActionMeta;
  onDone: (done: Done) => void;
}) {
  const t = useText();
  const me = useMe();
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm();
  const [busy, setBusy] = useState<Done['kind']>();
  // A refused attempt is a new attempt; a repeated send of the same one is not.
  const [key, setKey] = useState(newKey);
  const { order, action } = props;
  const fields = action.fields ?? [];
  const errors = useServerErrors(form, FORM, fields);
  const waiting = waitingOf(order);
  const left = less(order.open, waiting);
  const initial = useMemo(
    () =>
      initialValues(action.fields ?? [], undefined, {
        amount: left,
        received_on: me.today,
        payer: order.merchant_id?.label,
      }),
    [action, left, me.today, order.merchant_id],
  );

  const send = async (kind: Done['kind'], values: FormValues) => {
    const body = createBody(fields, values);
    setBusy(kind);
    errors.clear();
    try {
      if (kind === 'received') {
        const path = `/api/payment_order/${order.id}/receive`;
        await api.post(path, { version: order.version, ...body }, { key });
      } else {
        await api.post('/api/receipt', { ...body, order_id: order.id }, { key });
      }
      await refreshAll(client);
      props.onDone({ kind, order: order.id, amount: String(body.amount) });
    } catch (error) {
      setKey(newKey());
      if (error instanceof ApiError && error.stale) {
        await refreshAll(client);
        message.warning(t('stale'), 6);
      } else errors.place(error);
    } finally {
      setBusy(undefined);
    }
  };
  const register = async () => {
    const values = await form.validateFields().catch(() => null);
    if (values) await send('registered', values);
  };
  useHotkeys({ 'mod+s': () => form.submit() });

  return (
    <section className="card card-body receive" aria-labelledby="receive-title">
      <h2 id="receive-title">{t('receive')}</h2>
      {!isNothing(waiting) && (
        <p className="receive-note">
          {isNothing(left)
            ? t('fullyWaiting')
            : t('waitingNote', { amount: formatMoney(waiting), left: formatMoney(left) })}
        </p>
      )}
      <FieldsForm
        form={form}
        name={FORM}
        groups={[{ label: '', fields }]}
        initial={initial}
        general={errors.general}
        onSubmit={(values) => send('received', values)}
      >
        <div className="receive-foot">
          {may('receipt.create') && (
            <Button
              loading={busy === 'registered'}
              disabled={busy !== undefined}
              onClick={register}
            >
              {t('registerOnly')}
            </Button>
          )}
          <Button
            type="primary"
            htmlType="submit"
            loading={busy === 'received'}
            disabled={busy !== undefined}
          >
            {t('confirmReceive')}
          </Button>
        </div>
      </FieldsForm>
    </section>
  );
}
