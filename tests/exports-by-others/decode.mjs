// Reads exports with decoders that others wrote and prints what they understood, one JSON line a file: node decode.mjs
// FILE...
// Nothing here knows what backstep wrote; the test that starts it compares
// (Companion.Tests/Export/DecodedByOthersTests.cs).
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Decoder, Stream } from '@garmin/fitsdk';
import FitParser from 'fit-file-parser';
import { SportsLib } from '@sports-alliance/sports-lib';
import { DOMParser } from '@xmldom/xmldom';
import { parse as parseCsv } from 'csv-parse/sync';

const decoders = { '.fit': [garmin, fitFileParser, sportsLibFit], '.tcx': [tcx, sportsLibTcx], '.csv': [csv],
  '.json': [json] };

for (const file of process.argv.slice(2)) {
  const bytes = await readFile(file);
  for (const decode of decoders[extname(file)]) {
    const understood = await decode(bytes);
    console.log(JSON.stringify({ file, decoder: decode.name, ...understood }));
  }
}

/** The maker's own SDK. */
function garmin(bytes) {
  const decoder = new Decoder(Stream.fromBuffer(bytes));
  const isFit = decoder.isFIT();
  const isWhole = decoder.checkIntegrity();
  const fields = {};
  const { messages, errors } = decoder.read({
    fieldDescriptionListener: (key, _, description) => { fields[key] = description.fieldName; },
  });
  const named = message => Object.fromEntries(
    Object.entries(message.developerFields ?? {}).map(([key, value]) => [fields[key], value]));
  const session = messages.sessionMesgs[0];
  const records = messages.recordMesgs;
  const last = records.at(-1);
  const sum = (laps, field) => laps.reduce((total, lap) => total + (lap[field] ?? 0), 0);
  return {
    isFit, isWhole, errors: errors.map(String),
    sessions: messages.sessionMesgs.length,
    start: session.startTime.toISOString(),
    sport: session.sport, subSport: session.subSport,
    strides: session.totalStrides,
    distanceMeters: session.totalDistance,
    elapsedSeconds: session.totalElapsedTime, timerSeconds: session.totalTimerTime,
    movingSeconds: session.totalMovingTime,
    cadence: session.avgCadence + session.avgFractionalCadence,
    avgGrade: session.avgGrade ?? null,
    developer: named(session),
    laps: messages.lapMesgs.length,
    lapStrides: sum(messages.lapMesgs, 'totalStrides'), lapSeconds: sum(messages.lapMesgs, 'totalElapsedTime'),
    lapTimerSeconds: sum(messages.lapMesgs, 'totalTimerTime'), lapMeters: sum(messages.lapMesgs, 'totalDistance'),
    records: records.length,
    lastDistanceMeters: last.distance,
    recordCadence: mean(records.map(record => record.cadence + record.fractionalCadence)),
    recordSpeed: mean(records.map(record => record.enhancedSpeed)),
    recordFields: [...new Set(records.flatMap(record => Object.keys(named(record))))].sort(),
    maxSpeed: session.enhancedMaxSpeed, maxCadence: session.maxCadence,
    recordStanceMilliseconds: mean(records.map(record => record.stanceTime)),
    recordStepMillimeters: mean(records.map(record => record.stepLength)),
    serialNumber: messages.fileIdMesgs[0].serialNumber ?? null,
    events: messages.eventMesgs.map(event => `${event.event} ${event.eventType}`),
    product: messages.fileIdMesgs[0].productName,
    devices: messages.deviceInfoMesgs.map(device => device.productName ?? null),
    numLaps: session.numLaps,
    activitySeconds: messages.activityMesgs[0].totalTimerTime,
    localOffsetSeconds: messages.activityMesgs[0].localTimestamp
      - (messages.activityMesgs[0].timestamp.getTime() / 1000 - 631065600),
  };
}

async function fitFileParser(bytes) {
  const data = await new FitParser({ mode: 'list', speedUnit: 'm/s', lengthUnit: 'm', force: false }).parseAsync(bytes);
  const session = data.sessions[0];
  return {
    sessions: data.sessions.length,
    start: new Date(session.start_time).toISOString(),
    sport: session.sport, subSport: session.sub_sport,
    strides: session.total_strides ?? session.total_cycles,
    distanceMeters: session.total_distance,
    elapsedSeconds: session.total_elapsed_time, timerSeconds: session.total_timer_time,
    movingSeconds: session.total_moving_time,
    cadence: session.avg_cadence + session.avg_fractional_cadence,
    avgGrade: session.avg_grade ?? null,
    developer: Object.fromEntries(Object.entries(session).filter(([key]) =>
      /share|angle|tilt|strides|belt|simulated|rails|incline/.test(key) && !/^total_/.test(key))),
    laps: data.laps.length,
    records: data.records.length,
    lastDistanceMeters: data.records.at(-1).distance,
  };
}

async function sportsLibFit(bytes) {
  return sportsLib(await SportsLib.importFromFit(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)));
}

async function sportsLibTcx(bytes) {
  return sportsLib(await SportsLib.importFromTCX(new DOMParser().parseFromString(bytes.toString('utf8'), 'text/xml')));
}

function sportsLib(event) {
  const activity = event.getFirstActivity();
  const stat = type => activity.getStat(type)?.getValue() ?? null;
  return {
    sessions: event.getActivities().length,
    start: activity.startDate.toISOString(),
    sport: activity.type,
    distanceMeters: activity.getDistance()?.getValue() ?? null,
    elapsedSeconds: activity.getDuration()?.getValue() ?? null,
    cadence: stat('Average Cadence'),
    laps: activity.getLaps().length,
    stats: [...activity.getStats().keys()],
    streams: activity.getAllStreams().map(stream => stream.type),
  };
}

/** Plain XML, read by namespace. */
function tcx(bytes) {
  const main = 'http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2';
  const extension = 'http://www.garmin.com/xmlschemas/ActivityExtension/v2';
  const xml = new DOMParser().parseFromString(bytes.toString('utf8'), 'text/xml');
  const all = (ns, name, from = xml) => [...from.getElementsByTagNameNS(ns, name)];
  const text = (ns, name, from) => all(ns, name, from)[0]?.textContent ?? null;
  const laps = all(main, 'Lap');
  const sum = (ns, name) => laps.reduce((total, lap) => total + Number(
    [...lap.childNodes].some(node => node.localName === name)
      || ns === extension ? text(ns, name, lap) ?? 0 : 0), 0);
  const own = all('urn:backstep:session:1', 'Session')[0];
  return {
    sessions: all(main, 'Activity').length,
    start: text(main, 'Id'),
    strides: sum(extension, 'Steps') / 2,
    distanceMeters: sum(main, 'DistanceMeters'),
    timerSeconds: sum(main, 'TotalTimeSeconds'),
    cadence: laps.length === 1 ? Number(text(extension, 'AvgRunCadence')) : null,
    laps: laps.length,
    records: all(main, 'Trackpoint').length,
    lastDistanceMeters: Number(text(main, 'DistanceMeters', all(main, 'Trackpoint').at(-1))),
    notes: all(main, 'Notes').map(node => node.textContent).join(' '),
    own: Object.fromEntries([...own.attributes].map(attribute => [attribute.name, attribute.value])),
  };
}

function csv(bytes) {
  const rows = parseCsv(bytes, { columns: true });
  const number = text => (text === '' ? null : Number(text));
  return {
    rows: rows.length,
    backward: rows.filter(row => row.direction === 'backward').length,
    distanceMeters: rows.reduce((total, row) => total + (number(row.stride_m) ?? 0), 0),
    lastContactSeconds: rows.length ? Number(rows.at(-1).contact_s) : null,
    simulated: [...new Set(rows.map(row => row.simulated))],
    names: [...new Set(rows.map(row => row.sensor_name))],
    columns: rows.length ? Object.keys(rows[0]) : [],
  };
}

function json(bytes) {
  const file = JSON.parse(bytes);
  return {
    schema: file.schema,
    rows: file.strides.length,
    backward: file.strides.filter(stride => stride.direction === 'backward').length,
    distanceMeters: file.totals.distanceMeters,
    elapsedSeconds: file.totals.elapsedSeconds,
    cadence: file.totals.cadenceStepsPerMinute,
    simulated: file.simulated,
  };
}

function mean(values) {
  const known = values.filter(value => Number.isFinite(value) && value > 0);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0) / known.length;
}
