/* The form under the ticked charges: amount, way, account, reference. More than is ticked stays as credit; nothing ticked pays the oldest first. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { useHotkeys } from '@/shared/hotkeys';
import { FieldsForm, useServerErrors } from '@/shared/meta/FieldsForm';
import { createBody, type FormValues, initialValues } from '@/shared/meta/formState';
import { type FieldMeta, fieldOf } from '@/shared/meta/types';
import { useEntity, useMay, useMe } from '@/shared/session';
import { isNothing, share } from './money';
import { useText } from './text';
import type { OpenCharge, PayerDetail } from './types';

const FORM = 'take-in';
const NAMES = ['amount', 'received_on', 'way', 'money_account_id', 'reference', 'payer'];

export function TakeIn(props: {
  payer: PayerDetail;
  choice: OpenCharge[];
  total: string;
  onDone: (receipt: string) => void;
}) {
  const t = useText();
  const me = useMe();
  const may = useMay();
  const client = useQueryClient();
  const [form] = Form.useForm();
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newKey);
  const meta = useEntity('receipt');
  const fields = useMemo(
    () => NAMES.map((name) => meta && fieldOf(meta, name)).filter(Boolean) as FieldMeta[],
    [meta],
  );
  const errors = useServerErrors(form, FORM, fields);
  const initial = useMemo(
    () => initialValues(fields, undefined, { received_on: me.today, payer: props.payer.name }),
    [fields, me.today, props.payer.name],
  );
  const { total } = props;
  useEffect(() => {
    if (!isNothing(total)) form.setFieldValue('amount', total);
  }, [form, total]);
  useHotkeys({ 'mod+s': () => form.submit() });
  if (!may('payment_order.receive') || fields.length === 0) return null;

  const send = async (values: FormValues) => {
    const body: Record<string, unknown> = {
      ...createBody(fields, values),
      merchant_id: props.payer.id,
    };
    if (props.choice.length) {
      body.choice = share(props.choice, String(body.amount));
    }
    setBusy(true);
    errors.clear();
    try {
      const receipt = await api.post<{ id: string }>('/api/cashier/receive', body, { key });
      form.resetFields();
      await refreshAll(client);
      props.onDone(receipt.id);
    } catch (error) {
      errors.place(error);
    } finally {
      setKey(newKey());
      setBusy(false);
    }
  };
  return (
    <section className="card card-body receive" aria-labelledby="take-in-title">
      <h2 id="take-in-title">{t('receive')}</h2>
      <p className="receive-note">
        {props.choice.length ? t('tickedNote', { n: props.choice.length }) : t('untickedNote')}
      </p>
      <FieldsForm
        form={form}
        name={FORM}
        groups={[{ label: '', fields }]}
        initial={initial}
        general={errors.general}
        onSubmit={send}
      >
        <div className="receive-foot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('confirmReceive')}
          </Button>
        </div>
      </FieldsForm>
    </section>
  );
}
