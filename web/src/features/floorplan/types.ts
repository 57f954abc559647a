/* What GET /api/floor/<id>/plan and GET /api/lead/<id>/match answer. */
import type { Ref } from '@/shared/meta/types';

export type Point = readonly [number, number];

export interface PlanUnit {
  id: string;
  no: string;
  /* null: not drawn yet */
  points: Point[] | null;
  area: string;
  status: string;
  category: Ref | null;
  brand: Ref | null;
  merchant: Ref | null;
  lease_id: string | null;
  end_on: string | null;
  price: string | null;
  hold_until: string | null;
  floor_price: string | null;
}

export interface Shape {
  kind: string;
  points: Point[];
}

export interface Plan {
  floor: Ref;
  on: string;
  width: number;
  height: number;
  shapes: Shape[];
  units: PlanUnit[];
  counts: Record<string, number>;
  area: { total: string; let: string };
}

export interface Match {
  unit: Ref;
  floor: Ref | null;
  status: string;
  area: string;
  free_from_on: string | null;
  score: number;
  reasons: { ok: boolean; text: string }[];
}

export type Mode = 'status' | 'category' | 'expiry' | 'rent';
export const MODES: Mode[] = ['status', 'category', 'expiry', 'rent'];
