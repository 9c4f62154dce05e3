/** Colours of the base map: quiet on purpose, so that only operational marks are bright. */
import type { Theme } from '../../ui/tokens.ts';

export interface BasemapPalette {
  land: string;
  water: string;
  waterEdge: string;
  waterText: string;
  landuse: Record<
    'green' | 'wood' | 'farm' | 'industrial' | 'built' | 'commercial' | 'civic' | 'bare',
    string
  >;
  greenText: string;
  building: string;
  buildingEdge: string;
  buildingSide: string;
  /** Fill by importance: 0 motorway and trunk, 1 primary, 2 secondary, 3 tertiary, 4 streets, 5 service and track. */
  road: readonly [string, string, string, string, string, string];
  /** Casing of the important ones and of the others. */
  casing: readonly [string, string];
  tunnel: string;
  path: string;
  rail: string;
  railGap: string;
  boundary: { line: string; text: string; county: string; countyGlow: string };
  halo: string;
  text: Record<'city' | 'town' | 'village' | 'road' | 'minor' | 'landmark', string>;
  landmark: string;
  shield: { fill: string; edge: string; text: string };
  shieldMinor: { fill: string; edge: string; text: string };
}

export const basemapPalettes: Record<Theme, BasemapPalette> = {
  dark: {
    land: '#0b1119',
    water: '#0d2338',
    waterEdge: '#1c4566',
    waterText: '#5b8fb8',
    landuse: {
      green: '#12281f',
      wood: '#0d1d1b',
      farm: '#0d151a',
      industrial: '#191827',
      built: '#101926',
      commercial: '#161b2b',
      civic: '#142032',
      bare: '#14181e',
    },
    greenText: '#5f8f78',
    building: '#16202d',
    buildingEdge: '#223042',
    buildingSide: '#101823',
    road: ['#54698a', '#43566f', '#374a61', '#2d3d52', '#243244', '#1c2836'],
    casing: ['#060a10', '#080d14'],
    tunnel: '#1a2534',
    path: '#28384b',
    rail: '#3d4c60',
    railGap: '#0b1119',
    boundary: { line: '#b09a72', text: '#cdb88f', county: '#d9c08c', countyGlow: '#b08a3e' },
    halo: '#0b1119',
    text: {
      city: '#f2f7fc',
      town: '#d3dfec',
      village: '#a9b9ca',
      road: '#92a5ba',
      minor: '#74879c',
      landmark: '#8496aa',
    },
    landmark: '#71859b',
    shield: { fill: '#21384f', edge: '#4d7599', text: '#d9e8f6' },
    shieldMinor: { fill: '#18242f', edge: '#3d5063', text: '#a9bccf' },
  },
  light: {
    land: '#f2f3f1',
    water: '#c5dcec',
    waterEdge: '#9dc0d8',
    waterText: '#3d6f94',
    landuse: {
      green: '#dcead9',
      wood: '#d6e4d2',
      farm: '#eeefe4',
      industrial: '#e8e6ea',
      built: '#ebecec',
      commercial: '#efe9e6',
      civic: '#e6eaf0',
      bare: '#e8e5de',
    },
    greenText: '#4a7a52',
    building: '#dfe2e5',
    buildingEdge: '#c9ced4',
    buildingSide: '#d0d5da',
    road: ['#aebfd3', '#c3d0df', '#d5dee8', '#ffffff', '#ffffff', '#fbfcfc'],
    casing: ['#7d93ad', '#bfc8d2'],
    tunnel: '#e3e8ee',
    path: '#b9bfc2',
    rail: '#a3aab3',
    railGap: '#f2f3f1',
    boundary: { line: '#8a6d3b', text: '#6a5128', county: '#7a5a22', countyGlow: '#c9a35a' },
    halo: '#fbfcfc',
    text: {
      city: '#101a26',
      town: '#243344',
      village: '#415264',
      road: '#4c5c6e',
      minor: '#64748a',
      landmark: '#5d6c7d',
    },
    landmark: '#75859a',
    shield: { fill: '#3f628c', edge: '#2d4a6d', text: '#ffffff' },
    shieldMinor: { fill: '#ffffff', edge: '#8fa0b3', text: '#3f5064' },
  },
};
