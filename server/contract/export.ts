/** What leaves the system as a file. */
import { z } from 'zod';

export const incidentExportFormats = ['geojson', 'csv'] as const;
export const incidentExportBodySchema = z.object({ format: z.enum(incidentExportFormats) });
export type IncidentExportFormat = (typeof incidentExportFormats)[number];
