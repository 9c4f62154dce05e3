/** Links that hand a destination over to the phone's map app, in the coordinate system that the app takes. Pure. */
import gcoord from 'gcoord';
import type { Position } from '#contract/common.ts';

export const mapApps = ['amap', 'baidu', 'tencent', 'system'] as const;
export type MapApp = (typeof mapApps)[number];

const rounded = (degrees: number) => degrees.toFixed(6);

/**
 * The link for an app. It carries the destination and `label`, a word that says nothing of the case, and no origin: the
 * app knows where it is. Amap and Tencent take GCJ-02, Baidu BD-09, `geo:` WGS-84 (RFC 5870).
 * Amap: URI API `navigation`; Baidu: URI API `map/direction`; Tencent: URI API v1 `routeplan`.
 */
export function handOffLink(app: MapApp, { lng, lat }: Position, label: string): string {
  const name = encodeURIComponent(label);
  switch (app) {
    case 'amap': {
      const at = converted([lng, lat], gcoord.GCJ02);
      return `https://uri.amap.com/navigation?to=${at.lng},${at.lat},${name}&mode=car&coordinate=gaode&callnative=1`;
    }
    case 'baidu': {
      const at = converted([lng, lat], gcoord.BD09);
      const to = `latlng:${at.lat},${at.lng}%7Cname:${name}`;
      return `baidumap://map/direction?destination=${to}&coord_type=bd09ll&mode=driving&src=jianmian`;
    }
    case 'tencent': {
      const at = converted([lng, lat], gcoord.GCJ02);
      return `https://apis.map.qq.com/uri/v1/routeplan?type=drive&to=${name}&tocoord=${at.lat},${at.lng}&referer=jianmian`;
    }
    case 'system':
      return `geo:${rounded(lat)},${rounded(lng)}?q=${rounded(lat)},${rounded(lng)}(${name})`;
  }
}

function converted(position: [number, number], system: typeof gcoord.GCJ02 | typeof gcoord.BD09) {
  const [lng, lat] = gcoord.transform(position, gcoord.WGS84, system);
  return { lng: rounded(lng!), lat: rounded(lat!) };
}
