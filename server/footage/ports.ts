import type { JsonValue } from '../kernel/canonical-json.ts';
import type { Sha256 } from '../kernel/digest.ts';
import type { FrameGrid } from './frame-grid.ts';
import type { FrameIndex } from './frame-index.ts';
import type { FrameSpan } from './frame-span.ts';
import type { PresenceLog } from './presence-log.ts';
import type { Recording, RedactedCopy } from './recording.ts';
import type { RenderingSettings } from './rendering-settings.ts';

/** A recording that tools can read for the length of a job. */
export interface MediaSource {
  /** Opens it; `close` must be called when the job ends, whatever happened. */
  open(): Promise<OpenMedia>;
}

/** Where an open recording can be read: a `file:` address, or a loopback one of an encrypted blob. */
export interface OpenMedia {
  readonly url: string;
  /** The only protocols that tools may use to read it. */
  readonly protocols: 'file' | 'http,tcp';
  close(): Promise<void>;
}

/** What a recording says of itself, checked against what can be handled. */
export interface SourceFacts {
  /** Number of the video stream that is used; pictures attached to a file are none. */
  readonly stream: number;
  readonly codec: string;
  /** Pixels as coded, before rotation and before pixels are made square. */
  readonly codedWidthPx: number;
  readonly codedHeightPx: number;
  /** Width of a pixel over its height. */
  readonly pixelAspect: number;
  /** How far the picture must be turned clockwise to be seen upright. */
  readonly rotationDegrees: 0 | 90 | 180 | 270;
  readonly timeBase: readonly [number, number];
  readonly times: FrameIndex['times'];
  /** Size of the displayed frame, even. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Frames that the container promises; null when it promises none. */
  readonly promisedFrames: number | null;
  readonly colour: Colour;
}

/** How the numbers of a picture mean colours, in the terms of ffmpeg; null where not said. */
export interface Colour {
  readonly primaries: string | null;
  readonly transfer: string | null;
  readonly matrix: string | null;
}

/** Names and versions of the tools that did the work, for records. */
export type ToolVersions = Readonly<Record<string, string>>;

/** An opened and checked recording, to be read as often as needed. */
export interface OpenFootage {
  readonly facts: SourceFacts;
  readonly grid: FrameGrid;
  /**
   * Packets of the video stream, all, and those that an edit list shows: they tell when a decode
   * ended early, and nothing else.
   */
  countPackets(): Promise<{ all: number; shown: number }>;
  /**
   * Decodes the whole clip once. Every `stride`-th frame is handed over as cells in the
   * layout of yuv420p; the array is overwritten after `onFrame` returns.
   *
   * @returns best-effort times of all frames, in ticks of the source's time base.
   */
  readCells(options: {
    stride: number;
    onFrame: (frame: Uint8Array, frameNumber: number) => void | Promise<void>;
  }): Promise<number[]>;
  /**
   * Decodes the frames of `span` as cells in the layout of yuv420p, alike.
   *
   * @returns how many there were.
   */
  readSpan(
    span: FrameSpan,
    onFrame: (frame: Uint8Array, frameNumber: number) => void | Promise<void>,
  ): Promise<number>;
  /** Decodes some frames at full size: planes of yuv420p, in the order asked for (ascending). */
  readFull(frameNumbers: readonly number[]): Promise<Uint8Array[]>;
  /** The whole clip, small and coded fast, as an MP4 that plays while it comes. It shows everybody. */
  viewingCopy(): AsyncIterable<Uint8Array>;
  /**
   * Writes the covered copy.
   *
   * @param masks - one plane of tilesX × tilesY per frame of the range: 255 covered, 0 shown.
   * @param onFrame - called for each coded frame.
   */
  render(options: {
    range: FrameSpan;
    /** A whole number: spaces key frames and tells the coder how fast time passes. */
    framesPerSecond: number;
    masks: Iterable<Uint8Array>;
    settings: RenderingSettings;
    durations: readonly number[];
    workFolder: string;
    outPath: string;
    onFrame: (done: number) => void;
  }): Promise<PendingCopy>;
}

/** A copy that was written but is not yet in its place. */
export interface PendingCopy {
  readonly sizeBytes: number;
  readonly sha256: Sha256;
  /** Reads it back as a stranger would. */
  inspect(
    onFrame: (frame: CopyFrame, frameNumber: number) => void | Promise<void>,
  ): Promise<CopyFacts>;
  /** Puts it in its place at once and durably. */
  publish(): Promise<void>;
  /** Removes it. Safe to call at any time, more than once; what was published stays. */
  discard(): Promise<void>;
}

/** One decoded frame of the copy: the planes of yuv420p, and the cells of luma. */
export interface CopyFrame {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
  readonly cells: Uint8Array;
}

/** What a copy holds besides pixels. */
export interface CopyFacts {
  readonly frames: number;
  /** Kinds of all streams, for example ["video"]. */
  readonly streams: readonly string[];
  /** What no bare copy holds: names of boxes, tags, kinds of coded units, dates. */
  readonly foreign: readonly string[];
  readonly timeBase: readonly [number, number];
  /** Time of each frame, in ticks. */
  readonly ticks: readonly number[];
}

/** Opens recordings and reads, covers and writes them. */
export interface FootageMedia {
  /**
   * Opens and checks a recording, hands it to `use`, and closes it.
   *
   * @throws {FootageError} one of the codes for recordings that cannot be handled.
   */
  withFootage<T>(
    source: MediaSource,
    signal: AbortSignal | undefined,
    use: (footage: OpenFootage) => Promise<T>,
  ): Promise<T>;
  /** Asks the tools for their versions. */
  toolVersions(): Promise<ToolVersions>;
}

/** Encodes and shows pictures to people. */
export interface PictureCodec {
  /** A PNG of planes of yuv420p, limited range (BT.709 from 720 lines on, else BT.601). */
  encodePng(planes: Uint8Array, widthPx: number, heightPx: number): Promise<Uint8Array>;
}

/** Where recordings and their copies are listed. Everything but ids is sealed. */
export interface RecordingStore {
  addRecording(recording: Recording): Promise<void>;
  /** Throws {FootageError} `RECORDING_UNKNOWN`. */
  recording(id: string): Promise<Recording>;
  /** Replaces what was known of a recording. Throws {FootageError} `RECORDING_UNKNOWN`. */
  saveRecording(recording: Recording): Promise<void>;
  addCopy(copy: RedactedCopy): Promise<void>;
  /** Throws {FootageError} `COPY_UNKNOWN`. */
  copy(id: string): Promise<RedactedCopy>;
  copiesOf(recording: string): Promise<readonly RedactedCopy[]>;
  /** The newest first. */
  listRecordings(limit: number): Promise<readonly Recording[]>;
}

/** Where pictures of recordings are found again. The name of one says of which analysis it is. */
export interface PictureStore {
  picture(of: {
    recording: string;
    name: string;
  }): Promise<{ blob: string; sha256: Sha256 } | null>;
  /** Keeps a picture unless there is one of that name; returns the one that stands. */
  keepPicture(
    of: { recording: string; name: string },
    picture: { blob: string; sha256: Sha256 },
  ): Promise<{ blob: string; sha256: Sha256 }>;
}

/** A plan as somebody saved it. Every version is kept. */
export interface SavedPlan {
  /** From 1. */
  readonly version: number;
  readonly plan: JsonValue;
}

/** Where plans are kept, sealed. */
export interface PlanStore {
  /** The latest plan; null when there is none yet. */
  latestPlan(recording: string): Promise<SavedPlan | null>;
  plan(recording: string, version: number): Promise<SavedPlan | null>;
  /** Adds a version after `after` (0 for the first); false when somebody was faster. */
  addPlan(recording: string, after: number, plan: JsonValue): Promise<boolean>;
}

/** Where presence logs are kept, sealed. */
export interface PresenceStore {
  /** Returns the id of the log. */
  addLog(log: PresenceLog): Promise<string>;
  /** Throws {PresenceError} `PRESENCE_LOG_UNKNOWN`. */
  log(id: string): Promise<PresenceLog>;
}

/** Notes a step in the custody log; `detail` is sealed there. */
export type RecordCustody = (event: {
  kind: 'received' | 'analysed' | 'redacted';
  role: string;
  detail: JsonValue;
}) => Promise<{ index: number }>;

/** A folder for covered output under proof, and the bytes of what was written there. */
export interface ProofFolder {
  /** Hands over a private folder, and wipes it afterwards. */
  withFolder<T>(use: (folder: string) => Promise<T>): Promise<T>;
  /** The path of a file in a folder. */
  pathIn(folder: string, name: string): string;
  read(path: string): AsyncIterable<Uint8Array>;
}
